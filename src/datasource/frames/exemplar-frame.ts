import { createDataFrame, type DataFrame, DataTopic, FieldType } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type MetricsSeries } from '../../tempo/types';
import { seriesLabels } from './series-labels';
import { type LinkTarget, traceLink } from './trace-links';

const TRACE_ID_LABEL = 'trace:id';

/**
 * The exemplars of all series in one frame, as panels look for the first frame of this name only. Every label of
 * the series and of the exemplar is a column, as panels hide exemplars of hidden series by comparing labels.
 * Undefined when there are none.
 */
export function exemplarFrame(
  series: MetricsSeries[],
  { refId, target }: { refId: string; target: LinkTarget }
): DataFrame | undefined {
  const rows = series
    .flatMap((one) =>
      one.exemplars.map((exemplar) => ({
        exemplar,
        labels: {
          ...seriesLabels(one.labels),
          ...seriesLabels(exemplar.labels.filter(({ key }) => key !== TRACE_ID_LABEL)),
        },
      }))
    )
    .filter(({ exemplar }) => exemplar.timestampMs > 0 && exemplar.traceId !== '')
    .sort((a, b) => a.exemplar.timestampMs - b.exemplar.timestampMs);
  if (rows.length === 0) {
    return undefined;
  }
  const labelNames = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))].sort();
  return createDataFrame({
    name: 'exemplar',
    refId,
    meta: { typeVersion: [0, 0], dataTopic: DataTopic.Annotations, custom: { resultType: 'exemplar' } },
    fields: [
      { name: 'Time', type: FieldType.time, values: rows.map(({ exemplar }) => exemplar.timestampMs), config: {} },
      { name: 'Value', type: FieldType.number, values: rows.map(({ exemplar }) => exemplar.value), config: {} },
      {
        name: 'traceId',
        type: FieldType.string,
        values: rows.map(({ exemplar }) => exemplar.traceId),
        config: {
          displayName: 'Trace ID',
          links: [traceLink(target, t('traceatlas.datasource.frames.view-trace', 'View trace'))],
        },
      },
      ...labelNames.map((name) => ({
        name,
        type: FieldType.string,
        values: rows.map(({ labels }) => labels[name] ?? null),
        config: {},
      })),
    ],
  });
}
