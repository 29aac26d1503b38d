/** From a `ServiceGraph` to the places of its services and the ways of its calls. */
import { type ServiceGraph } from '../model';
import { type Grouping, groupingOf } from './grouping';
import { layoutIndexed } from './layout-indexed';
import { type LayoutInput, type LayoutOptions, type LayoutResult } from './types';

export interface GraphLayout extends LayoutResult {
  /** Service.id and ServiceCall.id in the order of `x`, `y` and of the routes */
  serviceIds: string[];
  callIds: string[];
  /** Group of each service, as in `GroupBox.group`; absent in a drawing without boxes */
  nodeGroups?: Int32Array;
  /** Names by `GroupBox.group`; '' for a group without one */
  groupNames: string[];
  nodeWidth: number;
  nodeHeight: number;
}

export interface GraphLayoutOptions extends Partial<Pick<LayoutOptions, 'nodeWidth' | 'nodeHeight'>> {
  /** px of the place where it will be shown */
  width: number;
  height: number;
}

/** What a layout needs to know, ready to be sent to a worker. */
export interface LayoutJob {
  input: LayoutInput;
  options: LayoutOptions;
  serviceIds: string[];
  callIds: string[];
  groupNames: string[];
}

export const CARD = { width: 196, height: 58 } as const;
const DEFAULT_ASPECT = 16 / 9;

/** Calls between services that the graph has; any other call cannot be drawn. */
function drawableCalls(graph: ServiceGraph, index: ReadonlyMap<string, number>) {
  return graph.calls.flatMap(({ id, source, target }) => {
    const [from, to] = [index.get(source), index.get(target)];
    return from === undefined || to === undefined ? [] : [{ id, from, to }];
  });
}

export function layoutJob(graph: ServiceGraph, options: GraphLayoutOptions): LayoutJob {
  const index = new Map(graph.services.map(({ id }, node) => [id, node]));
  const calls = drawableCalls(graph, index);
  const input: LayoutInput = {
    nodeCount: graph.services.length,
    sources: Int32Array.from(calls, ({ from }) => from),
    targets: Int32Array.from(calls, ({ to }) => to),
  };
  const grouping: Grouping | undefined = groupingOf(graph, input);
  const ratio = options.width / options.height;
  return {
    input: { ...input, groups: grouping?.groups },
    options: {
      aspect: Number.isFinite(ratio) && ratio > 0 ? Math.min(4, Math.max(0.4, ratio)) : DEFAULT_ASPECT,
      nodeWidth: options.nodeWidth ?? CARD.width,
      nodeHeight: options.nodeHeight ?? CARD.height,
    },
    serviceIds: graph.services.map(({ id }) => id),
    callIds: calls.map(({ id }) => id),
    groupNames: grouping?.names ?? [],
  };
}

export function graphLayoutOf(job: LayoutJob, result: LayoutResult): GraphLayout {
  const { serviceIds, callIds, groupNames } = job;
  const { nodeWidth, nodeHeight } = job.options;
  return { ...result, serviceIds, callIds, nodeGroups: job.input.groups, groupNames, nodeWidth, nodeHeight };
}

/** Pure and deterministic; calls to services that the graph does not have are left out. */
export function layoutGraph(graph: ServiceGraph, options: GraphLayoutOptions): GraphLayout {
  const job = layoutJob(graph, options);
  return graphLayoutOf(job, layoutIndexed(job.input, job.options));
}
