import { createDataFrame, FieldType } from '@grafana/data';
import { runSteps } from '../../../trace/steps';
import { answerSize, latencyData } from './latency-data';
import { namespacesOfFrames } from './service-facts';

const ID = 'abc'.padStart(32, '0');
const time = { name: 'Time', type: FieldType.time, values: [1000, 2000] };
const exemplars = createDataFrame({
  name: 'exemplar',
  fields: [
    time,
    { name: 'Value', type: FieldType.number, values: [0.3, 0.4] },
    { name: 'traceID', type: FieldType.string, values: ['abc', 'no id'] },
  ],
});

it('reads a native histogram with its exemplars and percentiles', () => {
  const cells = createDataFrame({
    refId: 'buckets',
    meta: { type: 'heatmap-cells' as never },
    fields: [
      { name: 'xMax', type: FieldType.time, values: [1000, 2000] },
      { name: 'yMin', type: FieldType.number, values: [0.25, 0.25] },
      { name: 'yMax', type: FieldType.number, values: [0.5, 0.5] },
      { name: 'count', type: FieldType.number, values: [4, 2] },
    ],
  });
  const p95 = createDataFrame({
    refId: 'p95',
    fields: [time, { name: 'p95', type: FieldType.number, values: [0.45, NaN] }],
  });
  const answer = { series: [cells, p95], annotations: [exemplars], unit: 's' as const };
  expect(answerSize(answer)).toBe(6);
  const { buckets, lines, points, unusable } = runSteps(latencyData(answer));
  expect(buckets).toMatchObject({ bounds: [0.5], counts: [[4], [2]] });
  expect(lines).toEqual([{ name: 'p95', times: [1000, 2000], values: [0.45, null] }]);
  expect(points).toEqual([{ timeMs: 1000, latency: 0.3, traceId: ID }]);
  expect(unusable).toBe(1);
});

it('has nothing of no answer', () => {
  expect(runSteps(latencyData({ series: [], unit: 's' }))).toEqual({ lines: [], points: [], unusable: 0 });
});

it('names the namespaces of a TraceQL answer, each once', () => {
  const frame = (namespace?: string) =>
    createDataFrame({
      fields: [
        {
          name: 'value',
          type: FieldType.number,
          values: [1],
          ...(namespace === undefined ? {} : { labels: { 'resource.service.namespace': namespace } }),
        },
      ],
    });
  expect(namespacesOfFrames([frame('"shop"'), frame('"billing"'), frame('"shop"'), frame('nil'), frame()])).toEqual([
    'billing',
    'shop',
  ]);
});
