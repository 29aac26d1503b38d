/** What the list of changes has, in its order. */
import { type CallChange, type Change, type GraphComparison, type ServiceChange } from '../../../servicegraph/compare';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type Selection } from '../selection';
import { type ChangeOrder, orderSize } from './change-order';
import { type ComparedStat } from './change-text';

export interface ChangeRow {
  selection: Selection;
  change: ServiceChange | CallChange;
  /** What the list is sorted by, in the unit of the order; undefined: there is no such number */
  size: number | undefined;
}

export type ChangeKind = Selection['kind'];

/** Whether chance does not explain it */
function isChanged(change: Change, compared: ComparedStat): boolean {
  return change.presence !== 'both' || (compared === 'largest' ? change.size : change.sizes[compared]) > 0;
}

function bySize(a: ChangeRow, b: ChangeRow): number {
  if (a.size !== undefined && b.size !== undefined && a.size !== b.size) {
    return b.size - a.size;
  }
  const missing = Number(a.size === undefined) - Number(b.size === undefined);
  return missing || (a.change.id < b.change.id ? -1 : a.change.id > b.change.id ? 1 : 0);
}

/** Changes of the services or calls that are shown, the largest first; what did not change is left out. */
export function changeRows(
  { services, calls }: GraphComparison,
  shown: Pick<ServiceGraph, 'services' | 'calls'>,
  kind: ChangeKind,
  { compared, order = 'cause' }: { compared: ComparedStat; order?: ChangeOrder }
): ChangeRow[] {
  const ids = new Set((kind === 'service' ? shown.services : shown.calls).map(({ id }) => id));
  const changes: Array<ServiceChange | CallChange> = kind === 'service' ? services : calls;
  return changes
    .filter((change) => ids.has(change.id) && isChanged(change, compared))
    .map((change) => ({
      selection: { kind, id: change.id },
      change,
      size: orderSize(change, compared, order),
    }))
    .sort(bySize);
}
