import { parseInterval } from '../../links/interval';
import { type TempoJsonData, type TraceqlFilter } from '../types';
import {
  either,
  flag,
  isRecord,
  listOf,
  oneOf,
  positiveInteger,
  positiveNumber,
  type Reader,
  readOr,
  record,
  text,
} from './readers';

export { parseInterval };

/** What the data source itself needs of its settings, checked and with defaults. */
export interface TempoSettings {
  /** '' when no data source was chosen */
  serviceMapDatasourceUid: string;
  /** As saved; servicegraph reads it */
  serviceMapDialect?: unknown;
  searchHidden: boolean;
  /** Rows that every search builder starts with */
  staticFilters: TraceqlFilter[];
  nodeGraphEnabled: boolean;
  /** Absent: no time range is sent with a trace id. Both in ms, not negative. */
  traceTimeShift?: { beforeMs: number; afterMs: number };
  tagLimit: number;
  /** s; absent: the time range of the page */
  tagRangeSeconds?: number;
  traceToProfiles?: TempoJsonData['tracesToProfiles'];
  /** Cut the range into slices so that the newest results are there first; `parallel`: most requests of one query at the same time */
  progressive: { search: boolean; metrics: boolean; parallel: number };
}

export interface ParsedSettings {
  settings: TempoSettings;
  /** One sentence for each setting that was ignored because it cannot be read. */
  problems: string[];
}

export const DEFAULT_TAG_LIMIT = 5000;
const DEFAULT_TRACE_SHIFT = '30m';
export const DEFAULT_PARALLEL_SLICES = 3;

/** The rows a search starts with when the settings say nothing. */
export const DEFAULT_STATIC_FILTERS: TraceqlFilter[] = [
  { id: 'service-name', tag: 'service.name', operator: '=', scope: 'resource' },
  { id: 'span-name', tag: 'name', operator: '=', scope: 'span' },
];

/** The whole row is refused without an id, as the builder finds its rows by it. */
const filterFields = record({
  id: text,
  tag: text,
  operator: text,
  value: either(text, listOf(text)),
  valueType: text,
  scope: oneOf('event', 'instrumentation', 'intrinsic', 'link', 'resource', 'span', 'unscoped'),
  isCustomValue: flag,
});
const readFilter: Reader<TraceqlFilter> = (value) => {
  const filter = filterFields(value);
  return { ...filter, id: text(filter.id) };
};

const readServiceMap = record({ datasourceUid: text, dialect: (value) => value });
/** Filters are read one by one, so that a broken one does not cost the others. */
const readSearch = record({ hide: flag, filters: (value) => value });
const readProgressive = record({ search: flag, metrics: flag, parallel: positiveInteger });
const readNodeGraph = record({ enabled: flag });
const readTraceQuery = record({ timeShiftEnabled: flag, spanStartTimeShift: text, spanEndTimeShift: text });
const readProfiles = record({
  datasourceUid: text,
  tags: listOf((value) => {
    const tag = record({ key: text, value: text })(value);
    return { ...tag, key: text(tag.key) };
  }),
  query: text,
  profileTypeId: text,
  customQuery: flag,
});

/** Reads jsonData from any source; never throws: what cannot be read falls back to its default and is reported. */
export function parseSettings(jsonData: unknown): ParsedSettings {
  const problems: string[] = [];
  const raw = isRecord(jsonData) ? jsonData : {};

  const read = <T>(key: string, reader: Reader<T>): T | undefined =>
    readOr(reader, raw[key], (problem) => problems.push(`The setting "${key}" was ignored: ${problem}`));

  const search = read('search', readSearch);
  const progressive = read('progressive', readProgressive);
  const serviceMap = read('serviceMap', readServiceMap);
  const settings: TempoSettings = {
    serviceMapDatasourceUid: serviceMap?.datasourceUid ?? '',
    serviceMapDialect: serviceMap?.dialect,
    searchHidden: search?.hide ?? false,
    staticFilters: search?.filters !== undefined ? parseFilters(search.filters, problems) : DEFAULT_STATIC_FILTERS,
    nodeGraphEnabled: read('nodeGraph', readNodeGraph)?.enabled ?? false,
    traceTimeShift: readTraceShift(read('traceQuery', readTraceQuery), problems),
    tagLimit: read('tagLimit', positiveInteger) ?? DEFAULT_TAG_LIMIT,
    tagRangeSeconds: read('timeRangeForTags', positiveNumber),
    traceToProfiles: read('tracesToProfiles', readProfiles),
    progressive: {
      search: progressive?.search ?? true,
      metrics: progressive?.metrics ?? true,
      parallel: progressive?.parallel ?? DEFAULT_PARALLEL_SLICES,
    },
  };
  return { settings, problems };
}

/** Keeps the rows that can be read; each other one becomes a problem. */
export function parseFilters(filters: unknown, problems: string[]): TraceqlFilter[] {
  if (!Array.isArray(filters)) {
    problems.push('The search filters were ignored: they are not a list.');
    return [];
  }
  return filters.flatMap((filter, index) => {
    const read = readOr(readFilter, filter ?? {}, (problem) =>
      problems.push(`Search filter ${index + 1} was ignored: ${problem}`)
    );
    return read ? [read] : [];
  });
}

function readTraceShift(
  traceQuery: ReturnType<typeof readTraceQuery> | undefined,
  problems: string[]
): TempoSettings['traceTimeShift'] {
  if (!traceQuery?.timeShiftEnabled) {
    return undefined;
  }
  // Both signs are in use for "earlier": the settings page suggests 30m, the documentation -1h.
  const shift = (key: 'spanStartTimeShift' | 'spanEndTimeShift') => {
    const text = traceQuery[key] || DEFAULT_TRACE_SHIFT;
    const ms = parseInterval(text);
    if (ms === undefined) {
      problems.push(`The setting "traceQuery.${key}" was ignored: "${text}" is not a duration such as 30m or 1h.`);
    }
    return Math.abs(ms ?? parseInterval(DEFAULT_TRACE_SHIFT) ?? 0);
  };
  return { beforeMs: shift('spanStartTimeShift'), afterMs: shift('spanEndTimeShift') };
}
