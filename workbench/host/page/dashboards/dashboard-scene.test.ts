/** @jest-environment jsdom */
import {
  type DataSourceVariable,
  type QueryVariable,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  VizPanel,
} from '@grafana/scenes';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDashboard } from './dashboard-json';
import { toScene } from './dashboard-scene';

const target = { refId: 'A', datasource: { type: 'prometheus', uid: '${metrics}' }, expr: 'up', instant: true };
const panel = (id: number, more = {}) => ({
  id,
  type: 'timeseries',
  title: `Panel ${id}`,
  gridPos: { x: 6, y: 1, w: 12, h: 8 },
  targets: [target],
  options: { legend: { showLegend: false } },
  fieldConfig: { defaults: { unit: 's', custom: { lineWidth: 2 } }, overrides: [] },
  ...more,
});

function sceneOf(dashboard: Record<string, unknown>) {
  const scene = toScene(parseDashboard({ uid: 'u', title: 'T', ...dashboard }));
  const { body } = scene.state;
  return { scene, children: body instanceof SceneGridLayout ? body.state.children : [] };
}

function vizOf(item: unknown): VizPanel {
  const body = item instanceof SceneGridItem ? item.state.body : undefined;
  if (!(body instanceof VizPanel)) {
    throw new Error('no panel');
  }
  return body;
}

it('places panels with their plugin, options, fields and queries', () => {
  const { children } = sceneOf({ panels: [panel(1)] });
  expect(children[0].state).toMatchObject({ x: 6, y: 1, width: 12, height: 8 });
  const viz = vizOf(children[0]);
  expect(viz.state).toMatchObject({
    pluginId: 'timeseries',
    title: 'Panel 1',
    options: { legend: { showLegend: false } },
    fieldConfig: { defaults: { unit: 's', custom: { lineWidth: 2 } } },
  });
  expect(viz.state.$data).toBeInstanceOf(SceneQueryRunner);
  expect(viz.state.$data?.state).toMatchObject({ datasource: { uid: '${metrics}' }, queries: [target] });
});

it('runs the transformations after the queries, and no queries for a text', () => {
  const { children } = sceneOf({
    panels: [
      panel(1, { transformations: [{ id: 'organize', options: { a: 1 } }] }),
      panel(2, { type: 'text', targets: [] }),
    ],
  });
  expect(vizOf(children[0]).state.$data).toBeInstanceOf(SceneDataTransformer);
  expect(vizOf(children[1]).state.$data).toBeUndefined();
});

it('gives rows their panels, open or collapsed', () => {
  const { children } = sceneOf({
    panels: [
      panel(1),
      { id: 2, type: 'row', title: 'Open', collapsed: false, gridPos: { x: 0, y: 8, w: 24, h: 1 } },
      panel(3),
      {
        id: 4,
        type: 'row',
        title: 'Closed',
        collapsed: true,
        gridPos: { x: 0, y: 20, w: 24, h: 1 },
        panels: [panel(5)],
      },
    ],
  });
  expect(
    children.map((child) =>
      child instanceof SceneGridRow
        ? [child.state.title, child.state.isCollapsed, child.state.children.length]
        : 'panel'
    )
  ).toEqual(['panel', ['Open', false, 1], ['Closed', true, 1]]);
});

it('makes every kind of variable and leaves out what it does not know', () => {
  const variables = sceneOf({
    time: { from: 'now-3h', to: 'now-1h' },
    templating: {
      list: [
        { name: 'metrics', type: 'datasource', query: 'prometheus', current: {} },
        {
          name: 'service',
          type: 'query',
          datasource: { uid: '${metrics}' },
          query: { query: 'label_values(service)' },
          multi: true,
          includeAll: true,
          allValue: '.*',
          refresh: 2,
          sort: 1,
          current: { text: ['All'], value: ['$__all'] },
        },
        { name: 'env', type: 'custom', query: 'live, test', current: { text: 'test', value: 'test' } },
        { name: 'step', type: 'interval', query: '1m,5m', current: { value: '5m', text: '5m' } },
        { name: 'note', type: 'textbox', query: 'hello' },
        { name: 'later', type: 'something-new' },
      ],
    },
  }).scene.state.$variables?.state.variables;
  expect(variables?.map(({ state }) => [state.name, state.type])).toEqual([
    ['metrics', 'datasource'],
    ['service', 'query'],
    ['env', 'custom'],
    ['step', 'interval'],
    ['note', 'textbox'],
  ]);
  const [metrics, service, env, step, note] = variables ?? [];
  expect((metrics as DataSourceVariable).state.pluginId).toBe('prometheus');
  expect((service as QueryVariable).state).toMatchObject({
    isMulti: true,
    includeAll: true,
    allValue: '.*',
    refresh: 2,
    sort: 1,
    value: ['$__all'],
  });
  expect([env.getValue?.(), step.getValue?.(), note.getValue?.()]).toEqual(['test', '5m', 'hello']);
});

it('starts with the dashboard’s time range', () => {
  const { scene } = sceneOf({ time: { from: 'now-3h', to: 'now-1h' } });
  expect(scene.state.$timeRange?.state).toMatchObject({ from: 'now-3h', to: 'now-1h' });
});

it('says where a dashboard is not as Grafana writes it', () => {
  expect(() => parseDashboard({ uid: 'u', title: 'T', panels: [{ title: 'no type' }] })).toThrow(/panels\.0\.type/);
  expect(() => parseDashboard('nothing')).toThrow('The dashboard cannot be read');
});

it('shows every panel of the dashboard that the project brings', () => {
  const file = path.resolve(__dirname, '../../../../provisioning/dashboards/overview.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  const scene = toScene(parseDashboard(json));
  const { body } = scene.state;
  expect(body instanceof SceneGridLayout && body.state.children.length).toBe(json.panels.length);
});
