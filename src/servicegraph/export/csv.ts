/** Services or calls as comma-separated values, RFC 4180. */
import { type RequestStats, type Service, type ServiceGraph } from '../model';
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

/** Names of the labels that tell services apart, e.g. of their cluster */
function labelNames(services: readonly Service[]): string[] {
  return [...new Set(services.flatMap(({ labels }) => Object.keys(labels ?? {})))].sort();
}

export function servicesToCsv({ services }: ServiceGraph): string {
  const labels = labelNames(services);
  const rows = services.map(({ name, namespace, labels: own, kind, stats }) => [
    name,
    namespace,
    ...labels.map((label) => own?.[label]),
    kind,
    ...statCells(stats),
  ]);
  return csv([['service', 'namespace', ...labels, 'kind', ...STAT_COLUMNS], ...rows]);
}

export function callsToCsv({ services, calls }: ServiceGraph): string {
  const byId = new Map(services.map((service) => [service.id, service]));
  const labels = labelNames(services);
  const endOf = (id: string) => {
    const service = byId.get(id);
    return [service?.name ?? id, service?.namespace, ...labels.map((label) => service?.labels?.[label])];
  };
  const rows = calls.map(({ source, target, connectionType, stats }) => [
    ...endOf(source),
    ...endOf(target),
    connectionType,
    ...statCells(stats),
  ]);
  const columnsOf = (end: string) => [end, ...['namespace', ...labels].map((label) => `${end} ${label}`)];
  return csv([[...columnsOf('caller'), ...columnsOf('callee'), 'connection type', ...STAT_COLUMNS], ...rows]);
}
