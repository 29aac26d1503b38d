/** What the plugin puts together from slices of a range is what one request for the range answers. */
import { createTempoClient } from '../../src/tempo/client';
import { fetchHttpGet } from '../../src/tempo/fetch-http-get';
import { browserPlatform } from '../../src/tempo/slices/browser-platform';
import { defaultStep, metricsInSlices } from '../../src/tempo/slices/metrics-in-slices';
import { searchInSlices, type SliceOptions } from '../../src/tempo/slices/search-in-slices';
import { type MetricsSeries, type TraceSearchResult } from '../../src/tempo/types';
import { type InMemoryTempo, startInMemoryTempo } from './server';
import { spansOf, TEST_START_NANOS } from './testing/spans';

const HOUR = 3600;
const END = 1_795_305_600;
const START = END - 12 * HOUR;
const TRACES = 400;

let tempo: InMemoryTempo;

beforeAll(async () => {
  tempo = await startInMemoryTempo({ apiPort: 0, otlpPort: 0, generator: null, clock: () => END * 1000 });
  for (let i = 0; i < TRACES; i++) {
    // The last service is new: it appears in the last quarter only.
    const service = i > TRACES * 0.75 && i % 3 === 0 ? 'new-service' : `service-${i % 3}`;
    const startSeconds = START + (i * 12 * HOUR) / TRACES;
    tempo.store.add(spansOf([trace(i, startSeconds, service)]));
  }
});

afterAll(() => tempo.close());

function trace(index: number, startSeconds: number, service: string) {
  return {
    id: (index + 1).toString(16),
    trace: (index + 1).toString(16),
    at: Math.round(startSeconds * 1000) - Number(TEST_START_NANOS / BigInt(1_000_000)),
    // Every 50th takes an hour and lies in several slices.
    for: index % 50 === 0 ? HOUR * 1000 : 20 + ((index * 37) % 900),
    status: index % 7 === 0 ? ('error' as const) : ('unset' as const),
    service,
  };
}

function client() {
  return createTempoClient({ get: fetchHttpGet(tempo.apiUrl) });
}

function options(): SliceOptions {
  return {
    progressive: true,
    parallel: 3,
    limits: {},
    platform: browserPlatform,
    signal: new AbortController().signal,
  };
}

it.each([
  '{}',
  '{ status = error }',
  '{ resource.service.name = "new-service" && duration > 100ms }',
  '{} | by(resource.service.name)',
  '{} | count() > 0',
])('search %s', async (query) => {
  const request = { query, start: START, end: END, limit: 1000 };
  const whole = await client().search(request);
  const { response, progress } = await searchInSlices(client().search, request, options());
  expect(progress.requests).toBeGreaterThan(3);
  expect(byId(response.traces)).toEqual(byId(whole.traces));
  expect(whole.traces.length).toBeGreaterThan(10);
});

it.each<[string, boolean]>([
  ['{} | rate()', true],
  ['{} | rate() by (resource.service.name)', true],
  ['{ status = error } | count_over_time() by (resource.service.name)', true],
  ['{ resource.service.name = "new-service" } | rate() by (status)', true],
  ['{} | quantile_over_time(duration, .5, .99) by (resource.service.name)', true],
  ['{} | histogram_over_time(duration)', true],
  ['{} | avg_over_time(duration) by (resource.service.name)', false],
  ['{} | max_over_time(duration)', false],
  ['{} | rate() by (resource.service.name) > 0.001', false],
  ['({ status = error } | count_over_time()) / ({} | count_over_time())', false],
])('metrics %s', async (query, fillWithZero) => {
  for (const { start, end, step } of [
    { start: START, end: END, step: defaultStep(12 * HOUR) },
    { start: START + 1234.567, end: END - 77.7, step: 60 },
    { start: START + 17, end: END, step: 420 },
  ]) {
    const request = { query, start, end, step };
    const whole = await client().metricsRange({ ...request, exemplars: 1 });
    const { response, progress } = await metricsInSlices(
      client().metricsRange,
      { ...request, exemplars: 1, fillWithZero },
      options()
    );
    expect(progress.requests).toBeGreaterThan(2);
    expect(byLabels(response.series)).toEqual(byLabels(whole.series));
    expect(whole.series.length).toBeGreaterThan(0);
  }
});

it('metrics with topk: which of the series at 0 fill up the top is of no matter', async () => {
  const request = { query: '{} | rate() by (resource.service.name) | topk(2)', start: START, end: END, step: 420 };
  const whole = await client().metricsRange(request);
  const { response } = await metricsInSlices(client().metricsRange, { ...request, fillWithZero: false }, options());
  expect(byLabels(aboveZero(response.series))).toEqual(byLabels(aboveZero(whole.series)));
});

it('takes the step that Tempo takes', async () => {
  for (const seconds of [30, 90, 900, HOUR, 6 * HOUR, 24 * HOUR]) {
    const { series } = await client().metricsRange({ query: '{} | rate()', start: END - seconds, end: END });
    const [first, second] = series[0].samples;
    expect([seconds, (second.timestampMs - first.timestampMs) / 1000]).toEqual([seconds, defaultStep(seconds)]);
  }
});

function byId(traces: TraceSearchResult[]) {
  return [...traces].sort((a, b) => (a.traceId < b.traceId ? -1 : 1));
}

function aboveZero(series: MetricsSeries[]) {
  return series.map((one) => ({ ...one, samples: one.samples.filter(({ value }) => value > 0) }));
}

function byLabels(series: MetricsSeries[]) {
  return series
    .map(({ labels, samples }) => [labels.map(({ key, value }) => [key, 'value' in value && value.value]), samples])
    .sort((a, b) => (JSON.stringify(a[0]) < JSON.stringify(b[0]) ? -1 : 1));
}
