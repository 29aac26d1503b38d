import * as v from 'valibot';
import { type MetricsDialect } from '../../servicegraph/dialect';
import { type DialectOverride, overridden } from '../../servicegraph/dialect-override';
import { chooseDialect, probeExpression, type ProbeResult } from '../../servicegraph/probe';
import { escapeRegex, quote, withLabel } from '../../servicegraph/promql-text';
import { recordedName } from '../../servicegraph/recorded';
import { type Answer, answered, failed } from './answer';
import { type ExemplarFacts, exemplarFacts, exemplarSchema } from './exemplar-facts';
import { ask, readBody, type SetupReply } from './http';
import { type ClockReading, mapped, type ProbeTarget } from './tempo-probes';

/** What the check wants to know of a Prometheus, or of what speaks its API. */
export interface PrometheusAnswers {
  prometheusBuild: Answer<{ version: string; application: string }>;
  /** Features that were turned on by --enable-feature; many servers tell this to nobody. */
  prometheusFeatures: Answer<string[]>;
  prometheusClock: Answer<ClockReading>;
  series: Answer<SeriesFacts>;
  virtualNodes: Answer<VirtualNodeFacts>;
  buckets: Answer<HistogramFacts[]>;
  cardinality: Answer<CardinalityFacts>;
  exemplars: Answer<ExemplarFacts>;
}

export interface SeriesFacts extends ProbeResult {
  /** Names of the known series that had samples in the last hour */
  names: string[];
  /** s since the newest sample of each counter; undefined for one without a sample in the last 5 minutes */
  ages: Array<{ name: string; seconds: number | undefined }>;
}

export interface VirtualNodeFacts {
  edges: number;
  virtual: number;
  labelled: number;
}

export interface Bucket {
  /** Upper bound in the histogram's own unit; Infinity for the last one */
  le: number;
  /** Observations in this bucket alone */
  count: number;
}

export interface HistogramFacts {
  /** Without suffix */
  name: string;
  unit: 's' | 'ms';
  /** Of the service graph, or of span metrics */
  of: 'edges' | 'spans';
  /** Ascending */
  buckets: Bucket[];
}

export interface CardinalityFacts {
  /** Series of all known names */
  total: number;
  /** The name with the most series */
  largest?: { name: string; series: number };
  /** Series that hold what went over the producer's limit */
  overflow: number;
}

const HOUR_S = 3600;
const BUCKET_WINDOW = '15m';
const EXEMPLAR_WINDOWS_S = [10 * 60, HOUR_S];

const sampleSchema = v.tuple([v.number(), v.string()]);
const vectorSchema = v.object({
  status: v.literal('success'),
  data: v.object({
    resultType: v.literal('vector'),
    result: v.array(v.object({ metric: v.record(v.string(), v.string()), value: sampleSchema })),
  }),
});
const scalarSchema = v.object({
  status: v.literal('success'),
  data: v.object({ resultType: v.literal('scalar'), result: sampleSchema }),
});
const buildSchema = v.object({
  status: v.literal('success'),
  data: v.looseObject({ version: v.optional(v.string(), ''), application: v.optional(v.string(), '') }),
});
const flagsSchema = v.object({ status: v.literal('success'), data: v.record(v.string(), v.string()) });

interface Row {
  labels: Record<string, string>;
  value: number;
  /** When the server evaluated it, s since the Unix epoch */
  time: number;
}

export interface PrometheusTarget extends ProbeTarget {
  /** Address of the data source's resources in Grafana, asked before the proxy */
  resourcesUrl: string;
  /** What an administrator set for names that cannot be found out */
  override?: DialectOverride;
}

type Pending = { [K in keyof PrometheusAnswers]: Promise<PrometheusAnswers[K]> };

