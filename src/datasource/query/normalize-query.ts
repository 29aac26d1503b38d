import * as v from 'valibot';
import { parseFilters } from '../settings/parse-settings';
import { QUERY_DEFAULTS, type TempoQuery, type TempoQueryType, type TraceqlFilter } from '../types';
import { migrateNativeSearch } from './migrate-native-search';

/** A query that is ready to run: every field is valid and has a value when it has a default. */
export interface NormalizedQuery {
  refId: string;
  queryType: TempoQueryType;
  query: string;
  filters: TraceqlFilter[];
  limit: number;
  spss: number;
  tableType: 'traces' | 'spans' | 'raw';
  step?: string;
  exemplars?: number;
  metricsQueryType: 'range' | 'instant';
  serviceMapQueries: string[];
  serviceMapIncludeNamespace: boolean;
}

export interface NormalizeResult {
  query: NormalizedQuery;
  /** One sentence for each field that was ignored. */
  problems: string[];
}

const positiveInteger = v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.integer(), v.minValue(1));
const tableTypeSchema = v.picklist(['traces', 'spans', 'raw']);
const metricsTypeSchema = v.picklist(['range', 'instant']);
const serviceMapSchema = v.union([
  v.pipe(
    v.string(),
    v.transform((text) => [text])
  ),
  v.array(v.string()),
]);

/** Reads a saved query, a link's query or an old one; never throws. */
export function normalizeQuery(saved: TempoQuery): NormalizeResult {
  const problems: string[] = [];
  const migrated = migrateNativeSearch(saved);

  const read = <S extends v.GenericSchema>(name: keyof TempoQuery, schema: S): v.InferOutput<S> | undefined => {
    const value: unknown = migrated[name];
    if (value === undefined || value === null || value === '') {
      return undefined;
    }
    const result = v.safeParse(schema, value);
    if (!result.success) {
      problems.push(`"${name}" was ignored: ${result.issues[0].message}`);
    }
    return result.success ? result.output : undefined;
  };

  const filters = migrated.filters === undefined ? [] : parseFilters(migrated.filters, problems);
  const query = read('query', v.string()) ?? '';
  return {
    query: {
      refId: migrated.refId,
      queryType: readQueryType(migrated.queryType, query, filters, problems),
      query,
      filters,
      limit: read('limit', positiveInteger) ?? QUERY_DEFAULTS.limit,
      spss: read('spss', positiveInteger) ?? QUERY_DEFAULTS.spss,
      tableType: read('tableType', tableTypeSchema) ?? QUERY_DEFAULTS.tableType,
      step: read('step', v.string()),
      exemplars: read('exemplars', positiveInteger),
      metricsQueryType: read('metricsQueryType', metricsTypeSchema) ?? QUERY_DEFAULTS.metricsQueryType,
      serviceMapQueries: (read('serviceMapQuery', serviceMapSchema) ?? []).filter((selector) => selector.trim() !== ''),
      serviceMapIncludeNamespace: read('serviceMapIncludeNamespace', v.boolean()) ?? false,
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
