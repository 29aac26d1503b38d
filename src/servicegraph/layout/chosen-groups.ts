/** Groups by a label that a person chose: as many as it has values, however small or large the graph. */
import { type Grouping } from './grouping';

/** Up to so many services without the label stand by themselves, where their calls go; more of them share a box. */
const LOOSE_MOST = 24;

/**
 * Nobody is adopted, so that a group's sums are those of the label.
 * @param values the label of each node, '' for none
 * @param restName of the box for many services without the label
 * @returns undefined when no node has the label
 */
export function chosenGroups(values: readonly string[], restName: string): Grouping | undefined {
  const names = [...new Set(values)].filter(Boolean);
  if (names.length === 0) {
    return undefined;
  }
  const numbers = new Map(names.map((name, number) => [name, number]));
  const loose = values.filter((value) => !value).length;
  const isShared = loose > LOOSE_MOST;
  let next = names.length;
  return {
    groups: Int32Array.from(values, (value) => numbers.get(value) ?? (isShared ? next : next++)),
    names: [...names, ...(isShared ? [restName] : new Array<string>(loose).fill(''))],
    boxes: isShared ? undefined : names.length,
  };
}
