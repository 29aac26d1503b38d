import { parseFilters } from '../settings/parse-settings';
import {
  either,
  flag,
  listOf,
  oneOf,
  positiveInteger,
  positiveNumber,
  type Reader,
  readOr,
  record,
  text,
} from '../settings/readers';
import {
  QUERY_DEFAULTS,
  type SearchRest,
  type ServiceMapScope,
  type TempoQuery,
  type TempoQueryType,
  type TraceqlFilter,
} from '../types';
import { migrateNativeSearch } from './migrate-native-search';

/** A query that is ready to run: every field is valid and has a value when it has a default. */
export interface NormalizedQuery {
  refId: string;
  queryType: TempoQueryType;
  query: string;
  filters: TraceqlFilter[];
  /** What stands around the filters in a query of the search builder */
  searchRest?: SearchRest;
  limit: number;
  spss: number;
  tableType: 'traces' | 'spans' | 'raw';
  step?: string;
  exemplars?: number;
  metricsQueryType: 'range' | 'instant';
  serviceMapQueries: string[];
  serviceMapIncludeNamespace: boolean;
  serviceMapScope: ServiceMapScope;
  importId?: string;
  importTraceId?: string;
}

export interface NormalizeResult {
  query: NormalizedQuery;
  /** One sentence for each field that was ignored. */
  problems: string[];
}

const readTableType = oneOf('traces', 'spans', 'raw');
const readMetricsType = oneOf('range', 'instant');
const readSearchRest = record({ before: text, after: text });
const readScope: Reader<ServiceMapScope> = record({
  top: positiveInteger,
  minRate: positiveNumber,
  around: text,
  aroundNamespace: text,
  hops: positiveInteger,
  direction: oneOf('both', 'up', 'down'),
  identity: listOf(text),
  percentiles: flag,
});
const readSelectors: Reader<string[]> = (value) => [either(text, listOf(text))(value)].flat();

/** Reads a saved query, a link's query or an old one; never throws. */
export function normalizeQuery(saved: TempoQuery): NormalizeResult {
  const problems: string[] = [];
  const migrated = migrateNativeSearch(saved);

  const read = <T>(name: keyof TempoQuery, reader: Reader<T>): T | undefined =>
    readOr(reader, migrated[name], (problem) => problems.push(`"${name}" was ignored: ${problem}`));

  const filters = migrated.filters === undefined ? [] : parseFilters(migrated.filters, problems);
  const query = read('query', text) ?? '';
  return {
    query: {
      refId: migrated.refId,
      queryType: readQueryType(migrated.queryType, query, filters, problems),
      query,
      filters,
      searchRest: read('searchRest', readSearchRest),
      limit: read('limit', positiveInteger) ?? QUERY_DEFAULTS.limit,
      spss: read('spss', positiveInteger) ?? QUERY_DEFAULTS.spss,
      tableType: read('tableType', readTableType) ?? QUERY_DEFAULTS.tableType,
      step: read('step', text),
      exemplars: read('exemplars', positiveInteger),
      metricsQueryType: read('metricsQueryType', readMetricsType) ?? QUERY_DEFAULTS.metricsQueryType,
      serviceMapQueries: (read('serviceMapQuery', readSelectors) ?? []).filter((selector) => selector.trim() !== ''),
      serviceMapIncludeNamespace: read('serviceMapIncludeNamespace', flag) ?? false,
      serviceMapScope: read('serviceMapScope', readScope) ?? {},
      importId: read('importId', text),
      importTraceId: read('importTraceId', text),
    },
    problems,
  };
}

function readQueryType(
  queryType: string | undefined,
  query: string,
  filters: TraceqlFilter[],
  problems: string[]
): TempoQueryType {
  switch (queryType) {
    case 'traceql':
    case 'traceqlSearch':
    case 'serviceMap':
    case 'upload':
      return queryType;
    case undefined:
    case '':
      // Links from logs and metrics say nothing and mean a trace; queries of the search builder have rows only.
      return query === '' && filters.length > 0 ? 'traceqlSearch' : 'traceql';
    case 'traceId':
      return 'traceql';
    default:
      problems.push(`The query type "${queryType}" is not known; the query was run as TraceQL.`);
      return 'traceql';
  }
}
