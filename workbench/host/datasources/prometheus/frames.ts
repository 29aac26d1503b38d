import { type DataFrame, DataFrameType, type Field, FieldType, type Labels } from '@grafana/data';
import { type QueryData } from './api';
import { toDuration } from './interval';
import { seriesName } from './legend';
import { type FrameInput } from './frame-input';
import { nativeHistogramFrame } from './native-histogram';

/** The frames that Grafana's Prometheus backend makes of an answer: one for each series, values as they came. */
export function toFrames(data: QueryData, input: FrameInput): DataFrame[] {
  const frames = seriesFrames(data, input);
  // what was asked is told once, on the first frame
  return frames.map((frame, index) => (index === 0 ? withQuery(frame, input) : frame));
}

function withQuery(frame: DataFrame, { expr, stepMs }: FrameInput): DataFrame {
  return {
    ...frame,
    meta: {
      ...frame.meta,
      custom: { calculatedMinStep: stepMs, ...frame.meta?.custom },
      executedQueryString: `Expr: ${expr}\nStep: ${toDuration(stepMs)}`,
    },
  };
}

function seriesFrames(data: QueryData, input: FrameInput): DataFrame[] {
  switch (data.resultType) {
    case 'matrix':
      return data.result.map(({ metric, values, histograms }) =>
        histograms.length > 0
          ? nativeHistogramFrame(metric, histograms, input)
          : seriesFrame('matrix', DataFrameType.TimeSeriesMulti, metric, values, input)
      );
    case 'vector':
      return data.result.flatMap(({ metric, value, histogram }) => {
        if (histogram) {
          return [nativeHistogramFrame(metric, [histogram], input)];
        }
        return value ? [seriesFrame('vector', DataFrameType.NumericMulti, metric, [value], input)] : [];
      });
    case 'scalar':
      return [seriesFrame('scalar', DataFrameType.NumericMulti, {}, [data.result], input)];
    case 'string':
      return [stringFrame(data.result, input)];
  }
}

function seriesFrame(
  resultType: string,
  type: DataFrameType,
  labels: Labels,
  samples: Array<[number, string]>,
  { refId, expr, legendFormat, stepMs }: FrameInput
): DataFrame {
  const time: Field = timeField(samples, { interval: stepMs });
  const value: Field = {
    name: 'Value',
    type: FieldType.number,
    labels,
    config: { displayNameFromDS: seriesName(labels, expr, legendFormat) },
    values: samples.map(([, text]) => parseSampleValue(text)),
  };
  return {
    refId,
    meta: { type, typeVersion: [0, 1], custom: { resultType } },
    fields: [time, value],
    length: samples.length,
  };
}

function stringFrame(sample: [number, string], { refId }: FrameInput): DataFrame {
  const value: Field = { name: 'Value', type: FieldType.string, config: {}, values: [sample[1]] };
  return { refId, meta: { custom: { resultType: 'string' } }, fields: [timeField([sample], {}), value], length: 1 };
}

function timeField(samples: Array<[number, string]>, config: Field['config']): Field {
  // s with a fraction; floating point would leave parts of a ms
  return { name: 'Time', type: FieldType.time, config, values: samples.map(([seconds]) => Math.round(seconds * 1000)) };
}

/** Prometheus' text of a float: `NaN`, `+Inf` and `-Inf` besides numbers. */
export function parseSampleValue(text: string): number {
  if (text === '+Inf' || text === 'Inf') {
    return Infinity;
  }
  return text === '-Inf' ? -Infinity : Number(text);
}
