/** Which namespaces the services of a data source are in, asked for where the graph has only some of them. */
import { type MetricsDialect } from './dialect';
import { allRequests, type PromqlOptions } from './promql';
import { rangeSeconds, type ServiceGraphRequest } from './query';

function namespacesQuery(dialect: MetricsDialect, window: number): string {
  const options: PromqlOptions = { dialect, window };
  const { clientNamespace, serverNamespace } = dialect.labels;
  return [clientNamespace, serverNamespace].map((label) => allRequests(options, 'both', [label])).join(' or ');
}

/** Sorted; empty where the series tell none. @throws whatever `runPromQL` rejects with */
export async function queryNamespaces({
  runPromQL,
  dialect,
  range,
  signal = new AbortController().signal,
}: Omit<ServiceGraphRequest, 'scope'>): Promise<string[]> {
  const refId = 'namespaces';
  const expr = namespacesQuery(dialect, rangeSeconds(range));
  const { [refId]: rows = [] } = await runPromQL([{ refId, expr, instant: true }], signal);
  const { clientNamespace, serverNamespace } = dialect.labels;
  const found = rows.flatMap(({ labels }) => labels[clientNamespace] || labels[serverNamespace] || []);
  return [...new Set(found)].sort();
}