/** Starts all requests; those that need the producer's names wait for them. */
export function probePrometheus(target: PrometheusTarget): Pending {
  const series = probeSeries(target);
  const next = async <T>(probe: (facts: SeriesFacts) => Promise<Answer<T>>): Promise<Answer<T>> => {
    const facts = await series;
    return facts.ok ? probe(facts.value) : facts;
  };
  return {
    prometheusBuild: askPrometheus(target, 'status/buildinfo').then((reply) =>
      mapped(readBody(reply, buildSchema), ({ data }) => ({ version: data.version, application: data.application }))
    ),
    prometheusFeatures: askPrometheus(target, 'status/flags').then(featuresOf),
    prometheusClock: probeClock(target),
    series,
    virtualNodes: next(({ dialect, found }) =>
      found ? probeVirtualNodes(target, dialect) : Promise.resolve(failed('missing', 'no service graph series'))
    ),
    buckets: next((facts) => probeBuckets(target, facts)),
    cardinality: next(({ names }) => probeCardinality(target, names)),
    exemplars: next((facts) => probeExemplars(target, facts)),
  };
}

export function noPrometheus(message: string): Pending {
  const missing = failed('missing', message);
  return {
    prometheusBuild: Promise.resolve(missing),
    prometheusFeatures: Promise.resolve(missing),
    prometheusClock: Promise.resolve(missing),
    series: Promise.resolve(missing),
    virtualNodes: Promise.resolve(missing),
    buckets: Promise.resolve(missing),
    cardinality: Promise.resolve(missing),
    exemplars: Promise.resolve(missing),
  };
}

async function askPrometheus(
  { get, url, resourcesUrl, stop }: PrometheusTarget,
  path: string,
  params?: Record<string, string | number>
): Promise<Answer<SetupReply>> {
  const answer = await ask(get, { url: `${resourcesUrl}/api/v1/${path}`, params }, stop);
  // A plugin without such resources: the plain proxy may still lead to the server.
  return !answer.ok && answer.kind === 'unsupported'
    ? ask(get, { url: `${url.replace(/\/+$/, '')}/api/v1/${path}`, params }, stop)
    : answer;
}

async function query(target: PrometheusTarget, expr: string): Promise<Answer<Row[]>> {
  // Without a time the server takes its own: the browser's clock may be wrong.
  const reply = await askPrometheus(target, 'query', { query: expr });
  return mapped(readBody(reply, vectorSchema), ({ data }) =>
    data.result.map(({ metric, value: [time, value] }) => ({ labels: metric, value: Number(value), time }))
  );
}

async function probeClock(target: PrometheusTarget): Promise<Answer<ClockReading>> {
  const reply = await askPrometheus(target, 'query', { query: 'time()' });
  if (!reply.ok) {
    return reply;
  }
  const { sentMs, receivedMs } = reply.value;
  return mapped(readBody(reply, scalarSchema), ({ data }) => {
    const serverMs = Number(data.result[1]) * 1000;
    return { sentMs, receivedMs, ...(Number.isFinite(serverMs) ? { serverMs } : {}) };
  });
}

function featuresOf(reply: Answer<SetupReply>): Answer<string[]> {
  const flags = readBody(reply, flagsSchema);
  if (!flags.ok) {
    return flags;
  }
  const text = flags.value.data['enable-feature'];
  return text === undefined
    ? failed('unsupported', 'the server does not list its features')
    : answered(text.split(/[,\s]+/).filter(Boolean));
}

async function probeSeries(target: PrometheusTarget): Promise<Answer<SeriesFacts>> {
  const present = await query(target, probeExpression(HOUR_S));
  if (!present.ok) {
    return present;
  }
  const names = [...new Set(present.value.flatMap(({ labels }) => labels.__name__ ?? []))];
  const hasFailedLabel = present.value.some(({ labels }) => Boolean(labels.failed));
  const chosen = await withOwnNames(target, chooseDialect(names, hasFailedLabel), names);
  const ages = await probeAges(target, countersOf(chosen, names));
  return ages.ok ? answered({ ...chosen, names, ages: ages.value }) : ages;
}

