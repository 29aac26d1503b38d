import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { PanelBuilders, SceneDataTransformer, SceneQueryRunner, type VizPanel } from '@grafana/scenes';
import { VARIABLES } from '../../../constants';
import {
  failedIncomingRate,
  incomingRate,
  latencyHeatmap,
  latencyQuantile,
  type SpanMetricsScope,
} from '../../../servicegraph/service-promql';
import { exemplarTraceLinks } from '../../exemplar-links';
import { retryFailedQueries } from '../../retry';
import { type SpanMetrics } from './metrics-loader';

const WINDOW = '$__rate_interval';
const datasource = { uid: `\${${VARIABLES.prometheus}}` };

interface RangeQuery {
  refId: string;
  expr: string;
  legend: string;
  exemplar?: boolean;
  format?: 'heatmap';
}

function rangeQueries(queries: RangeQuery[]) {
  return new SceneQueryRunner({
    $behaviors: [retryFailedQueries],
    datasource,
    queries: queries.map(({ legend, ...query }) => ({
      format: 'time_series',
      exemplar: false,
      ...query,
      range: true,
      instant: false,
      legendFormat: legend,
    })),
  });
}

function withTraceLinks($data: SceneQueryRunner) {
  return new SceneDataTransformer({
    $data,
    transformations: [exemplarTraceLinks(t('traceatlas.service.open-trace', 'Open trace'))],
  });
}

export function ratePanel({ names }: SpanMetrics, scope: SpanMetricsScope): VizPanel {
  return PanelBuilders.timeseries()
    .setTitle(t('traceatlas.service.rate', 'Requests'))
    .setDescription(t('traceatlas.service.rate-hint', 'Requests received per second, by operation.'))
    .setUnit('reqps')
    .setMin(0)
    .setData(
      rangeQueries([
        { refId: 'rate', expr: incomingRate(names, scope, WINDOW, ['span_name']), legend: '{{span_name}}' },
      ])
    )
    .build();
}

export function errorsPanel({ names }: SpanMetrics, scope: SpanMetricsScope): VizPanel {
  return PanelBuilders.timeseries()
    .setTitle(t('traceatlas.service.errors', 'Failed requests'))
    .setDescription(
      t('traceatlas.service.errors-hint', 'Requests per second whose span has the status error, by operation.')
    )
    .setUnit('reqps')
    .setMin(0)
    .setData(
      rangeQueries([
        { refId: 'errors', expr: failedIncomingRate(names, scope, WINDOW, ['span_name']), legend: '{{span_name}}' },
      ])
    )
    .build();
}

const QUANTILES = [0.5, 0.95, 0.99];

export function latencyPanel({ names, histogram }: SpanMetrics, scope: SpanMetricsScope): VizPanel {
  const queries = QUANTILES.map((quantile): RangeQuery => ({
    refId: `p${quantile * 100}`,
    expr: latencyQuantile(names, histogram, quantile, scope, WINDOW),
    legend: `p${quantile * 100}`,
    // All three read the same series: asking once is enough.
    exemplar: quantile === 0.99,
  }));
  return PanelBuilders.timeseries()
    .setTitle(t('traceatlas.service.latency', 'Latency'))
    .setDescription(
      t(
        'traceatlas.service.latency-hint',
        'Percentiles over all requests. Each diamond is an exemplar: click it, then “Open trace”.'
      )
    )
    .setUnit(names.unit)
    .setMin(0)
    .setData(withTraceLinks(rangeQueries(queries)))
    .build();
}

export function heatmapPanel({ names, histogram }: SpanMetrics, scope: SpanMetricsScope): VizPanel {
  return PanelBuilders.heatmap()
    .setTitle(t('traceatlas.service.heatmap', 'Latency distribution'))
    .setDescription(t('traceatlas.service.heatmap-hint', 'How many requests took how long.'))
    .setOption('calculate', false)
    .setOption('yAxis', { unit: names.unit })
    .setOption('exemplars', { color: config.theme2.colors.text.primary })
    .setData(
      withTraceLinks(
        rangeQueries([
          {
            refId: 'heatmap',
            expr: latencyHeatmap(names, histogram, scope, WINDOW),
            legend: '{{le}}',
            format: 'heatmap',
            exemplar: true,
          },
        ])
      )
    )
    .build();
}

export function operationsPanel({ names, histogram }: SpanMetrics, scope: SpanMetricsScope): VizPanel {
  const window = '$__range';
  const by = ['span_name'];
  const column = (refId: string, expr: string) => ({ refId, expr, instant: true, range: false, format: 'table' });
  const runner = new SceneQueryRunner({
    $behaviors: [retryFailedQueries],
    datasource,
    queries: [
      column('rate', incomingRate(names, scope, window, by)),
      column('errors', failedIncomingRate(names, scope, window, by)),
      column('p95', latencyQuantile(names, histogram, 0.95, scope, window, by)),
    ],
  });
  return (
    PanelBuilders.table()
      .setTitle(t('traceatlas.service.operations', 'Operations'))
      .setDescription(t('traceatlas.service.operations-hint', 'Over the whole time range.'))
      .setData(
        new SceneDataTransformer({
          $data: runner,
          transformations: [
            { id: 'joinByField', options: { byField: 'span_name', mode: 'outer' } },
            {
              id: 'organize',
              options: {
                excludeByName: { Time: true, 'Time 1': true, 'Time 2': true, 'Time 3': true },
                renameByName: {
                  span_name: t('traceatlas.service.operation', 'Operation'),
                  'Value #rate': t('traceatlas.service.column-rate', 'Requests'),
                  'Value #errors': t('traceatlas.service.column-errors', 'Failed'),
                  'Value #p95': t('traceatlas.service.column-p95', 'p95'),
                },
              },
            },
          ],
        })
      )
      .setCustomFieldConfig('minWidth', 80)
      // The joined frame no longer says which query a column is from: the original field names do.
      .setOverrides((overrides) =>
        overrides
          .matchFieldsWithName('Value #rate')
          .overrideUnit('reqps')
          .matchFieldsWithName('Value #errors')
          .overrideUnit('reqps')
          .matchFieldsWithName('Value #p95')
          .overrideUnit(names.unit)
      )
      .build()
  );
}
