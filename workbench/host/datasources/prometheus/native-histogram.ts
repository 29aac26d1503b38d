import { type DataFrame, DataFrameType, type Field, FieldType, type Labels } from '@grafana/data';
import { type HistogramSample } from './api';
import { type FrameInput } from './frame-input';
import { seriesName } from './legend';

/** A native histogram as heatmap cells: one row for each bucket of each point in time. */
export function nativeHistogramFrame(
  labels: Labels,
  samples: HistogramSample[],
  { refId, expr, legendFormat, stepMs }: FrameInput
): DataFrame {
  const cells = samples.flatMap(([seconds, { buckets }]) =>
    buckets.map(([boundary, lower, upper, count]) => ({
      xMax: Math.round(seconds * 1000),
      yMin: Number(lower),
      yMax: Number(upper),
      count: Number(count),
      yLayout: boundary,
    }))
  );
  const number = (name: 'yMin' | 'yMax' | 'count' | 'yLayout', config: Field['config'] = {}): Field => ({
    name,
    type: FieldType.number,
    labels,
    config,
    values: cells.map((cell) => cell[name]),
  });
  const time: Field = {
    name: 'xMax',
    type: FieldType.time,
    labels,
    config: { interval: stepMs },
    values: cells.map(({ xMax }) => xMax),
  };
  return {
    refId,
    meta: { type: DataFrameType.HeatmapCells, typeVersion: [0, 0] },
    fields: [
      time,
      number('yMin', { displayNameFromDS: seriesName(labels, expr, legendFormat) }),
      number('yMax'),
      number('count'),
      number('yLayout'),
    ],
    length: cells.length,
  };
}
