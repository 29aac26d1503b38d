import { PanelBuilders, SceneQueryRunner, type VizPanel } from '@grafana/scenes';
import { t } from '@grafana/i18n';
import { type RequestsScope } from '../../../links/requests-of-service';
import { retryFailedQueries } from '../../retry';
import { PanelQueryButton } from './panel-query-button';
import {
  errorQueries,
  type PanelQueries,
  rateQueries,
  type ServiceSource,
  type Split,
  splitLatencyQueries,
} from './service-source';

export function timeSeriesPanel(title: string, description: string, unit: string, asked: PanelQueries): VizPanel {
  return PanelBuilders.timeseries()
    .setTitle(title)
    .setDescription(description)
    .setUnit(unit)
    .setMin(0)
    .setHeaderActions(new PanelQueryButton({ asked }))
    .setData(
      new SceneQueryRunner({
        $behaviors: [retryFailedQueries],
        datasource: { uid: `\${${asked.variable}}` },
        queries: asked.queries.map(({ target }) => target),
      })
    )
    .build();
}

export function ratePanel(source: ServiceSource, scope: RequestsScope, split?: Split): VizPanel {
  return timeSeriesPanel(
    t('traceatlas.service.rate', 'Requests'),
    t('traceatlas.service.rate-hint', 'Requests received per second.'),
    'reqps',
    rateQueries(source, scope, split)
  );
}

export function errorsPanel(source: ServiceSource, scope: RequestsScope, split?: Split): VizPanel {
  return timeSeriesPanel(
    t('traceatlas.service.errors', 'Failed requests'),
    t('traceatlas.service.errors-hint', 'Requests per second whose span has the status error.'),
    'reqps',
    errorQueries(source, scope, split)
  );
}

export function splitLatencyPanel(source: ServiceSource, scope: RequestsScope, split?: Split): VizPanel {
  const asked = splitLatencyQueries(source, scope, split);
  return timeSeriesPanel(
    t('traceatlas.service.p95', 'Latency p95'),
    t('traceatlas.service.p95-hint', 'Of 100 requests, 95 took no longer.'),
    asked.unit,
    asked
  );
}
