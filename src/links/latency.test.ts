import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';
import { boxComparison, boxCondition, boxQuery, traceqlDuration } from './latency-box';
import { readLatencyBuckets } from './latency-buckets';

function series(labels: Record<string, string>, values: Array<number | null>): DataFrame {
  return createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [1000, 2000, 4000].slice(0, values.length) },
      { name: 'value', type: FieldType.number, values, labels },
    ],
  });
}

describe('readLatencyBuckets', () => {
  it('takes apart cumulative buckets of PromQL, whatever their order', () => {
    const frames = [series({ le: '+Inf' }, [10, 4]), series({ le: '0.1' }, [3, 4]), series({ le: '0.5' }, [7, 3.9])];
    expect(readLatencyBuckets(frames, 's')).toEqual({
      bounds: [0.1, 0.5, Infinity],
      times: [1000, 2000],
      stepMs: 1000,
      counts: [
        [3, 4, 3],
        [4, 0, 0],
      ],
    });
  });

  it('takes milliseconds for seconds', () => {
    expect(readLatencyBuckets([series({ le: '250' }, [1])], 'ms')?.bounds).toEqual([0.25]);
  });

  it("reads TraceQL's histogram as it is, and a missing sample as none", () => {
    const frames = [series({ __bucket: '0.268435456' }, [1, null, 2]), series({ __bucket: '0.134217728' }, [5, 0, 1])];
    expect(readLatencyBuckets(frames, 'ms')).toMatchObject({
      bounds: [0.134217728, 0.268435456],
      stepMs: 1000,
      counts: [
        [5, 1],
        [0, undefined],
        [1, 2],
      ],
    });
  });

  it('reads the cells of a native histogram', () => {
    const cells = createDataFrame({
      fields: [
        { name: 'xMax', type: FieldType.time, values: [1000, 1000, 2000] },
        { name: 'yMin', type: FieldType.number, values: [0.1, 0.2, 0.1] },
        { name: 'yMax', type: FieldType.number, values: [0.2, 0.4, 0.2] },
        { name: 'count', type: FieldType.number, values: [3, 1, 2] },
      ],
    });
    expect(readLatencyBuckets([cells], 's')).toMatchObject({
      bounds: [0.2, 0.4],
      counts: [
        [3, 1],
        [2, undefined],
      ],
    });
  });

  it.each<[string, DataFrame[]]>([
    ['nothing', []],
    ['other series', [series({ service: 'a' }, [1])]],
    ['broken bounds', [series({ le: 'abc' }, [1])]],
  ])('makes nothing of %s', (_, frames) => {
    expect(readLatencyBuckets(frames, 's')).toBeUndefined();
  });
});

describe('a box', () => {
  const box = { fromMs: 1000.2, toMs: 2000.1, min: 0.25, max: 1.5 };

  it.each([
    [0, '0s'],
    [3, '3s'],
    [0.25, '250ms'],
    [0.00125, '1250us'],
    [1.5, '1500ms'],
  ])('%p s is the duration %s', (seconds, text) => {
    expect(traceqlDuration(seconds)).toBe(text);
  });

  it('is a search of exactly its latencies', () => {
    expect(boxQuery({ condition: '.a = 1' }, box)).toBe('{ .a = 1 && duration > 250ms && duration <= 1500ms }');
    expect(boxCondition({ ...box, min: 0 })).toBe('duration <= 1500ms');
    expect(boxQuery({ condition: '' }, { ...box, min: 0, max: Infinity })).toBe('{ }');
  });

  it('is compared with the rest within its time', () => {
    expect(boxComparison({ condition: '.a = 1' }, box)).toEqual({
      query: '{ .a = 1 }',
      selection: '{ duration > 250ms && duration <= 1500ms }',
      selectionFrom: 1000,
      selectionTo: 2001,
    });
    expect(boxComparison({ condition: '' }, { ...box, min: 0, max: Infinity }).selection).toBe('{ duration >= 0s }');
  });
});
