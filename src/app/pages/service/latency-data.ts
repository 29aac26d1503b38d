import { type DataFrame, FieldType, type PanelData } from '@grafana/data';
import { type ExemplarPoint, exemplarPointsSteps, isExemplarFrame } from '../../../links/exemplar-points';
import { type LatencyBuckets, readLatencyBuckets } from '../../../links/latency-buckets';
import { type Steps } from '../../../trace/steps';
import { type LatencyLine } from '../../../views/heatmap/latency-scale';
import { QUANTILES, quantileName } from './service-source';

export interface LatencyData {
  buckets?: LatencyBuckets;
  lines: LatencyLine[];
  points: ExemplarPoint[];
  /** Exemplars whose ids, times or values are of no use */
  unusable: number;
}

export interface LatencyAnswer extends Pick<PanelData, 'series' | 'annotations'> {
  /** Of the values */
  unit: 's' | 'ms';
}

/** Rows of all frames, as a measure of the work. */
export function answerSize({ series, annotations = [] }: LatencyAnswer): number {
  return [...series, ...annotations].reduce((sum, { length }) => sum + length, 0);
}

/** Reads the answers to `latencyQueries`. */
export function* latencyData({ series: frames, annotations, unit }: LatencyAnswer): Steps<LatencyData> {
  const own = frames.filter((frame) => !isExemplarFrame(frame));
  const { points, unusable } = yield* exemplarPointsSteps([...(annotations ?? []), ...frames], unit);
  return {
    buckets: readLatencyBuckets(
      own.filter(({ refId, meta }) => refId === 'buckets' || (meta?.type ?? '').startsWith('heatmap')),
      unit
    ),
    lines: QUANTILES.flatMap((quantile) => lineOf(own, quantileName(quantile), unit) ?? []),
    points,
    unusable,
  };
}

function lineOf(frames: readonly DataFrame[], name: string, unit: 's' | 'ms'): LatencyLine | undefined {
  const frame = frames.find(({ refId }) => refId === name);
  const times = frame?.fields.find(({ type }) => type === FieldType.time)?.values;
  const values = frame?.fields.find(({ type }) => type === FieldType.number)?.values;
  if (!times || !values) {
    return undefined;
  }
  const toSeconds = (value: unknown) =>
    typeof value === 'number' && Number.isFinite(value) && value > 0 ? (unit === 'ms' ? value / 1000 : value) : null;
  return { name, times, values: Array.from(values, toSeconds) };
}
