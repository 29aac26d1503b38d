/**
 * Attributes that Tempo keeps in columns of their own by default (3.1, vParquet5). They behave a little differently:
 * read without a condition, a missing one gives the text "nil" instead of nothing.
 */
type ColumnType = 'string' | 'int';

export const SPAN_COLUMNS: ReadonlyMap<string, ColumnType> = new Map([
  ['http.request.method', 'string'],
  ['http.response.status_code', 'int'],
  ['url.path', 'string'],
  ['url.route', 'string'],
  ['server.address', 'string'],
  ['server.port', 'int'],
  ['http.method', 'string'],
  ['http.url', 'string'],
  ['http.route', 'string'],
  ['http.status_code', 'int'],
]);

export const RESOURCE_COLUMNS: ReadonlyMap<string, ColumnType> = new Map([
  ['k8s.cluster.name', 'string'],
  ['k8s.namespace.name', 'string'],
  ['k8s.pod.name', 'string'],
  ['k8s.container.name', 'string'],
]);

export function dedicatedColumn(level: string, name: string): ColumnType | undefined {
  return level === 'span' ? SPAN_COLUMNS.get(name) : level === 'resource' ? RESOURCE_COLUMNS.get(name) : undefined;
}
