/** Everything of a layout that takes time, for a worker or, where there is none, the page. Knows no names but namespaces. */
import { runSteps, type Steps } from '../../trace/steps';
import { chosenGroups } from './chosen-groups';
import { type Grouping, groupingOf } from './grouping';
import { layoutIndexedSteps } from './layout-indexed';
import { type LayoutInput, type LayoutOptions, type LayoutResult } from './types';

export interface LayoutTask {
  input: Omit<LayoutInput, 'groups'>;
  /** Of each node, '' for none */
  namespaces: string[];
  /** Absent: boxes where they help. `never`: none. Else one for each of `namespaces`, and one of this name for the rest */
  grouping?: 'never' | { restName: string };
  options: LayoutOptions;
}

/** What a worker is sent; it answers tasks only. */
export type LayoutMessage = LayoutTask | { warmUp: LayoutTask };

export interface LayoutAnswer {
  result: LayoutResult;
  /** Group of each node; absent in a drawing without boxes */
  nodeGroups?: Int32Array;
  /** Names by group; '' for a group without one */
  groupNames: string[];
}

function* groupsWanted({ input, namespaces, grouping }: LayoutTask): Steps<Grouping | undefined> {
  if (grouping === undefined) {
    return yield* groupingOf(namespaces, input);
  }
  return grouping === 'never' ? undefined : chosenGroups(namespaces, grouping.restName);
}

export function runLayoutTask(task: LayoutTask): LayoutAnswer {
  return runSteps(layoutTaskSteps(task));
}

/** The same in steps, for a page that may not have workers. */
export function* layoutTaskSteps(task: LayoutTask): Steps<LayoutAnswer> {
  const { input, options } = task;
  const grouping = yield* groupsWanted(task);
  yield;
  const result = yield* layoutIndexedSteps(
    { ...input, groups: grouping?.groups },
    { ...options, columnsByDepth: task.grouping !== undefined }
  );
  const { boxes = Infinity } = grouping ?? {};
  return {
    result: { ...result, groups: result.groups.filter(({ group }) => group < boxes) },
    nodeGroups: grouping?.groups,
    groupNames: grouping?.names ?? [],
  };
}
