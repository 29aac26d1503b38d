import { type Steps } from '../../trace/steps';
import { communitiesOf } from './communities';
import { isolatedNodes } from './flat';
import { type LayoutInput } from './types';

export interface Grouping {
  /** Group of each node, from 0 */
  groups: Int32Array;
  /** Namespace of each group; '' for a group that calls alone hold together */
  names: string[];
  /** The first so many groups have a box; all when absent. The others are services that stand by themselves. */
  boxes?: number;
}

/** Up to so many services one drawing without boxes is easier to read. */
const FLAT_MOST = 60;
export const GROUP_MOST = 150;
/** Namespaces make boxes only where they hold this share of the calls. */
const NAMESPACE_SHARE = 0.4;

/** Databases, users and external services have no namespace of their own: they go where most of their calls do. */
function adoptedNamespaces(own: readonly string[], input: LayoutInput): string[] {
  const votes = own.map(() => new Map<string, number>());
  input.sources.forEach((source, edge) => {
    const target = input.targets[edge];
    if (own[source] !== '' && own[target] === '') {
      votes[target].set(own[source], (votes[target].get(own[source]) ?? 0) + 1);
    } else if (own[source] === '' && own[target] !== '') {
      votes[source].set(own[target], (votes[source].get(own[target]) ?? 0) + 1);
    }
  });
  return own.map((namespace, node) => {
    const [best] = [...votes[node]].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return namespace || (best?.[0] ?? '');
  });
}

function byNamespace(own: readonly string[], input: LayoutInput): Grouping | undefined {
  const namespaces = adoptedNamespaces(own, input);
  const names = [...new Set(namespaces)];
  const insideCalls = input.sources.reduce(
    (count, source, edge) => count + Number(namespaces[source] === namespaces[input.targets[edge]]),
    0
  );
  if (names.length < 2 || insideCalls < NAMESPACE_SHARE * input.sources.length) {
    return undefined;
  }
  const numbers = new Map(names.map((name, number) => [name, number]));
  return { groups: Int32Array.from(namespaces, (name) => numbers.get(name) ?? 0), names };
}

/** The nodes of one group and the edges among them. */
function inside(input: LayoutInput, groups: Int32Array, group: number): { nodes: number[]; part: LayoutInput } {
  const nodes = Array.from(groups.keys()).filter((node) => groups[node] === group);
  const place = new Int32Array(input.nodeCount);
  nodes.forEach((node, index) => (place[node] = index));
  const edges = Array.from(input.sources.keys()).filter(
    (edge) => groups[input.sources[edge]] === group && groups[input.targets[edge]] === group
  );
  const ends = (list: Int32Array) => Int32Array.from(edges, (edge) => place[list[edge]]);
  return { nodes, part: { nodeCount: nodes.length, sources: ends(input.sources), targets: ends(input.targets) } };
}

/** A box of hundreds of services is no better than no box: it is split by who calls whom. */
function* withSmallerGroups(input: LayoutInput, { groups, names }: Grouping): Steps<Grouping> {
  const result: Grouping = { groups: groups.slice(), names: [...names] };
  const sizes = new Int32Array(names.length);
  groups.forEach((group) => sizes[group]++);
  for (const [group, name] of names.entries()) {
    if (sizes[group] <= GROUP_MOST) {
      continue;
    }
    yield;
    const { nodes, part } = inside(input, groups, group);
    const communities = communityGroups(part);
    const first = result.names.length;
    result.names[group] = `${name} (1)`;
    nodes.forEach((node, index) => {
      const community = communities[index];
      if (community > 0) {
        result.groups[node] = first + community - 1;
        result.names[first + community - 1] = `${name} (${community + 1})`;
      }
    });
  }
  return result;
}

/** Communities; all nodes without calls share one group. */
export function communityGroups(input: LayoutInput): Int32Array {
  const groups = communitiesOf(input, GROUP_MOST);
  const isolated = isolatedNodes(input);
  const numbers = new Map<number, number>();
  return groups.map((group, node) => {
    const key = isolated[node] ? -1 : group;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/**
 * One large namespace a step.
 * @param namespaces of each node, '' for none
 * @returns undefined when the graph is best drawn as a whole
 */
export function* groupingOf(namespaces: readonly string[], input: LayoutInput): Steps<Grouping | undefined> {
  if (input.nodeCount <= FLAT_MOST) {
    return undefined;
  }
  const grouping = byNamespace(namespaces, input);
  if (grouping) {
    return yield* withSmallerGroups(input, grouping);
  }
  const groups = communityGroups(input);
  const count = groups.reduce((most, group) => Math.max(most, group), -1) + 1;
  return { groups, names: new Array<string>(count).fill('') };
}
