/** Which callees have series of several label sets, so that their quantiles are asked for over all of them. */
import { identityLabels, type MetricsDialect } from './dialect';
import { eachRow, type PromqlRow } from './run-promql';
import { type Steps } from '../trace/steps';

/** Characters of names in one matcher: servers and gateways limit the length of a request. */
const MOST_CHARACTERS = 2000;

/**
 * Names of callees who have several label sets, or one of whose calls has.
 * @param requests every call by its labels
 * @returns undefined when they are too many for a matcher
 */
export function* mergedServersSteps(
  requests: readonly PromqlRow[],
  dialect: MetricsDialect
): Steps<string[] | undefined> {
  const { client, server, connectionType } = dialect.labels;
  const identity = identityLabels(dialect, 'server');
  const ofServer = new Map<string, string>();
  const calls = new Set<string>();
  const found = new Set<string>();
  yield* eachRow(requests, ({ labels }) => {
    const name = labels[server] ?? '';
    const own = JSON.stringify(identity.map((label) => labels[label] ?? ''));
    const call = JSON.stringify([labels[client] ?? '', name, labels[connectionType] ?? '']);
    if (calls.has(call) || (ofServer.get(name) ?? own) !== own) {
      found.add(name);
    }
    calls.add(call);
    ofServer.set(name, own);
  });
  const names = [...found];
  return names.join('|').length > MOST_CHARACTERS ? undefined : names;
}