/** Names that the settings give are looked for as well: `names` gets those that exist. */
async function withOwnNames(target: PrometheusTarget, found: ProbeResult, names: string[]): Promise<ProbeResult> {
  const { override = {} } = target;
  if (Object.keys(override).length === 0) {
    return found;
  }
  const chosen = overridden(found, override);
  const { dialect } = chosen;
  const histograms = [dialect.serverLatency, ...(dialect.spanMetrics ? [dialect.spanMetrics.latency] : [])];
  const wanted = [
    dialect.requests,
    ...(dialect.spanMetrics ? [dialect.spanMetrics.calls] : []),
    ...histograms.flatMap((name) => [name, `${name}_bucket`]),
  ].filter((name) => !names.includes(name));
  if (wanted.length > 0) {
    const matcher = `__name__=~${quote(wanted.map(escapeRegex).join('|'))}`;
    const own = await query(target, `max by (__name__) (last_over_time({${matcher}}[${HOUR_S}s]))`);
    names.push(...(own.ok ? own.value.flatMap(({ labels }) => labels.__name__ ?? []) : []));
  }
  const hasGraph = names.includes(dialect.requests) || names.includes(recordedName(dialect.requests));
  return { ...chosen, found: hasGraph };
}

/** Of the service graph and of span metrics; where only recorded rates are left, those. */
function countersOf({ found, dialect }: ProbeResult, names: string[]): string[] {
  const requests = names.includes(dialect.requests) ? dialect.requests : recordedName(dialect.requests);
  return [...(found ? [requests] : []), ...(dialect.spanMetrics ? [dialect.spanMetrics.calls] : [])];
}

const NAME_LABEL = 'counter';

async function probeAges(target: PrometheusTarget, counters: string[]): Promise<Answer<SeriesFacts['ages']>> {
  if (counters.length === 0) {
    return answered([]);
  }
  // timestamp() drops the name, so it is written to a label.
  const newest = counters
    .map((name) => withLabel(NAME_LABEL, name, `max(timestamp(${selector([name])}))`))
    .join(' or ');
  return mapped(await query(target, newest), (rows) =>
    counters.map((name) => {
      const row = rows.find(({ labels }) => labels[NAME_LABEL] === name);
      return { name, seconds: row && Number.isFinite(row.value) ? Math.max(0, row.time - row.value) : undefined };
    })
  );
}

/** Any of the series; the name as a label takes every name in every version of Prometheus. */
function selector(names: readonly string[], matchers = ''): string {
  return `{__name__=~${quote(names.map(escapeRegex).join('|'))}${matchers}}`;
}

async function probeVirtualNodes(
  target: PrometheusTarget,
  { requests, labels }: MetricsDialect
): Promise<Answer<VirtualNodeFacts>> {
  const answer = await query(
    target,
    `count by (${labels.connectionType}, ${labels.virtualNode}) (${selector([requests])})`
  );
  return mapped(answer, (rows) => {
    const sum = (fits: (row: Row) => boolean) => rows.filter(fits).reduce((total, { value }) => total + value, 0);
    return {
      edges: sum(() => true),
      virtual: sum((row) => row.labels[labels.connectionType] === 'virtual_node'),
      labelled: sum((row) => Boolean(row.labels[labels.virtualNode])),
    };
  });
}

type KnownHistogram = Omit<HistogramFacts, 'buckets'>;

/** Histograms with buckets of their own; native ones resolve all latencies. */
function classicHistograms({ dialect, found, names }: SeriesFacts): KnownHistogram[] {
  const { spanMetrics } = dialect;
  const known: KnownHistogram[] = [
    ...(found ? [{ name: dialect.serverLatency, unit: dialect.unit, of: 'edges' as const }] : []),
    ...(spanMetrics ? [{ name: spanMetrics.latency, unit: spanMetrics.unit, of: 'spans' as const }] : []),
  ];
  return known.filter(({ name }) => names.includes(`${name}_count`));
}

