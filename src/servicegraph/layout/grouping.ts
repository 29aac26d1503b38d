import { type Steps } from '../../trace/steps';
import { isolatedNodes } from './adjacency';
import { communitiesOf } from './communities';
import { countOf, numbered } from './numbered';
import { partsOf } from './subgraphs';
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
function adoptedNamespaces(own: readonly string[], { sources, targets }: LayoutInput): string[] {
  const votes = own.map(() => new Map<string, number>());
  const vote = (node: number, namespace: string) => {
    if (own[node] === '' && namespace !== '') {
      votes[node].set(namespace, (votes[node].get(namespace) ?? 0) + 1);
    }
  };
  sources.forEach((source, edge) => {
    vote(source, own[targets[edge]]);
    vote(targets[edge], own[source]);
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
  return names.length < 2 || insideCalls < NAMESPACE_SHARE * input.sources.length
    ? undefined
    : { groups: numbered(namespaces).numbers, names };
}

/** A box of hundreds of services is no better than no box: it is split by who calls whom. */
function* withSmallerGroups(input: LayoutInput, grouping: Grouping): Steps<Grouping> {
  const groups = grouping.groups.slice();
  const names = [...grouping.names];
  for (const [group, { nodes, graph }] of partsOf(input, groups).entries()) {
    if (nodes.length <= GROUP_MOST) {
      continue;
    }
    yield;
    const communities = communityGroups(graph);
    const first = names.length;
    const name = names[group];
    names[group] = `${name} (1)`;
    nodes.forEach((node, index) => {
      const community = communities[index];
      if (community > 0) {
        groups[node] = first + community - 1;
        names[first + community - 1] = `${name} (${community + 1})`;
      }
    });
  }
  return { groups, names };
}

/** Communities; all nodes without calls share one group. */
export function communityGroups(input: LayoutInput): Int32Array {
  const isolated = isolatedNodes(input);
  return numbered(communitiesOf(input, GROUP_MOST).map((group, node) => (isolated[node] ? -1 : group))).numbers;
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
  return { groups, names: new Array<string>(countOf(groups)).fill('') };
}
