/** The calls that a reduction lets through, by the names of their ends, so that no series of the others has to be read. */
import { type MetricsDialect } from './dialect';
import { type PromqlRow } from './run-promql';

/** Characters of names in one matcher, as servers and gateways limit the length of a request. */
export const MOST_CHARACTERS = 2000;
/** Names in one matcher: Prometheus looks so many up, and tries more of them on every value of the label. */
const MOST_NAMES = 200;
/** With more calls the text of the queries costs more than what they spare. */
const MOST_CALLS = 1000;

export interface ChosenCalls {
  /** Ends of some of the calls each: what is between any of these has all of the calls, and few others */
  parts: ReadonlyArray<{ clients: readonly string[]; servers: readonly string[] }>;
  /** Names of all their ends, in lists that are short enough for a matcher */
  services: ReadonlyArray<readonly string[]>;
  /** Callees of calls that have several label sets */
  severalLabelSets: readonly string[];
}

/** Lists whose names, put together as one regular expression, stay within the limits. */
export function chunkNames(
  names: readonly string[],
  mostCharacters = MOST_CHARACTERS,
  mostNames = Infinity
): string[][] {
  const chunks: string[][] = [];
  let length = Infinity;
  for (const name of names) {
    length += name.length + 1;
    if (length > mostCharacters || chunks[chunks.length - 1].length >= mostNames) {
      chunks.push([]);
      length = name.length + 1;
    }
    chunks[chunks.length - 1].push(name);
  }
  return chunks;
}

/** Different names, and how long they are together. */
class Names {
  private readonly names = new Set<string>();
  private characters = 0;

  hasRoomFor(name: string): boolean {
    return (
      this.names.has(name) ||
      this.names.size === 0 ||
      (this.names.size < MOST_NAMES && this.characters + name.length + 1 <= MOST_CHARACTERS)
    );
  }

  add(name: string) {
    if (!this.names.has(name)) {
      this.names.add(name);
      this.characters += name.length + 1;
    }
  }

  sorted(): string[] {
    return [...this.names].sort();
  }
}

function partsOf(calls: ReadonlyArray<readonly [client: string, server: string]>): ChosenCalls['parts'] {
  const parts: Array<{ clients: Names; servers: Names }> = [];
  for (const [client, server] of calls) {
    let last = parts.at(-1);
    if (!last?.clients.hasRoomFor(client) || !last.servers.hasRoomFor(server)) {
      last = { clients: new Names(), servers: new Names() };
      parts.push(last);
    }
    last.clients.add(client);
    last.servers.add(server);
  }
  return parts.map(({ clients, servers }) => ({ clients: clients.sorted(), servers: servers.sorted() }));
}

function byNames([client, server]: readonly string[], [otherClient, otherServer]: readonly string[]): number {
  const [one, other] = server === otherServer ? [client, otherClient] : [server, otherServer];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * @param requests one row for each label set of a call
 * @returns undefined for none, and for so many that naming them spares nothing
 */
export function chosenCalls(
  requests: readonly PromqlRow[],
  { labels }: Pick<MetricsDialect, 'labels'>
): ChosenCalls | undefined {
  if (requests.length === 0 || requests.length > MOST_CALLS) {
    return undefined;
  }
  const calls = new Set<string>();
  const several = new Set<string>();
  const pairs: Array<readonly [string, string]> = [];
  for (const row of requests) {
    const [client, server] = [row.labels[labels.client] ?? '', row.labels[labels.server] ?? ''];
    const call = JSON.stringify([client, server, row.labels[labels.connectionType] ?? '']);
    if (calls.has(call)) {
      several.add(server);
    }
    calls.add(call);
    pairs.push([client, server]);
  }
  return {
    parts: partsOf(pairs.sort(byNames)),
    services: chunkNames([...new Set(pairs.flat())].sort(), MOST_CHARACTERS, MOST_NAMES),
    severalLabelSets: [...several].sort(),
  };
}
