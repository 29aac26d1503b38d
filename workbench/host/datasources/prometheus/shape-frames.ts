import {
  type DataFrame,
  DataFrameType,
  type Field,
  FieldType,
  type Labels,
  type PreferredVisualisationType,
} from '@grafana/data';
import { type PrometheusFormat } from './model';

/**
 * What Grafana's frontend makes of the backend's frames for one query: tables and heatmaps are put together, the
 * rest are graphs.
 *
 * @param isExplore instant results are shown as a table there, whatever the format
 * @param valueName `Value`, or `Value #A` when several queries share a panel
 */
export function shapeFrames(
  frames: DataFrame[],
  format: PrometheusFormat | undefined,
  isExplore: boolean,
  valueName: string
): DataFrame[] {
  const isInstant = frames.some(({ meta }) => ['vector', 'scalar'].includes(String(meta?.custom?.resultType)));
  if (format === 'table' || (isExplore && isInstant)) {
    return frames.length > 0 ? [toTable(frames, valueName)] : [];
  }
  if (format === 'heatmap' && frames.some(({ meta }) => meta?.type !== DataFrameType.HeatmapCells)) {
    return frames.length > 0 ? [toHeatmapRows(frames)] : [];
  }
  return frames.map((frame) => prefer(frame, 'graph'));
}

function prefer(frame: DataFrame, preferredVisualisationType: PreferredVisualisationType): DataFrame {
  return { ...frame, meta: { ...frame.meta, preferredVisualisationType } };
}

/** Rows of time, labels and value. `le` is a number, so that buckets sort. */
function toTable(frames: DataFrame[], valueName: string): DataFrame {
  const labelNames = [...new Set(frames.flatMap((frame) => Object.keys(labelsOf(frame)).sort()))];
  const rows = frames.flatMap((frame) =>
    Array.from({ length: frame.length }, (_unused, index) => ({
      time: Number(frame.fields[0].values[index]),
      value: Number(frame.fields[1].values[index]),
      labels: labelsOf(frame),
    }))
  );
  const labelField = (name: string): Field => ({
    name,
    type: name === 'le' ? FieldType.number : FieldType.string,
    config: { filterable: true },
    values: rows.map(({ labels }) => (name === 'le' ? upperBound(labels) : (labels[name] ?? ''))),
  });
  return prefer(
    {
      refId: frames[0].refId,
      meta: frames[0].meta,
      fields: [
        { name: 'Time', type: FieldType.time, config: {}, values: rows.map(({ time }) => time) },
        ...labelNames.map(labelField),
        { name: valueName, type: FieldType.number, config: {}, values: rows.map(({ value }) => value) },
      ],
      length: rows.length,
    },
    'table'
  );
}

/** One field for each bucket, named by its upper bound, with the count of that bucket alone. */
function toHeatmapRows(frames: DataFrame[]): DataFrame {
  const sorted = [...frames].sort((a, b) => upperBound(labelsOf(a)) - upperBound(labelsOf(b)));
  const times = [...new Set(sorted.flatMap((frame) => frame.fields[0].values.map(Number)))].sort((a, b) => a - b);
  const cumulative = sorted.map((frame) => {
    const byTime = new Map(
      frame.fields[0].values.map((time, index) => [Number(time), Number(frame.fields[1].values[index])])
    );
    return times.map((time) => byTime.get(time) ?? 0);
  });
  const counts = cumulative.map((row, bucket) =>
    bucket === 0 ? row : row.map((count, index) => Math.max(0, count - cumulative[bucket - 1][index]))
  );
  return {
    ...sorted[0],
    meta: { ...frames[0].meta, type: DataFrameType.HeatmapRows },
    fields: [
      { ...sorted[0].fields[0], values: times },
      ...sorted.map((frame, index): Field => ({
        ...frame.fields[1],
        name: labelsOf(frame).le ?? frame.fields[1].name,
        values: counts[index],
      })),
    ],
    length: times.length,
  };
}

function labelsOf(frame: DataFrame): Labels {
  return frame.fields[1]?.labels ?? {};
}

function upperBound({ le }: Labels): number {
  return le === '+Inf' ? Infinity : Number(le);
}
