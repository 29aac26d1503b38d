import { type TempoQuery, type TraceqlFilter } from '../types';

/** Fields of the search form before TraceQL (Grafana 9), still found in saved dashboards. */
interface NativeSearchFields {
  search?: unknown;
  serviceName?: unknown;
  spanName?: unknown;
  minDuration?: unknown;
  maxDuration?: unknown;
}

/** Turns `nativeSearch` queries and their logfmt tags into rows of the search builder; others come back unchanged. */
export function migrateNativeSearch(query: TempoQuery & NativeSearchFields): TempoQuery {
  if (query.queryType !== 'nativeSearch' && query.queryType !== 'search') {
    return query;
  }
  const { search, serviceName, spanName, minDuration, maxDuration, ...rest } = query;
  const filters: TraceqlFilter[] = [...(Array.isArray(query.filters) ? query.filters : [])];
  const add = (value: unknown, filter: TraceqlFilter) => {
    if (typeof value === 'string' && value !== '') {
      filters.push({ ...filter, value });
    }
  };
  add(serviceName, {
    id: 'service-name',
    tag: 'service.name',
    operator: '=',
    scope: 'resource',
    valueType: 'string',
  });
  add(spanName, { id: 'span-name', tag: 'name', operator: '=', scope: 'span', valueType: 'string' });
  add(minDuration, { id: 'min-duration', tag: 'duration', operator: '>=', valueType: 'duration' });
  add(maxDuration, { id: 'max-duration', tag: 'duration', operator: '<=', valueType: 'duration' });
  if (typeof search === 'string') {
    parseLogfmt(search).forEach(([key, value], index) =>
      add(value, { id: `tag-${index}`, tag: key, operator: '=', scope: 'unscoped', valueType: 'string' })
    );
  }
  return { ...rest, queryType: 'traceqlSearch', filters };
}

/** `key=value key2="two words"`; words without a value are dropped, as Tempo does. */
function parseLogfmt(text: string): Array<[string, string]> {
  return [...text.matchAll(/([^\s=]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)].map(([, key, quoted, bare]) => [
    key,
    quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'),
  ]);
}