async function probeBuckets(target: PrometheusTarget, facts: SeriesFacts): Promise<Answer<HistogramFacts[]>> {
  const answers = await Promise.all(
    classicHistograms(facts).map(async (histogram) => {
      // The end that is not instrumented counts as 0 s, which says nothing about latencies.
      const matcher = histogram.of === 'edges' ? ', connection_type!="virtual_node"' : '';
      const buckets = selector([`${histogram.name}_bucket`], matcher);
      const answer = await query(target, `sum by (le) (increase(${buckets}[${BUCKET_WINDOW}]))`);
      return mapped(answer, (rows): HistogramFacts => ({ ...histogram, buckets: bucketsOf(rows) }));
    })
  );
  const histograms: HistogramFacts[] = [];
  for (const answer of answers) {
    if (!answer.ok) {
      return answer;
    }
    histograms.push(answer.value);
  }
  return answered(histograms);
}

/** Prometheus' buckets each hold all smaller ones; rows with a bound or count that is no number are left out. */
export function bucketsOf(rows: Array<Pick<Row, 'labels' | 'value'>>): Bucket[] {
  const cumulative = rows
    .map(({ labels, value }) => ({ le: boundOf(labels.le), count: value }))
    .filter(({ le, count }) => !Number.isNaN(le) && Number.isFinite(count))
    .sort((a, b) => a.le - b.le);
  return cumulative.map(({ le, count }, index) => ({
    le,
    count: Math.max(0, count - (cumulative[index - 1]?.count ?? 0)),
  }));
}

function boundOf(text: string | undefined): number {
  return text === '+Inf' ? Infinity : text ? Number(text) : NaN;
}

async function probeCardinality(target: PrometheusTarget, names: string[]): Promise<Answer<CardinalityFacts>> {
  if (names.length === 0) {
    return failed('missing', 'no series');
  }
  const all = names.flatMap((name) => (name.endsWith('_count') ? [name, name.replace(/_count$/, '_bucket')] : [name]));
  const expr = `count by (__name__, metric_overflow, otel_metric_overflow) (${selector(all)})`;
  return mapped(await query(target, expr), (rows) => {
    const byName = new Map<string, number>();
    for (const { labels, value } of rows) {
      const name = labels.__name__ ?? '';
      byName.set(name, (byName.get(name) ?? 0) + value);
    }
    const [largest] = [...byName].sort(([, a], [, b]) => b - a);
    return {
      total: rows.reduce((sum, { value }) => sum + value, 0),
      ...(largest ? { largest: { name: largest[0], series: largest[1] } } : {}),
      overflow: rows
        .filter(({ labels }) => labels.metric_overflow === 'true' || labels.otel_metric_overflow === 'true')
        .reduce((sum, { value }) => sum + value, 0),
    };
  });
}

/** Series that can carry exemplars: buckets of classic histograms, and native histograms. */
function exemplarSeries({ dialect, found, names }: SeriesFacts): string[] {
  const bases = [
    ...(found ? [dialect.serverLatency, ...(dialect.clientLatency ? [dialect.clientLatency] : [])] : []),
    ...(dialect.spanMetrics ? [dialect.spanMetrics.latency] : []),
  ];
  return bases.flatMap((base) => [
    ...(names.includes(`${base}_count`) ? [`${base}_bucket`] : []),
    ...(names.includes(base) ? [base] : []),
  ]);
}

/** The last minutes first: an hour of exemplars may be many. */
async function probeExemplars(target: PrometheusTarget, facts: SeriesFacts): Promise<Answer<ExemplarFacts>> {
  const names = exemplarSeries(facts);
  if (names.length === 0) {
    return failed('missing', 'no latency histogram');
  }
  const end = target.nowMs / 1000;
  let seen: Answer<ExemplarFacts> = failed('missing', 'no latency histogram');
  for (const window of EXEMPLAR_WINDOWS_S) {
    const reply = await askPrometheus(target, 'query_exemplars', {
      query: selector(names),
      start: end - window,
      end,
    });
    seen = mapped(readBody(reply, exemplarSchema), ({ data }) => exemplarFacts(data));
    if (!seen.ok || seen.value.count > 0) {
      return seen;
    }
  }
  return seen;
}
