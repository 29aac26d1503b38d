/** What the table of a map shows, as columns that can be sorted and rows. */
import { type RequestStats } from '../../../servicegraph/model';
import { errorShare } from '../../../servicegraph/to-frames';
import { type MapModel } from '../map-model';
import { type Selection } from '../selection';

export interface TableRow {
  selection: Selection;
  /** Service, or caller */
  name: string;
  /** Kind and namespace, or callee */
  other: string;
  stats: RequestStats;
  /** Calls that a service receives and makes; absent for calls */
  callers?: number;
  callees?: number;
}

export const NUMBER_COLUMNS = ['rate', 'errors', 'mean', 'p50', 'p95', 'p99', 'callers', 'callees'] as const;
export type NumberColumn = (typeof NUMBER_COLUMNS)[number];
export type ColumnKey = 'name' | 'other' | NumberColumn;

export interface Sorting {
  by: ColumnKey;
  descending: boolean;
}

export function numberIn({ stats, callers, callees }: TableRow, column: NumberColumn): number | undefined {
  switch (column) {
    case 'errors':
      return errorShare(stats);
    case 'callers':
      return callers;
    case 'callees':
      return callees;
    case 'rate':
      return stats.rate ?? stats.sample?.requests;
    default:
      return stats[column];
  }
}

/** @param matches Service.id of what is looked for; undefined shows everything */
export function serviceRows(
  model: MapModel,
  kinds: Record<MapModel['nodes'][number]['service']['kind'], string>,
  matches: ReadonlySet<string> | undefined
): TableRow[] {
  return model.nodes.flatMap(({ service: { id, name, namespace, kind, stats } }): TableRow[] =>
    matches && !matches.has(id)
      ? []
      : [
          {
            selection: { kind: 'service', id },
            name,
            other: [kinds[kind], namespace].filter(Boolean).join(' · '),
            stats,
            callers: model.incoming.get(id)?.length ?? 0,
            callees: model.outgoing.get(id)?.length ?? 0,
          },
        ]
  );
}

export function callRows({ edges }: MapModel, matches: ReadonlySet<string> | undefined): TableRow[] {
  return edges.flatMap(({ call, source, target }): TableRow[] =>
    matches && !matches.has(call.source) && !matches.has(call.target)
      ? []
      : [
          {
            selection: { kind: 'call', id: call.id },
            name: source.service.name,
            other: target.service.name,
            stats: call.stats,
          },
        ]
  );
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** A new list; rows without the number come last, whichever way it is sorted. */
export function sortRows(rows: readonly TableRow[], { by, descending }: Sorting): TableRow[] {
  const sign = descending ? -1 : 1;
  if (by === 'name' || by === 'other') {
    return [...rows].sort((a, b) => sign * collator.compare(a[by], b[by]));
  }
  const keyed = rows.map((row) => ({ row, value: numberIn(row, by) }));
  keyed.sort((a, b) =>
    a.value === undefined || b.value === undefined
      ? Number(a.value === undefined) - Number(b.value === undefined)
      : sign * (a.value - b.value)
  );
  return keyed.map(({ row }) => row);
}
