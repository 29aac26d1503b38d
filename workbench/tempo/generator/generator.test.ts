import { type KeyValue, type Span, type SpanKind } from '../../../src/trace/model';

import { type GeneratorConfigInput, readGeneratorConfig } from './config';
import { MetricsGenerator } from './generator';
import { type TimeSeries, type WriteRequest } from './write-request';

const T0 = Date.UTC(2026, 10, 21, 10, 0, 30);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NANOS_PER_MS = BigInt(1_000_000);
const SCOPE = { name: '', version: '', attributes: [] };

type TenantConfig = NonNullable<
  NonNullable<NonNullable<GeneratorConfigInput['overrides']>['defaults']>['metrics_generator']
>;
type GeneratorSection = NonNullable<GeneratorConfigInput['metrics_generator']>;

function generator(tenant: TenantConfig = {}, section: GeneratorSection = {}): MetricsGenerator {
  return new MetricsGenerator(
    readGeneratorConfig({ metrics_generator: section, overrides: { defaults: { metrics_generator: tenant } } })
  );
}

function attributes(values: Record<string, string | number>): KeyValue[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { type: 'string', value } : { type: 'double', value },
  }));
}

interface SpanOptions {
  trace?: number;
  id?: number;
  parent?: number;
  kind?: SpanKind;
  endMs?: number;
  ms?: number;
  attributes?: Record<string, string | number>;
  error?: boolean;
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

function span(service: string, options: SpanOptions = {}): Span {
  const { trace = 1, id = 1, parent, kind = 'internal', endMs = T0, ms = 100, error = false } = options;
  const end = BigInt(endMs) * NANOS_PER_MS;
  return {
    traceId: hex(trace, 32),
    spanId: hex(id, 16),
    parentSpanId: parent === undefined ? '' : hex(parent, 16),
    traceState: '',
    name: 'work',
    kind,
    startTimeUnixNano: end - BigInt(ms) * NANOS_PER_MS,
    endTimeUnixNano: end,
    attributes: attributes(options.attributes ?? {}),
    events: [],
    links: [],
    status: { code: error ? 'error' : 'unset', message: '' },
    resource: { attributes: attributes({ 'service.name': service }) },
    scope: SCOPE,
  };
}

function byName(request: WriteRequest, name: string): TimeSeries[] {
  return request.timeseries.filter(({ labels }) =>
    labels.some((label) => label.name === '__name__' && label.value === name)
  );
}

/** Labels other than the name and those of the generator itself. */
function labelsOf({ labels }: TimeSeries): Record<string, string> {
  return Object.fromEntries(
    labels.filter(({ name }) => !name.startsWith('__')).map(({ name, value }) => [name, value])
  );
}

const CALLS = 'traces_spanmetrics_calls_total';
const REQUESTS = 'traces_service_graph_request_total';

describe('the life of a series', () => {
  it('starts with a zero a second before the current minute, once', () => {
    const own = generator();
    own.push([span('shop')], T0);
    const [first] = byName(own.collect(T0), CALLS);
    expect(first.samples).toEqual([
      { value: 0, timestampMs: T0 - 31 * SECOND },
      { value: 1, timestampMs: T0 },
    ]);
    const [second] = byName(own.collect(T0 + 15 * SECOND), CALLS);
    expect(second.samples).toEqual([{ value: 1, timestampMs: T0 + 15 * SECOND }]);
  });

  it('ends after 15 minutes without a span', () => {
    const own = generator();
    own.push([span('shop')], T0);
    expect(byName(own.collect(T0 + 15 * MINUTE), CALLS)).toHaveLength(1);
    expect(byName(own.collect(T0 + 15 * MINUTE + 1), CALLS)).toHaveLength(0);
  });

  it('begins anew at zero, but never with a zero among samples already sent', () => {
    const own = generator();
    own.push([span('shop')], T0);
    const lastMs = T0 + 15 * MINUTE;
    own.collect(lastMs);
    own.collect(lastMs + 1);
    own.push([span('shop', { endMs: lastMs + 2 })], lastMs + 2);
    expect(byName(own.collect(lastMs + 2), CALLS)[0].samples).toEqual([{ value: 1, timestampMs: lastMs + 2 }]);
  });

  it('leaves out spans that ended more than the slack ago', () => {
    const own = generator();
    own.push([span('old', { endMs: T0 - 30 * SECOND - 1 }), span('new', { endMs: T0 - 30 * SECOND })], T0);
    expect(byName(own.collect(T0), CALLS).map((series) => labelsOf(series).service)).toEqual(['new']);
  });
});

describe('histograms', () => {
  const push = (own: MetricsGenerator) =>
    [5, 20, 21].forEach((ms, i) => own.push([span('shop', { trace: 0xa0 + i, ms })], T0));

  it('classic: cumulative buckets, the latest exemplar of each, sent once', () => {
    const own = generator();
    push(own);
    const buckets = byName(own.collect(T0), 'traces_spanmetrics_latency_bucket');
    const counts = buckets.map((series) => [labelsOf(series).le, series.samples.at(-1)?.value]);
    expect(counts.slice(0, 5)).toEqual([
      ['0.002', 0],
      ['0.004', 0],
      ['0.008', 1],
      ['0.016', 1],
      ['0.032', 3],
    ]);
    expect(counts.at(-1)).toEqual(['+Inf', 3]);
    expect(buckets.flatMap(({ exemplars }) => exemplars)).toEqual([
      { labels: [{ name: 'traceID', value: 'a0' }], value: 0.005, timestampMs: T0 },
      { labels: [{ name: 'traceID', value: 'a2' }], value: 0.021, timestampMs: T0 },
    ]);
    expect(own.collect(T0 + SECOND).timeseries.flatMap(({ exemplars }) => exemplars)).toEqual([]);
  });

  it('native: one series without suffix, exemplars on it, under the configured label', () => {
    const own = generator({ generate_native_histograms: 'native', trace_id_label_name: 'trace_id' });
    push(own);
    const collected = own.collect(T0);
    expect(byName(collected, 'traces_spanmetrics_latency_bucket')).toEqual([]);
    const [series] = byName(collected, 'traces_spanmetrics_latency');
    expect(series.histograms.map(({ count, timestampMs }) => [count, timestampMs])).toEqual([
      [0, T0 - 31 * SECOND],
      [3, T0],
    ]);
    expect(series.exemplars.map(({ labels: [label] }) => `${label.name}=${label.value}`)).toEqual([
      'trace_id=a0',
      'trace_id=a1',
      'trace_id=a2',
    ]);
  });
});

describe('service graph', () => {
  const edges = (own: MetricsGenerator, nowMs: number, name = REQUESTS): Array<Record<string, unknown>> =>
    byName(own.collect(nowMs), name).map((series) => ({ ...labelsOf(series), value: series.samples.at(-1)?.value }));
  const client = span('shop', { id: 1, kind: 'client', ms: 40 });
  const server = span('stock', { id: 2, parent: 1, kind: 'server', ms: 30, error: true });

  it.each([
    ['in order', [client, server]],
    ['the other way round', [server, client]],
  ])('pairs client and server, %s and in separate pushes', (_, spans) => {
    const own = generator();
    spans.forEach((one, i) => own.push([one], T0 + i));
    const expected = [{ client: 'shop', server: 'stock', value: 1 }];
    expect(edges(own, T0 + SECOND)).toEqual(expected);
    expect(edges(own, T0 + SECOND, 'traces_service_graph_request_failed_total')).toEqual(expected);
    expect(edges(own, T0 + SECOND, 'traces_service_graph_request_client_seconds_sum')[0].value).toBeCloseTo(0.04, 12);
    expect(edges(own, T0 + SECOND, 'traces_service_graph_request_server_seconds_sum')[0].value).toBeCloseTo(0.03, 12);
  });

  it('gives up after the wait: virtual nodes where something names them, nothing otherwise', () => {
    const own = generator();
    own.push(
      [
        span('shop', { trace: 1, kind: 'server' }),
        span('shop', { trace: 2, kind: 'client', attributes: { 'peer.service': 'bank' } }),
        span('shop', { trace: 3, kind: 'client' }),
        span('shop', { trace: 4, kind: 'server', parent: 9 }),
      ],
      T0
    );
    expect(edges(own, T0 + 10 * SECOND - 1)).toEqual([]);
    const [virtual] = [{ connection_type: 'virtual_node', value: 1 }];
    expect(edges(own, T0 + 10 * SECOND)).toEqual([
      { client: 'user', server: 'shop', ...virtual },
      { client: 'shop', server: 'bank', ...virtual },
    ]);
  });

  it.each([
    [{ 'db.system': 'postgresql' }, 'postgresql'],
    [{ 'db.system': 'postgresql', 'db.name': 'orders' }, 'orders'],
    [{ 'db.name': 'orders', 'network.peer.address': '10.0.0.5', 'network.peer.port': '5432' }, '10.0.0.5:5432'],
    [{ 'db.name': 'orders', 'server.address': 'db-1', 'network.peer.address': '10.0.0.5' }, 'db-1'],
    [{ 'db.name': 'orders', 'server.address': 'db-1', 'peer.service': 'order-db' }, 'order-db'],
  ])('a client span with %j calls the database %s at once', (dbAttributes, name) => {
    const own = generator();
    own.push([span('shop', { kind: 'client', attributes: dbAttributes })], T0);
    expect(edges(own, T0)).toEqual([{ client: 'shop', server: name, connection_type: 'database', value: 1 }]);
  });

  it('drops what does not fit into the store', () => {
    const own = generator({}, { processor: { service_graphs: { max_items: 1 } } });
    own.push([span('a', { trace: 1, kind: 'server' }), span('b', { trace: 2, kind: 'server' })], T0);
    expect(edges(own, T0 + MINUTE).map(({ server: name }) => name)).toEqual(['a']);
  });
});

describe('span metrics', () => {
  it('sanitises dimensions, marks those that collide, and counts a sampled span for several', () => {
    const own = generator(
      {},
      { processor: { span_metrics: { dimensions: ['http.route', 'span.name'], span_multiplier_key: 'ratio' } } }
    );
    own.push([span('shop', { attributes: { 'http.route': '/x', 'span.name': 'mine', ratio: 0.25 } })], T0);
    const [series] = byName(own.collect(T0), CALLS);
    expect(labelsOf(series)).toMatchObject({ http_route: '/x', span_name: 'work', service: 'shop' });
    expect(series.labels).toContainEqual({ name: '__span_name', value: 'mine' });
    expect(series.samples.at(-1)?.value).toBe(4);
  });

  it('can be asked for a part', () => {
    const own = generator({ processors: ['span-metrics-count'] });
    own.push([span('shop')], T0);
    expect(own.collect(T0).timeseries.flatMap(({ labels }) => labels[1].value)).toEqual([CALLS]);
  });
});

describe('readGeneratorConfig', () => {
  it.each([
    [
      { metrics_generator: { registry: { collection_interval: 'soon' } } },
      'Metrics generator configuration, metrics_generator.registry.collection_interval: "soon" is not a duration such as 15s or 1m30s.',
    ],
    [
      { overrides: { defaults: { metrics_generator: { processors: ['local-blocks'] } } } },
      'overrides.defaults.metrics_generator.processors.0',
    ],
  ])('refuses %j', (config, message) => {
    expect(() => readGeneratorConfig(config)).toThrow(message);
  });

  it('reads durations in ms and keeps Tempo defaults', () => {
    const config = readGeneratorConfig({ metrics_generator: { processor: { service_graphs: { wait: '1m30s' } } } });
    expect(config.metrics_generator.processor.service_graphs.wait).toBe(90_000);
    expect(config.metrics_generator.registry.collection_interval).toBe(15_000);
  });
});
