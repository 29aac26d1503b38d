/**
 * One service, one namespace: a database call is known from its client alone, so the callee's namespace is missing from
 * some of its series while others have it. Without this step such a service stands on the map twice.
 */
import { type MetricsDialect } from './dialect';
import { VIRTUAL_USER } from './model';
import { type PromqlRow } from './run-promql';

type Labels = Record<string, string>;
type EndLabels = readonly [name: string, namespace: string];

function endLabelsOf({ labels }: MetricsDialect): EndLabels[] {
  return [
    [labels.client, labels.clientNamespace],
    [labels.server, labels.serverNamespace],
  ];
}

/** The namespace of every name that is seen in exactly one. */
export function singleNamespaces(rows: readonly PromqlRow[], dialect: MetricsDialect): Map<string, string> {
  const seen = new Map<string, Set<string>>();
  for (const { labels } of rows) {
    for (const [name, namespace] of endLabelsOf(dialect)) {
      if (labels[name] && labels[namespace]) {
        seen.set(labels[name], (seen.get(labels[name]) ?? new Set()).add(labels[namespace]));
      }
    }
  }
  return new Map([...seen].flatMap(([name, all]) => (all.size === 1 ? [[name, [...all][0]] as const] : [])));
}

function completed(labels: Labels, known: ReadonlyMap<string, string>, dialect: MetricsDialect): Labels {
  const result = { ...labels };
  for (const [name, namespace] of endLabelsOf(dialect)) {
    const found = known.get(labels[name] ?? '');
    // The made-up client is nobody's service, even where a service bears its name.
    if (found !== undefined && !labels[namespace] && labels[name] !== VIRTUAL_USER) {
      result[namespace] = found;
    }
  }
  return result;
}

/** Rows whose missing namespaces are filled in; rows of one call may have become several of the same labels. */
export function withNamespaces(
  rows: readonly PromqlRow[],
  known: ReadonlyMap<string, string>,
  dialect: MetricsDialect
): PromqlRow[] {
  return rows.map(({ labels, value }) => ({ labels: completed(labels, known, dialect), value }));
}

function keyOf({ labels }: PromqlRow, without?: string): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([label]) => label !== without)
      .sort()
  );
}

/**
 * Means with their namespaces filled in; those that became one call are weighted by their request rates, and left out
 * where a rate is missing.
 * @param partLabel label of a mean that the request rates do not have
 */
export function combinedMeans(
  means: readonly PromqlRow[],
  requests: readonly PromqlRow[],
  partLabel: string,
  complete: (rows: readonly PromqlRow[]) => PromqlRow[]
): PromqlRow[] {
  const rates = new Map(requests.map((row) => [keyOf(row), row.value]));
  const groups = new Map<string, { row: PromqlRow; parts: Array<{ mean: number; rate: number | undefined }> }>();
  complete(means).forEach((row, index) => {
    const group = groups.get(keyOf(row)) ?? { row, parts: [] };
    group.parts.push({ mean: means[index].value, rate: rates.get(keyOf(means[index], partLabel)) });
    groups.set(keyOf(row), group);
  });
  return [...groups.values()].flatMap(({ row, parts }) => {
    const value = parts.length === 1 ? parts[0].mean : weightedMean(parts);
    return value === undefined ? [] : [{ labels: row.labels, value }];
  });
}

function weightedMean(parts: ReadonlyArray<{ mean: number; rate: number | undefined }>): number | undefined {
  // A part nobody called has no mean and no weight.
  const busy = parts.filter(({ rate }) => rate !== 0);
  const total = busy.reduce((sum, { rate }) => sum + (rate ?? NaN), 0);
  const mean = busy.reduce((sum, part) => sum + part.mean * (part.rate ?? NaN), 0) / total;
  return Number.isFinite(mean) ? mean : undefined;
}

/** Quantiles of rows with the same labels cannot be combined: such rows are left out. */
export function withoutCollisions(rows: readonly PromqlRow[]): PromqlRow[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  }
  return rows.filter((row) => counts.get(keyOf(row)) === 1);
}
