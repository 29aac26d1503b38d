import {
  EmbeddedScene,
  SceneControlsSpacer,
  SceneDataTransformer,
  SceneGridItem,
  type SceneGridItemLike,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  VariableValueSelectors,
  VizPanel,
} from '@grafana/scenes';
import { type DashboardJson, type LeafPanelJson, type PanelJson } from './dashboard-json';
import { toVariableSet } from './variables';

const REFRESH_INTERVALS = ['5s', '10s', '30s', '1m', '5m', '15m', '30m', '1h'];

/** A dashboard as a scene, with the meaning that Grafana gives to each part of the file. */
export function toScene(dashboard: DashboardJson): EmbeddedScene {
  const { time, timezone, refresh, templating, panels } = dashboard;
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: time.from, to: time.to, timeZone: timezone || undefined }),
    $variables: toVariableSet(templating.list),
    controls: [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
      new SceneRefreshPicker({
        refresh: typeof refresh === 'string' ? refresh : '',
        intervals: REFRESH_INTERVALS,
        isOnCanvas: true,
      }),
    ],
    body: new SceneGridLayout({ children: toGrid(panels), isDraggable: false, isResizable: false }),
  });
}

/** Panels after an open row belong to it until the next row, as in the file's own order of places. */
function toGrid(panels: PanelJson[]): SceneGridItemLike[] {
  const items: SceneGridItemLike[] = [];
  let openRow: SceneGridRow | undefined;
  for (const panel of panels) {
    if (panel.type === 'row') {
      const row = toRow(panel);
      items.push(row);
      openRow = panel.collapsed ? undefined : row;
    } else if (openRow) {
      openRow.setState({ children: [...openRow.state.children, toGridItem(panel)] });
    } else {
      items.push(toGridItem(panel));
    }
  }
  return items;
}

function toRow({ id, title, gridPos, collapsed, panels }: PanelJson): SceneGridRow {
  return new SceneGridRow({
    key: `row-${id}`,
    title,
    isCollapsed: collapsed,
    isCollapsible: true,
    y: gridPos.y,
    children: panels.map(toGridItem),
  });
}

function toGridItem(panel: LeafPanelJson): SceneGridItem {
  const { x, y, w, h } = panel.gridPos;
  return new SceneGridItem({ key: `grid-item-${panel.id}`, x, y, width: w, height: h, body: toVizPanel(panel) });
}

function toVizPanel(panel: LeafPanelJson): VizPanel {
  const { id, type, title, description, options, transparent } = panel;
  return new VizPanel({
    key: `panel-${id}`,
    pluginId: type,
    title,
    description,
    options,
    fieldConfig: {
      defaults: panel.fieldConfig.defaults,
      overrides: panel.fieldConfig.overrides.map(({ matcher, properties }) => ({ matcher, properties })),
    },
    displayMode: transparent ? 'transparent' : 'default',
    ...(panel.targets.length > 0 && { $data: toData(panel) }),
  });
}

function toData(panel: LeafPanelJson): SceneQueryRunner | SceneDataTransformer {
  const runner = new SceneQueryRunner({
    datasource: panel.datasource ?? panel.targets.find(({ datasource }) => datasource)?.datasource ?? undefined,
    queries: panel.targets,
    maxDataPoints: panel.maxDataPoints ?? undefined,
    minInterval: panel.interval ?? undefined,
    maxDataPointsFromWidth: panel.maxDataPoints == null,
  });
  return panel.transformations.length === 0
    ? runner
    : new SceneDataTransformer({
        $data: runner,
        transformations: panel.transformations.map(({ id, options }) => ({ id, options })),
      });
}
