import { t } from '@grafana/i18n';
import {
  EmbeddedScene,
  SceneCSSGridItem,
  SceneCSSGridLayout,
  sceneGraph,
  type SceneObject,
  SceneTimeRange,
  TextBoxVariable,
} from '@grafana/scenes';
import { VariableHide } from '@grafana/schema';
import { VARIABLES } from '../../../constants';
import { pageControls } from '../../controls';
import { dataSourceVariables } from '../../variables';
import { MetricsLoader, type SpanMetrics } from './metrics-loader';
import { ServiceBody } from './service-body';
import { ServiceNeighbours } from './service-neighbours';
import { errorsPanel, heatmapPanel, latencyPanel, operationsPanel, ratePanel } from './service-panels';
import { ServiceTraces } from './service-traces';

/** The width of a panel, in twelfths of the page. */
const item = (body: SceneObject, columns: number, rows = 1) =>
  new SceneCSSGridItem({ body, gridColumn: `span ${columns}`, gridRow: `span ${rows}` });

function servicePanels(service: string, namespace: string | undefined, metrics: SpanMetrics) {
  const scope = { service, namespace };
  const panels = new SceneCSSGridLayout({
    templateColumns: 'repeat(12, minmax(0, 1fr))',
    autoRows: '300px',
    rowGap: 1,
    columnGap: 1,
    children: [
      item(ratePanel(metrics, scope), 3),
      item(errorsPanel(metrics, scope), 3),
      item(latencyPanel(metrics, scope), 6),
      item(heatmapPanel(metrics, scope), 6),
      item(operationsPanel(metrics, scope), 6),
      item(new ServiceTraces(service, namespace), 12),
    ],
  });
  return new ServiceBody({ head: new ServiceNeighbours(service, namespace), panels });
}

export function serviceScene(service: string) {
  const namespace = new TextBoxVariable({
    name: VARIABLES.namespace,
    label: t('traceatlas.service.namespace', 'Namespace'),
    value: '',
    hide: VariableHide.hideVariable,
  });
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: dataSourceVariables(namespace),
    controls: pageControls(),
    body: new MetricsLoader((metrics, context) => {
      const value = sceneGraph.lookupVariable(VARIABLES.namespace, context)?.getValue();
      return servicePanels(service, typeof value === 'string' && value !== '' ? value : undefined, metrics);
    }),
  });
}
