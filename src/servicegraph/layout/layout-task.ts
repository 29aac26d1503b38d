/** Everything of a layout that takes time, for a worker or, where there is none, the page. Knows no names but namespaces. */
import { groupingOf } from './grouping';
import { layoutIndexed } from './layout-indexed';
import { type LayoutInput, type LayoutOptions, type LayoutResult } from './types';

export interface LayoutTask {
  input: Omit<LayoutInput, 'groups'>;
  /** Of each node, '' for none */
  namespaces: string[];
  options: LayoutOptions;
}

/** What a worker is sent; it answers tasks only. */
export type LayoutMessage = LayoutTask | { warmUp: true };

export interface LayoutAnswer {
  result: LayoutResult;
  /** Group of each node; absent in a drawing without boxes */
  nodeGroups?: Int32Array;
  /** Names by group; '' for a group without one */
  groupNames: string[];
}

export function runLayoutTask({ input, namespaces, options }: LayoutTask): LayoutAnswer {
  const grouping = groupingOf(namespaces, input);
  return {
    result: layoutIndexed({ ...input, groups: grouping?.groups }, options),
    nodeGroups: grouping?.groups,
    groupNames: grouping?.names ?? [],
  };
}
