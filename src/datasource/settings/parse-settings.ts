import * as v from 'valibot';
import { type TempoJsonData, type TraceqlFilter } from '../types';

/** What the data source itself needs of its settings, checked and with defaults. */
export interface TempoSettings {
  /** '' when no data source was chosen */
  serviceMapDatasourceUid: string;
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
}

export interface ParsedSettings {
  settings: TempoSettings;
  /** One sentence for each setting that was ignored because it cannot be read. */
  problems: string[];
}

export const DEFAULT_TAG_LIMIT = 5000;
const DEFAULT_TRACE_SHIFT = '30m';

/** The rows a search starts with when the settings say nothing. */
export const DEFAULT_STATIC_FILTERS: TraceqlFilter[] = [
  { id: 'service-name', tag: 'service.name', operator: '=', scope: 'resource' },
  { id: 'span-name', tag: 'name', operator: '=', scope: 'span' },
];

const optionalBoolean = v.optional(v.boolean());
const optionalString = v.optional(v.string());

const filterSchema = v.looseObject({
  id: v.string(),
  tag: optionalString,
  operator: optionalString,
  value: v.optional(v.union([v.string(), v.array(v.string())])),
  valueType: optionalString,
  scope: v.optional(v.picklist(['event', 'instrumentation', 'intrinsic', 'link', 'resource', 'span', 'unscoped'])),
  isCustomValue: optionalBoolean,
});

const tagsSchema = v.optional(v.array(v.looseObject({ key: v.string(), value: optionalString })));

const serviceMapSchema = v.looseObject({ datasourceUid: optionalString });
const searchSchema = v.looseObject({ hide: optionalBoolean, filters: v.optional(v.unknown()) });
const nodeGraphSchema = v.looseObject({ enabled: optionalBoolean });
const traceQuerySchema = v.looseObject({
  timeShiftEnabled: optionalBoolean,
  spanStartTimeShift: optionalString,
  spanEndTimeShift: optionalString,
});
// Grafana's own settings page saves numbers as text.
const tagLimitSchema = v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.integer(), v.minValue(1));
const tagRangeSchema = v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.finite(), v.minValue(1));
const profilesSchema = v.looseObject({
  datasourceUid: optionalString,
  tags: tagsSchema,
  query: optionalString,
  profileTypeId: optionalString,
  customQuery: optionalBoolean,
});

const MS_PER_UNIT: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
};

/** `30m`, `-1h`, `1.5h` in ms; undefined for anything else. Units as in Grafana's interval fields. */
export function parseInterval(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)(ms|[Mwdhmsy])$/.exec(text.trim());
  return match ? Number(match[1]) * MS_PER_UNIT[match[2]] : undefined;
}

/** Reads jsonData from any source; never throws: what cannot be read falls back to its default and is reported. */
export function parseSettings(jsonData: unknown): ParsedSettings {
  const problems: string[] = [];
  const raw = isRecord(jsonData) ? jsonData : {};

  const read = <S extends v.GenericSchema>(key: string, schema: S): v.InferOutput<S> | undefined => {
    const value = raw[key];
    if (value === undefined || value === null || value === '') {
      return undefined;
    }
    const result = v.safeParse(schema, value);
    if (!result.success) {
      problems.push(`The setting "${key}" was ignored: ${describeIssue(result.issues[0])}`);
    }
    return result.success ? result.output : undefined;
  };

  const search = read('search', searchSchema);
  const settings: TempoSettings = {
    serviceMapDatasourceUid: read('serviceMap', serviceMapSchema)?.datasourceUid ?? '',
    searchHidden: search?.hide ?? false,
    staticFilters: search?.filters !== undefined ? parseFilters(search.filters, problems) : DEFAULT_STATIC_FILTERS,
    nodeGraphEnabled: read('nodeGraph', nodeGraphSchema)?.enabled ?? false,
    traceTimeShift: readTraceShift(read('traceQuery', traceQuerySchema), problems),
    tagLimit: read('tagLimit', tagLimitSchema) ?? DEFAULT_TAG_LIMIT,
    tagRangeSeconds: read('timeRangeForTags', tagRangeSchema),
    traceToProfiles: read('tracesToProfiles', profilesSchema),
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
    const result = v.safeParse(filterSchema, filter);
    if (result.success) {
      return [result.output];
    }
    problems.push(`Search filter ${index + 1} was ignored: ${describeIssue(result.issues[0])}`);
    return [];
  });
}

function readTraceShift(
  traceQuery: v.InferOutput<typeof traceQuerySchema> | undefined,
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

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path ? `${path}: ${issue.message}` : issue.message;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
