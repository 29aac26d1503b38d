/** What the table of a map shows, as columns that can be sorted and rows. */
import { type Detail, type RequestStats } from '../../../servicegraph/model';
import { errorShare } from '../../../servicegraph/to-frames';
import { type MapModel } from '../model/map-types';
import { type Selection } from '../selection';

export interface TableRow {
  selection: Selection;
  /** Service, or caller */
  name: string;
  /** Kind, namespace and what else tells the service apart, or callee */
  other: string;
  stats: RequestStats;
  /** Further statistics, e.g. of another data source */
  details: readonly Detail[];
  /** Calls that a service receives and makes; absent for calls */
  callers?: number;
  callees?: number;
}

const NUMBER_COLUMNS = ['rate', 'errors', 'mean', 'p50', 'p95', 'p99', 'callers', 'callees'] as const;
export type NumberColumn = (typeof NUMBER_COLUMNS)[number];
/** `detail:` with the label of a detail */
export type ColumnKey = 'name' | 'other' | NumberColumn | `detail:${string}`;

function numberIn({ stats, callers, callees }: TableRow, column: NumberColumn): number | undefined {
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

export function isNumberColumn(column: ColumnKey): column is NumberColumn {
  return NUMBER_COLUMNS.some((known) => known === column);
}

function textIn({ name, other, details }: TableRow, column: Exclude<ColumnKey, NumberColumn>): string {
  switch (column) {
    case 'name':
      return name;
    case 'other':
      return other;
    default:
      return details.find(({ label }) => `detail:${label}` === column)?.text ?? '';
  }
}

/** Text or number of a column; '' or undefined where the row has none */
export function valueIn(row: TableRow, column: ColumnKey): string | number | undefined {
  return isNumberColumn(column) ? numberIn(row, column) : textIn(row, column);
}

const MOST_DETAILS = 6;

/** Labels of details that some row has, in the order in which they first appear */
export function detailLabels(rows: readonly TableRow[]): string[] {
  const labels = new Set<string>();
  for (const { details } of rows) {
    details.forEach(({ label }) => labels.add(label));
    if (labels.size >= MOST_DETAILS) {
      break;
    }
  }
  return [...labels].slice(0, MOST_DETAILS);
}

/** @param matches Service.id of what is looked for; undefined shows everything */
export function serviceRows(
  model: MapModel,
  kinds: Record<MapModel['nodes'][number]['service']['kind'], string>,
  matches: ReadonlySet<string> | undefined
): TableRow[] {
  return model.nodes.flatMap(
    ({ service: { id, name, namespace, labels = {}, kind, stats, details = [] } }): TableRow[] =>
      matches && !matches.has(id)
        ? []
        : [
            {
              selection: { kind: 'service', id },
              name,
              other: [kinds[kind], namespace, ...Object.values(labels)].filter(Boolean).join(' · '),
              stats,
              details,
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
            details: call.details ?? [],
          },
        ]
  );
}
