import { readFileSync } from 'fs';
import { join } from 'path';
import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';
import { type ExemplarPoint, exemplarPoints, exemplarPointsOfSpans, samplePoints } from './exemplar-points';

const ID = '0123456789abcdef0123456789abcdef';

function frame(columns: Record<string, unknown[]>): DataFrame {
  const type = (name: string) =>
    name === 'Time' ? FieldType.time : name === 'Value' ? FieldType.number : FieldType.string;
  return createDataFrame({
    name: 'exemplar',
    fields: Object.entries(columns).map(([name, values]) => ({ name, type: type(name), values })),
  });
}

describe('exemplarPoints', () => {
  it.each<[string, Record<string, unknown[]>, Partial<ExemplarPoint>]>([
    ["the generator's label, zeros cut", { traceID: ['abc'] }, { traceId: 'abc'.padStart(32, '0') }],
    ["an SDK's labels", { trace_id: [ID], span_id: ['ab'] }, { traceId: ID, spanId: 'ab'.padStart(16, '0') }],
    [
      'TraceQL metrics',
      { traceId: [ID], status: ['"error"'], name: ['"GET /"'] },
      { isError: true, operation: 'GET /' },
    ],
    ['a failed request', { traceID: [ID], status_code: ['STATUS_CODE_ERROR'] }, { isError: true }],
    [
      'one that did not fail',
      { traceID: [ID], status_code: ['STATUS_CODE_UNSET'], span_name: ['a'] },
      { isError: false, operation: 'a' },
    ],
  ])('reads %s', (_, labels, expected) => {
    const { points, unusable } = exemplarPoints([frame({ Time: [5], Value: [0.25], ...labels })], 's');
    expect(points).toEqual([expect.objectContaining({ timeMs: 5, latency: 0.25, ...expected })]);
    expect(unusable).toBe(0);
  });

  it('counts what is of no use instead of drawing it', () => {
    const garbage = frame({
      Time: [1, 2, 3, Number.NaN, 5],
      Value: [1, 1, Number.NaN, 1, 1],
      traceID: ['hello', '', ID, ID, '0'.repeat(32)],
    });
    expect(exemplarPoints([garbage], 's')).toEqual({ points: [], unusable: 5 });
  });

  it('turns milliseconds into seconds, orders by time, and draws a request once', () => {
    const one = frame({ Time: [9, 3], Value: [20, 40], traceID: [ID, 'b'] });
    const { points } = exemplarPoints([one, one, createDataFrame({ fields: [] })], 'ms');
    expect(points.map(({ timeMs, latency }) => [timeMs, latency])).toEqual([
      [3, 0.04],
      [9, 0.02],
    ]);
  });

  it('reads every exemplar that a real generator wrote', () => {
    const file = join(
      __dirname,
      '../../tests/contract/generator/default/traces_spanmetrics_latency_bucket.exemplars.json'
    );
    const { response } = JSON.parse(readFileSync(file, 'utf8')) as RecordedExemplars;
    const rows = response.data.flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map(({ labels, value, timestamp }) => ({ labels: { ...seriesLabels, ...labels }, value, timestamp }))
    );
    const names = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))].sort();
    const recorded = frame({
      Time: rows.map(({ timestamp }) => timestamp * 1000),
      Value: rows.map(({ value }) => Number(value)),
      ...Object.fromEntries(names.map((name) => [name, rows.map(({ labels }) => labels[name] ?? '')])),
    });
    const { points, unusable } = exemplarPoints([recorded], 's');
    expect(rows.length).toBeGreaterThan(50);
    // A span of no duration has no place on a logarithmic axis.
    expect(unusable).toBe(rows.filter(({ value }) => Number(value) <= 0).length);
    expect(new Set(points.map(({ traceId }) => traceId)).size).toBe(
      new Set(rows.filter(({ value }) => Number(value) > 0).map(({ labels }) => labels.traceID.padStart(32, '0'))).size
    );
    expect(points.every(({ isError }) => isError !== undefined)).toBe(true);
  });
});

interface RecordedExemplars {
  response: {
    data: Array<{
      seriesLabels: Record<string, string>;
      exemplars: Array<{ labels: Record<string, string>; value: string; timestamp: number }>;
    }>;
  };
}

it('makes points of the spans that a search found, each once', () => {
  const spans = createDataFrame({
    fields: [
      { name: 'traceIdHidden', type: FieldType.string, values: ['a', 'a', 'zz', 'b'] },
      { name: 'spanID', type: FieldType.string, values: ['1', '1', '2', '3'] },
      { name: 'time', type: FieldType.time, values: [10, 10, 20, 5] },
      { name: 'status', type: FieldType.string, values: ['error', 'error', 'ok', 'unset'] },
      { name: 'duration', type: FieldType.number, values: [2e9, 2e9, 1e9, 5e6] },
    ],
  });
  expect(exemplarPointsOfSpans([spans])).toEqual([
    { timeMs: 5, latency: 0.005, traceId: 'b'.padStart(32, '0'), spanId: '3'.padStart(16, '0'), isError: false },
    { timeMs: 10, latency: 2, traceId: 'a'.padStart(32, '0'), spanId: '1'.padStart(16, '0'), isError: true },
  ]);
});

describe('samplePoints', () => {
  const point = (timeMs: number, latency: number, isError = false) => ({
    timeMs,
    latency,
    traceId: `${timeMs}`,
    isError,
  });
  const points = [point(1, 0.1), point(2, 0.11), point(3, 5), point(4, 0.1, true), point(101, 0.2), point(102, 0.1)];
  const options = { stepMs: 100, slowest: 2 };
  const times = (sampled: ExemplarPoint[]) => sampled.map(({ timeMs }) => timeMs);

  it('keeps the slowest of each step, what is far apart, and all failures', () => {
    expect(times(samplePoints(points, 'spread', options))).toEqual([2, 3, 4, 101]);
  });

  it('keeps the slowest of all, in order of time', () => {
    expect(times(samplePoints(points, 'slowest', options))).toEqual([3, 101]);
  });

  it('keeps all', () => {
    expect(samplePoints(points, 'all', options)).toEqual(points);
  });

  it('draws few of thousands', () => {
    const many = Array.from({ length: 5000 }, (_, index) => point(index, 0.1 + (index % 7) * 0.001));
    expect(samplePoints(many, 'spread', options).length).toBeLessThan(200);
  });
});
