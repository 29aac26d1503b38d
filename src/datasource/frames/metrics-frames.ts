import {
  createDataFrame,
  type DataFrame,
  DataFrameType,
  type FieldConfig,
  FieldType,
  formattedValueToString,
  getValueFormat,
  type QueryResultMetaNotice,
} from '@grafana/data';
import { t } from '../../i18n/translate';
import { type MetricsResponse, type MetricsSeries } from '../../tempo/types';
import { attributeText } from '../../trace/attribute-text';
import { type AnyValue } from '../../trace/model';
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
  /** The values, or the buckets of a histogram, are durations in s. */
  isDuration?: boolean;
}

const FUNCTION_LABEL = '__name__';
const BUCKET_LABEL = '__bucket';
const SECONDS = 's';
const formatSeconds = getValueFormat(SECONDS);

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
          config: valueConfig(one, name, options),
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
          config: valueConfig(one, name, options),
        },
      ],
    });
  });
}

/** One frame for all series, a row each: labels as columns, then the value. `timeMs` as above. */
export function instantTable({ series }: MetricsResponse, timeMs: number, options: MetricsFrameOptions): DataFrame[] {
  const rows = inOrder(series, options.isHistogram).flatMap(({ labels, samples }) =>
    samples.map(({ value }) => ({ labels: new Map(labels.map((label) => [label.key, label.value])), value }))
  );
  const keys = [...new Set(rows.flatMap(({ labels }) => [...labels.keys()]))].filter((key) => key !== FUNCTION_LABEL);
  const unit = options.isDuration && !options.isHistogram ? { unit: SECONDS } : {};
  return [
    createDataFrame({
      name: options.refId,
      refId: options.refId,
      meta: {
        typeVersion: [0, 0],
        preferredVisualisationType: 'table',
        notices: options.notices,
        executedQueryString: options.executedQuery,
      },
      fields: [
        { name: 'Time', type: FieldType.time, values: rows.map(() => timeMs), config: {} },
        ...keys.map((key) => labelColumn(key, rows, options)),
        { name: 'Value', type: FieldType.number, values: rows.map(({ value }) => value), config: unit },
      ],
    }),
  ];
}

function labelColumn(key: string, rows: Array<{ labels: Map<string, AnyValue> }>, options: MetricsFrameOptions) {
  const values = rows.map(({ labels }) => labels.get(key));
  const isBucket = key === BUCKET_LABEL;
  const displayNameFromDS = isBucket ? t('traceatlas.datasource.frames.bucket', 'Bucket') : undefined;
  if (values.every((value) => value === undefined || value.type === 'double' || value.type === 'int')) {
    return {
      name: key,
      type: FieldType.number,
      values: values.map((value) => (value ? Number(attributeText(value)) : null)),
      config: { displayNameFromDS, ...(isBucket && options.isDuration ? { unit: SECONDS } : {}) },
    };
  }
  return {
    name: key,
    type: FieldType.string,
    values: values.map((value) => (value ? attributeText(value) : null)),
    config: { displayNameFromDS },
  };
}

/**
 * A bucket of durations is named by its upper bound as people write it ("≤ 268 ms"); other durations carry their unit.
 * The name must not begin with a number: core's heatmap would sort the buckets by it, without regard to its unit.
 */
function valueConfig(
  series: MetricsSeries,
  name: string,
  { isHistogram, isDuration }: MetricsFrameOptions
): FieldConfig {
  if (!isDuration) {
    return { displayName: name };
  }
  if (!isHistogram) {
    return { displayName: name, unit: SECONDS };
  }
  const bucket = bucketOf(series);
  const isOnlyLabel = series.labels.length === 1 && Number.isFinite(bucket);
  return { displayName: isOnlyLabel ? `≤ ${formattedValueToString(formatSeconds(bucket))}` : name };
}

/** Heatmaps stack buckets in the order of the frames. */
function inOrder(series: MetricsSeries[], isHistogram: boolean): MetricsSeries[] {
  return isHistogram ? [...series].sort((a, b) => bucketOf(a) - bucketOf(b)) : series;
}

function bucketOf({ labels }: MetricsSeries): number {
  const bucket = labels.find(({ key }) => key === BUCKET_LABEL)?.value;
  return bucket?.type === 'double' || bucket?.type === 'int' ? Number(bucket.value) : Number.POSITIVE_INFINITY;
}
