import { durationNanos } from '../trace/duration';
import { type Span, type Trace } from '../trace/model';
import { parseInterval } from './interval';
import { logsQuery } from './logs-query';
import { labelMatchers, metricsQueries } from './metrics-query';
import { fillSpanVariables, type SpanVariables, spanVariables } from './span-variables';
import {
  type SpanLinkSettings,
  type TraceToLogsOptions,
  type TraceToMetricsOptions,
  type TraceToProfilesOptions,
} from './span-link-settings';
import { exploreUrl } from './urls';

export interface LinkedDataSource {
  uid: string;
  /** Plugin id */
  type: string;
  name: string;
}

/** Where a span leads to. */
export interface SpanLink {
  kind: 'logs' | 'metrics' | 'profiles';
  /** The name given in the settings; without one the reader writes its own by `kind` */
  name?: string;
  datasource: LinkedDataSource;
  /** A query of that data source, without refId and data source */
  query: Record<string, unknown>;
  /** ms since the Unix epoch */
  range: { from: number; to: number };
  /** Explore with that query and range */
  url: string;
}

export interface SpanLinkRequest {
  span: Span;
  trace: Trace;
  settings: SpanLinkSettings;
  /** undefined when there is no such data source, or the viewer may not use it */
  resolveDataSource: (uid: string) => LinkedDataSource | undefined;
}

type Shift = Pick<TraceToLogsOptions, 'spanStartTimeShift' | 'spanEndTimeShift'>;
type LinkWithoutUrl = Omit<SpanLink, 'url'>;

const PROFILES_MARGIN = { spanStartTimeShift: '-1m', spanEndTimeShift: '1m' };
const METRICS_MARGIN = { spanStartTimeShift: '-2m', spanEndTimeShift: '2m' };
const NO_MARGIN = { spanStartTimeShift: '0s', spanEndTimeShift: '0s' };
/** Shorter ranges are refused by Splunk and find nothing where logs have whole seconds. */
const SHORTEST_RANGE_MS = 1000;
const NANOS_PER_MS = BigInt(1_000_000);

/** All links of one span: logs, metrics, profiles, in the order of the settings. */
export function spanLinks({ span, trace, settings, resolveDataSource }: SpanLinkRequest): SpanLink[] {
  const variables = spanVariables(span, trace);
  const of = <T extends { datasourceUid?: string }>(
    options: T,
    make: (options: T, datasource: LinkedDataSource) => LinkWithoutUrl[]
  ): LinkWithoutUrl[] => {
    const datasource = options.datasourceUid ? resolveDataSource(options.datasourceUid) : undefined;
    return datasource ? make(options, datasource) : [];
  };
  return [
    ...settings.logs.flatMap((one) =>
      of(one, (options, datasource) => logsLinks(span, variables, options, datasource))
    ),
    ...settings.metrics.flatMap((one) =>
      of(one, (options, datasource) => metricsLinks(span, variables, options, datasource))
    ),
    ...settings.profiles.flatMap((one) =>
      of(one, (options, datasource) => profilesLinks(span, variables, options, datasource))
    ),
  ].map((link) => ({ ...link, url: exploreUrl({ ...link, ...link.range }) }));
}

function logsLinks(
  span: Span,
  variables: SpanVariables,
  options: TraceToLogsOptions,
  datasource: LinkedDataSource
): LinkWithoutUrl[] {
  const query = logsQuery(datasource.type, options, variables);
  return query
    ? [{ kind: 'logs', ...named(options.name), datasource, query, range: rangeOf(span, options, NO_MARGIN) }]
    : [];
}

function metricsLinks(
  span: Span,
  variables: SpanVariables,
  options: TraceToMetricsOptions,
  datasource: LinkedDataSource
): LinkWithoutUrl[] {
  return metricsQueries(options, variables).map(({ name, expr }) => ({
    kind: 'metrics',
    ...named(name),
    datasource,
    query: { expr, range: true, instant: false, exemplar: true },
    range: rangeOf(span, options, METRICS_MARGIN),
  }));
}

/** Only spans whose profiler left its mark have profiles. */
function profilesLinks(
  span: Span,
  variables: SpanVariables,
  options: TraceToProfilesOptions,
  datasource: LinkedDataSource
): LinkWithoutUrl[] {
  const profileId = variables.tag('pyroscope.profile.id');
  if (profileId === undefined || !options.profileTypeId) {
    return [];
  }
  const mapped = options.tags?.length ? options.tags : DEFAULT_PROFILE_TAGS;
  const tags = labelMatchers(mapped, variables);
  const labelSelector =
    options.customQuery && options.query ? fillSpanVariables(options.query, variables, tags) : `{${tags}}`;
  return labelSelector === undefined
    ? []
    : [
        {
          kind: 'profiles',
          datasource,
          query: {
            queryType: 'profile',
            labelSelector,
            groupBy: [],
            profileTypeId: options.profileTypeId,
            spanSelector: [profileId],
          },
          range: rangeOf(span, PROFILES_MARGIN, PROFILES_MARGIN),
        },
      ];
}

const DEFAULT_PROFILE_TAGS = [{ key: 'service.name', value: 'service_name' }, { key: 'service.namespace' }];

function rangeOf(span: Span, shift: Shift, defaults: Required<Shift>): SpanLink['range'] {
  const start = Number(span.startTimeUnixNano / NANOS_PER_MS);
  const end = Math.ceil(start + Number(durationNanos(span)) / 1e6);
  const from = start + milliseconds(shift.spanStartTimeShift, defaults.spanStartTimeShift);
  const to = end + milliseconds(shift.spanEndTimeShift, defaults.spanEndTimeShift);
  return { from, to: Math.max(to, from + SHORTEST_RANGE_MS) };
}

/** One that cannot be read counts as not set; the settings page marks it. */
function milliseconds(text: string | undefined, fallback: string): number {
  return (text ? parseInterval(text) : undefined) ?? parseInterval(fallback) ?? 0;
}

function named(name: string | undefined): Pick<SpanLink, 'name'> {
  return name ? { name } : {};
}
