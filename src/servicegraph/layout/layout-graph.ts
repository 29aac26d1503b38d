/** From a `ServiceGraph` to the places of its services and the ways of its calls. */
import { GROUP_BY, groupLabelOf, isGroupLabel } from '../group-by';
import { type ServiceGraph } from '../model';
import { type Remainder } from '../remainder';
import { type LayoutAnswer, type LayoutTask, runLayoutTask } from './layout-task';
import { type LayoutOptions, type LayoutResult } from './types';

export interface GraphLayout extends LayoutResult {
  /** Service.id and ServiceCall.id in the order of `x`, `y` and of the routes */
  serviceIds: string[];
  callIds: string[];
  /** Group of each service, as in `GroupBox.group`; absent in a drawing without boxes */
  nodeGroups?: Int32Array;
  /** Names by `GroupBox.group`; '' for a group without one */
  groupNames: string[];
  /** The label that a person chose to make groups by: each service counts for the group of its own value. */
  groupLabel?: string;
  /** By `GroupBox.group`: boxes that hold the less busy neighbours of a service */
  remainders?: ReadonlyMap<number, Remainder>;
  nodeWidth: number;
  nodeHeight: number;
}

export interface GraphLayoutOptions extends Partial<Pick<LayoutOptions, 'nodeWidth' | 'nodeHeight'>> {
  /** px of the place where it will be shown */
  width: number;
  height: number;
  /** What makes groups: one of `GROUP_BY` (`auto` when absent), or a label of services */
  groupBy?: string;
  /** Name of the group of those that do not have the label */
  restName?: string;
}

/** What a layout needs to know, ready to be sent to a worker, and what to call its results by. */
export interface LayoutJob {
  task: LayoutTask;
  groupLabel?: string;
  serviceIds: string[];
  callIds: string[];
}

export const CARD = { width: 196, height: 58 } as const;
const DEFAULT_ASPECT = 16 / 9;

/** Indexes only: grouping and the layout itself are in the task. Calls to services that the graph lacks are left out. */
export function layoutJob({ services, calls }: ServiceGraph, options: GraphLayoutOptions): LayoutJob {
  const { width, height, groupBy, restName = '', nodeWidth = CARD.width, nodeHeight = CARD.height } = options;
  const groupLabel = isGroupLabel(groupBy) ? groupBy : undefined;
  const isByCalls = groupBy === GROUP_BY.calls || groupBy === GROUP_BY.none;
  const serviceIds = services.map(({ id }) => id);
  const index = new Map(serviceIds.map((id, node) => [id, node]));
  const callIds: string[] = [];
  const sources: number[] = [];
  const targets: number[] = [];
  for (const { id, source, target } of calls) {
    const [from, to] = [index.get(source), index.get(target)];
    if (from !== undefined && to !== undefined) {
      sources.push(from);
      targets.push(to);
      callIds.push(id);
    }
  }
  const ratio = width / height;
  return {
    task: {
      input: {
        nodeCount: services.length,
        sources: new Int32Array(sources),
        targets: new Int32Array(targets),
      },
      namespaces: services.map((service) => (isByCalls ? '' : groupLabelOf(service, groupLabel ?? GROUP_BY.namespace))),
      grouping: groupLabel ? { restName } : groupBy === GROUP_BY.none ? 'never' : undefined,
      options: {
        aspect: Math.min(8, Math.max(0.25, ratio || DEFAULT_ASPECT)),
        room: width || Infinity,
        nodeWidth,
        nodeHeight,
      },
    },
    groupLabel,
    serviceIds,
    callIds,
  };
}

export function graphLayoutOf({ task, groupLabel, serviceIds, callIds }: LayoutJob, answer: LayoutAnswer): GraphLayout {
  const { nodeWidth, nodeHeight } = task.options;
  const { result, nodeGroups, groupNames } = answer;
  return { ...result, serviceIds, callIds, nodeGroups, groupNames, groupLabel, nodeWidth, nodeHeight };
}

/** Pure and deterministic; calls to services that the graph does not have are left out. */
export function layoutGraph(graph: ServiceGraph, options: GraphLayoutOptions): GraphLayout {
  const job = layoutJob(graph, options);
  return graphLayoutOf(job, runLayoutTask(job.task));
}
