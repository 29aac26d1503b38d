/** What the list of changes has, in its order. */
import { type CallChange, type Change, type GraphComparison, type ServiceChange } from '../../../servicegraph/compare';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type Selection } from '../selection';
import { type ComparedStat } from './change-text';

export interface ChangeRow {
  selection: Selection;
  change: ServiceChange | CallChange;
  /** What the list is sorted by, for the number compared; never negative */
  size: number;
}

export type ChangeKind = Selection['kind'];

/** Doublings of the number compared, as `Change.size` for the one that changed most. */
export function changeSize(change: Change, compared: ComparedStat): number {
  return compared === 'largest' || change.presence !== 'both' ? change.size : change.sizes[compared];
}

function bySize(a: ChangeRow, b: ChangeRow): number {
  return b.size - a.size || (a.change.id < b.change.id ? -1 : a.change.id > b.change.id ? 1 : 0);
}

/** Changes of the services or calls that are shown, the largest first; what did not change is left out. */
export function changeRows(
  { services, calls }: GraphComparison,
  shown: Pick<ServiceGraph, 'services' | 'calls'>,
  kind: ChangeKind,
  compared: ComparedStat
): ChangeRow[] {
  const ids = new Set((kind === 'service' ? shown.services : shown.calls).map(({ id }) => id));
  const changes: Array<ServiceChange | CallChange> = kind === 'service' ? services : calls;
  return changes
    .filter(({ id }) => ids.has(id))
    .map((change) => ({ selection: { kind, id: change.id }, change, size: changeSize(change, compared) }))
    .filter(({ size, change }) => size > 0 || change.presence !== 'both')
    .sort(bySize);
}
