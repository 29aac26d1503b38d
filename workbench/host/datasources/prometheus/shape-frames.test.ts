import { DataFrameType } from '@grafana/data';
import { toFrames } from './frames';
import { shapeFrames } from './shape-frames';

const input = { refId: 'A', expr: 'x', stepMs: 15_000 };
const vector = toFrames(
  {
    resultType: 'vector',
    result: [
      { metric: { client: 'a', server: 'b' }, value: [10, '1'] },
      { metric: { client: 'b', le: '0.5' }, value: [10, '2'] },
    ],
  },
  input
);
const buckets = toFrames(
  {
    resultType: 'matrix',
    result: [
      {
        metric: { le: '+Inf' },
        values: [
          [10, '9'],
          [25, '8'],
        ],
        histograms: [],
      },
      { metric: { le: '0.1' }, values: [[10, '1']], histograms: [] },
      {
        metric: { le: '2' },
        values: [
          [10, '4'],
          [25, '5'],
        ],
        histograms: [],
      },
    ],
  },
  input
);

it('puts the series of a table query into one table', () => {
  const [table, ...others] = shapeFrames(vector, 'table', false, 'Value');
  expect(others).toEqual([]);
  expect(table.meta?.preferredVisualisationType).toBe('table');
  expect(table.fields.map(({ name, type, values }) => [name, type, values])).toEqual([
    ['Time', 'time', [10_000, 10_000]],
    ['client', 'string', ['a', 'b']],
    ['server', 'string', ['b', '']],
    ['le', 'number', [NaN, 0.5]],
    ['Value', 'number', [1, 2]],
  ]);
});

it('shows instant results as a table in Explore only', () => {
  expect(shapeFrames(vector, 'time_series', true, 'Value')).toHaveLength(1);
  expect(shapeFrames(vector, 'time_series', false, 'Value')).toHaveLength(2);
});

it('names the value by the query when there are several', () => {
  expect(shapeFrames(vector, 'table', false, 'Value #B')[0].fields.at(-1)?.name).toBe('Value #B');
});

it('puts buckets into one heatmap, in order and each without those below', () => {
  const [heatmap] = shapeFrames(buckets, 'heatmap', false, 'Value');
  expect(heatmap.meta?.type).toBe(DataFrameType.HeatmapRows);
  expect(heatmap.fields.map(({ name, values }) => [name, values])).toEqual([
    ['Time', [10_000, 25_000]],
    ['0.1', [1, 0]],
    ['2', [3, 5]],
    ['+Inf', [5, 3]],
  ]);
});

it('leaves everything else a graph, and nothing nothing', () => {
  expect(shapeFrames(buckets, undefined, true, 'Value').map(({ meta }) => meta?.preferredVisualisationType)).toEqual([
    'graph',
    'graph',
    'graph',
  ]);
  expect(shapeFrames([], 'table', false, 'Value')).toEqual([]);
  expect(shapeFrames([], 'heatmap', false, 'Value')).toEqual([]);
});
