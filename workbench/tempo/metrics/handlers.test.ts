import { type KeyValue, type Span } from '../../../src/trace/model';
import { TraceStore } from '../store';

import { handleMetricsInstant, handleMetricsRange } from './handlers';

const T0_MS = Date.UTC(2026, 10, 21, 10);
const NANOS_PER_MS = BigInt(1_000_000);
const RESOURCE = { attributes: [{ key: 'service.name', value: { type: 'string' as const, value: 'shop' } }] };
const SCOPE = { name: '', version: '', attributes: [] };

function span(id: number, atMs: number, attributes: KeyValue[] = [], events: string[] = []): Span {
  const start = BigInt(T0_MS + atMs) * NANOS_PER_MS;
  return {
    traceId: id.toString(16).padStart(32, '0'),
    spanId: id.toString(16).padStart(16, '0'),
    parentSpanId: '',
    traceState: '',
    name: 'work',
    kind: 'server',
    startTimeUnixNano: start,
    endTimeUnixNano: start + BigInt(id) * NANOS_PER_MS,
    attributes,
    events: events.map((name) => ({ timeUnixNano: start, name, attributes: [] })),
    links: [],
    status: { code: 'unset', message: '' },
    resource: RESOURCE,
    scope: SCOPE,
  };
}

const size = (value: number): KeyValue[] => [{ key: 'size', value: { type: 'int', value } }];
const store = new TraceStore();
store.add([
  span(1, 1000, size(10), ['first', 'last']),
  span(2, 2000),
  span(3, 10_000, size(5)),
  span(4, 10_001, [{ key: 'size', value: { type: 'string', value: 'large' } }]),
]);

function range(q: string, more: Record<string, string> = {}) {
  const window = { start: String(T0_MS / 1000), end: String(T0_MS / 1000 + 20), step: '10s' };
  const { status, body } = handleMetricsRange(new URLSearchParams({ q, ...window, ...more }), store, T0_MS + 3_600_000);
  return status === 200 ? JSON.parse(body) : body;
}

/** Label values and samples; a sample without a value is 0. */
function table(q: string): unknown[] {
  return range(q).series.map(
    (series: { labels: Array<{ value: object }>; samples: Array<{ timestampMs: string; value?: number }> }) => [
      ...series.labels.map(({ value }) => Object.values(value)[0]),
      ...series.samples.map(({ timestampMs, value = 0 }) => `${(Number(timestampMs) - T0_MS) / 1000}s ${value}`),
    ]
  );
}

it.each([
  ['{} | count_over_time()', [['count_over_time', '0s 0', '10s 3', '20s 1']]],
  ['{} | rate()', [['rate', '0s 0', '10s 0.30000000000000004', '20s 0.1']]],
  ['{} | max_over_time(duration)', [['max_over_time', '10s 0.003', '20s 0.004']]],
  // Spans without a number are passed over; Tempo itself loses the sum of an interval by one of them.
  ['{} | sum_over_time(span.size)', [['sum_over_time', '10s 15']]],
  ['{} | avg_over_time(span.size)', [['avg_over_time', '10s 7.5']]],
  [
    '{} | count_over_time() by (event:name)',
    [
      ['', '0s 0', '10s 2', '20s 1'],
      ['first', '0s 0', '10s 1', '20s 0'],
    ],
  ],
  [
    '{} | count_over_time() by (span.size)',
    [
      ['10', '0s 0', '10s 1', '20s 0'],
      ['5', '0s 0', '10s 1', '20s 0'],
      ['large', '0s 0', '10s 0', '20s 1'],
      ['nil', '0s 0', '10s 1', '20s 0'],
    ],
  ],
  [
    '{} | histogram_over_time(span.size)',
    [
      [16, '0s 0', '10s 1', '20s 0'],
      [8, '0s 0', '10s 1', '20s 0'],
    ],
  ],
  ['{ name = "none" } | avg_over_time(duration)', []],
])('%s', (query, expected) => {
  expect(table(query)).toEqual(expected);
});

it('names labels in Tempo’s own spelling', () => {
  const [series] = range('{} | count_over_time() by (span:name, trace:rootService)').series;
  expect(series.labels.map(({ key }: { key: string }) => key)).toEqual(['name', 'rootServiceName']);
});

it('draws one exemplar for each trace, with the value of its sample', () => {
  const [{ exemplars }] = range('{} | count_over_time()').series;
  expect(exemplars).toHaveLength(4);
  expect(exemplars[0]).toEqual({
    labels: [{ key: 'trace:id', value: { stringValue: '1' } }],
    value: 3,
    timestampMs: String(T0_MS + 1000),
  });
  expect(range('{} | count_over_time() with(exemplars=false)').series[0].exemplars).toBeUndefined();
});

it('says that there are more series than asked for', () => {
  const answer = range('{} | rate() by (span.size)', { maxSeries: '2' });
  expect(answer.series).toHaveLength(2);
  expect(answer.status).toBe('PARTIAL');
  expect(answer.message).toContain('maximum series limit of 2');
});

it('an instant query covers the window as asked', () => {
  const params = new URLSearchParams({ q: '{} | rate()', start: String(T0_MS / 1000), end: String(T0_MS / 1000 + 5) });
  expect(JSON.parse(handleMetricsInstant(params, store, T0_MS + 60_000).body).series[0].value).toBe(0.4);
});
