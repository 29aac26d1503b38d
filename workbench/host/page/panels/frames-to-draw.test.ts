import { createDataFrame, DataFrameType, type Field, FieldType } from '@grafana/data';
import { exemplarPoints, isExemplarFrame } from './exemplar-points';
import { graphableFrames } from './graphable-frames';
import { bucketOfValue, readHeatmap } from './heatmap-cells';

const time = { name: 'Time', type: FieldType.time, values: [1000, 2000] };

describe('graphs', () => {
  it('leave out frames that cannot be drawn, and fields that are no numbers', () => {
    const good = createDataFrame({
      fields: [time, { name: 'v', values: [1, 2] }, { name: 's', type: FieldType.string, values: ['a', 'b'] }],
    });
    const empty = createDataFrame({
      fields: [
        { ...time, values: [] },
        { name: 'v', type: FieldType.number, values: [] },
      ],
    });
    const timeless = createDataFrame({ fields: [{ name: 'v', values: [1] }] });
    expect(graphableFrames([good, empty, timeless]).map(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ['Time', 'v'],
    ]);
    expect(graphableFrames([])).toEqual([]);
  });
});

describe('exemplars', () => {
  const links: Field['getLinks'] = ({ valueRowIndex }) => [
    { title: `row ${valueRowIndex}`, href: '/x', target: '_self', origin: undefined as never },
  ];
  const frame = createDataFrame({
    name: 'exemplar',
    fields: [
      time,
      { name: 'Value', type: FieldType.number, values: [1.5, NaN] },
      { name: 'traceID', type: FieldType.string, values: ['abc', 'def'] },
      { name: 'empty', type: FieldType.string, values: ['', ''] },
    ],
  });
  frame.fields[2].getLinks = links;

  it('are told with every label that has a value and its links', () => {
    expect(isExemplarFrame(frame)).toBe(true);
    expect(exemplarPoints(frame)).toEqual([
      {
        time: 1000,
        value: 1.5,
        labels: [{ name: 'traceID', value: 'abc', links: [expect.objectContaining({ title: 'row 0' })] }],
      },
    ]);
  });

  it('are none in a frame without numbers', () => {
    expect(exemplarPoints(createDataFrame({ fields: [time] }))).toEqual([]);
  });
});

describe('heatmaps', () => {
  it('are read from one field for each bucket', () => {
    const rows = createDataFrame({
      fields: [
        { ...time, config: { interval: 1000 } },
        { name: '0.1', type: FieldType.number, labels: { le: '0.1' }, values: [0, 3] },
        { name: '+Inf', type: FieldType.number, labels: { le: '+Inf' }, values: [5, 0] },
      ],
    });
    expect(readHeatmap([rows])).toEqual({
      buckets: ['0.1', '+Inf'],
      cells: [
        { time: 2000, bucket: 0, count: 3 },
        { time: 1000, bucket: 1, count: 5 },
      ],
      times: [1000, 2000],
      stepMs: 1000,
      maxCount: 5,
    });
  });

  it('are read from cells of native histograms', () => {
    const cells = createDataFrame({
      meta: { type: DataFrameType.HeatmapCells },
      fields: [
        { name: 'xMax', type: FieldType.time, values: [1000, 1000, 3000] },
        { name: 'yMin', type: FieldType.number, values: [1, 2, 1] },
        { name: 'yMax', type: FieldType.number, values: [2, 4, 2] },
        { name: 'count', type: FieldType.number, values: [7, 8, 9] },
      ],
    });
    expect(readHeatmap([cells])).toMatchObject({
      buckets: ['2.00', '4.00'],
      cells: [
        { time: 1000, bucket: 0, count: 7 },
        { time: 1000, bucket: 1, count: 8 },
        { time: 3000, bucket: 0, count: 9 },
      ],
      stepMs: 2000,
    });
  });

  it('are none without data', () => {
    expect(readHeatmap([])).toBeUndefined();
    expect(readHeatmap([createDataFrame({ fields: [] })])).toBeUndefined();
  });

  test.each([
    [0.05, 0],
    [0.1, 0],
    [0.5, 1],
    [99, 2],
  ])('the value %d lies in bucket %i', (value, bucket) => {
    expect(bucketOfValue(['0.1', '1', '+Inf'], value)).toBe(bucket);
  });
});
