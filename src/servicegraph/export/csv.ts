/** Services or calls as comma-separated values, RFC 4180. */
import { type RequestStats, type ServiceGraph } from '../model';
import { errorShare } from '../to-frames';

const STAT_COLUMNS = ['rate (req/s)', 'errors (%)', 'mean (s)', 'p50 (s)', 'p95 (s)', 'p99 (s)'];

/** Spreadsheets run a cell that begins with one of these as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | undefined): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function statCells(stats: RequestStats): Array<number | undefined> {
  const share = errorShare(stats);
  return [
    stats.rate,
    share === undefined ? undefined : Number((share * 100).toPrecision(6)),
    stats.mean,
    stats.p50,
    stats.p95,
    stats.p99,
  ];
}

function csv(rows: Array<Array<string | number | undefined>>): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

export function servicesToCsv({ services }: ServiceGraph): string {
  const rows = services.map(({ name, namespace, kind, stats }) => [name, namespace, kind, ...statCells(stats)]);
  return csv([['service', 'namespace', 'kind', ...STAT_COLUMNS], ...rows]);
}

export function callsToCsv({ services, calls }: ServiceGraph): string {
  const byId = new Map(services.map((service) => [service.id, service]));
  const rows = calls.map(({ source, target, connectionType, stats }) => {
    const [caller, callee] = [byId.get(source), byId.get(target)];
    return [
      caller?.name ?? source,
      caller?.namespace,
      callee?.name ?? target,
      callee?.namespace,
      connectionType,
      ...statCells(stats),
    ];
  });
  const ends = ['caller', 'caller namespace', 'callee', 'callee namespace', 'connection type'];
  return csv([[...ends, ...STAT_COLUMNS], ...rows]);
}
