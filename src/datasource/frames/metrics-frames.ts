import { createDataFrame, type DataFrame, DataFrameType, FieldType, type QueryResultMetaNotice } from '@grafana/data';
import { type MetricsResponse, type MetricsSeries } from '../../tempo/types';
import { exemplarFrame } from './exemplar-frame';
import { seriesLabels, seriesName } from './series-labels';
import { type LinkTarget } from './trace-links';

export interface MetricsFrameOptions {
  refId: string;
  target: LinkTarget;
  notices: QueryResultMetaNotice[];
  executedQuery: string;
  /** The series are the buckets of a histogram. */
  isHistogram: boolean;
}

/** One frame for each series, and one for all exemplars when there are any. */
export function rangeFrames({ series }: MetricsResponse, options: MetricsFrameOptions): DataFrame[] {
  const frames = inOrder(series, options.isHistogram).map((one) => {
    const name = seriesName(one.labels);
    return createDataFrame({
      name,
      refId: options.refId,
      meta: {
        type: DataFrameType.TimeSeriesMulti,
        typeVersion: [0, 0],
        preferredVisualisationType: 'graph',
        ...(options.isHistogram ? { preferredVisualisationPluginId: 'heatmap' } : {}),
        notices: options.notices,
        executedQueryString: options.executedQuery,
      },
      fields: [
        { name: 'time', type: FieldType.time, values: one.samples.map((sample) => sample.timestampMs), config: {} },
        {
          name,
          type: FieldType.number,
          values: one.samples.map((sample) => sample.value),
          labels: seriesLabels(one.labels),
          config: { displayName: name },
        },
      ],
    });
  });
  const exemplars = exemplarFrame(series, options);
  return exemplars ? [...frames, exemplars] : frames;
}

/** One frame of one row for each series; `timeMs` is the moment the value is for, ms since the Unix epoch. */
export function instantFrames({ series }: MetricsResponse, timeMs: number, options: MetricsFrameOptions): DataFrame[] {
  return inOrder(series, options.isHistogram).map((one) => {
    const name = seriesName(one.labels);
    return createDataFrame({
      name,
      refId: options.refId,
      meta: {
        typeVersion: [0, 0],
        preferredVisualisationType: 'table',
        notices: options.notices,
        executedQueryString: options.executedQuery,
      },
      fields: [
        { name: 'time', type: FieldType.time, values: one.samples.map(() => timeMs), config: {} },
        {
          name: 'value',
          type: FieldType.number,
          values: one.samples.map((sample) => sample.value),
          labels: seriesLabels(one.labels),
          config: { displayName: name },
        },
      ],
    });
  });
}

/** Heatmaps stack buckets in the order of the frames. */
function inOrder(series: MetricsSeries[], isHistogram: boolean): MetricsSeries[] {
  return isHistogram ? [...series].sort((a, b) => bucketOf(a) - bucketOf(b)) : series;
}

function bucketOf({ labels }: MetricsSeries): number {
  const bucket = labels.find(({ key }) => key === '__bucket')?.value;
  return bucket?.type === 'double' || bucket?.type === 'int' ? Number(bucket.value) : Number.POSITIVE_INFINITY;
}
