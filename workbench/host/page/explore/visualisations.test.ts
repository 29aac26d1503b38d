import { type DataFrame, FieldType, type PreferredVisualisationType } from '@grafana/data';
import { visualisations } from './visualisations';

function frame(types: FieldType[], preferredVisualisationType?: PreferredVisualisationType): DataFrame {
  const fields = types.map((type, index) => ({ name: String(index), type, config: {}, values: [1] }));
  return { fields, length: 1, meta: preferredVisualisationType && { preferredVisualisationType } };
}
const { time, number, string } = FieldType;

test.each([
  ['a trace', frame([string], 'trace'), 'traceatlas-trace-panel'],
  ['a node graph', frame([string], 'nodeGraph'), 'traceatlas-servicemap-panel'],
  ['a table', frame([string], 'table'), 'table'],
  ['Prometheus’ instant result', frame([time, number], 'rawPrometheus'), 'table'],
  ['logs', frame([time, string], 'logs'), 'logs'],
  ['a graph', frame([time, number], 'graph'), 'timeseries'],
  ['numbers over time that say nothing', frame([time, number, number]), 'timeseries'],
  ['anything else that says nothing', frame([time, string, number]), 'table'],
])('%s is drawn by its panel', (_what, data, pluginId) => {
  expect(visualisations({ series: [data] }).map((panel) => panel.pluginId)).toEqual([pluginId]);
});

it('keeps the graph of a trace closed and others open', () => {
  const graph = frame([string], 'nodeGraph');
  expect(visualisations({ series: [graph] })[0].isCollapsed).toBe(false);
  expect(visualisations({ series: [graph, frame([string], 'trace')] }).map((panel) => panel.isCollapsed)).toEqual([
    true,
    false,
  ]);
});

it('gives frames of one kind one panel and draws nothing of empty answers', () => {
  const [nodes, edges, empty] = [frame([string], 'nodeGraph'), frame([string], 'nodeGraph'), frame([], 'table')];
  const panels = visualisations({ series: [nodes, edges, empty] });
  expect(panels.map(({ frames }) => frames)).toEqual([[nodes, edges]]);
});
