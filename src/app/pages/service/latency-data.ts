import { type DataFrame, FieldType, type PanelData } from '@grafana/data';
import { type ExemplarPoint, exemplarPoints, isExemplarFrame } from '../../../links/exemplar-points';
import { type LatencyBuckets, readLatencyBuckets } from '../../../links/latency-buckets';
import { type LatencyLine } from '../../../views/heatmap/latency-scale';
import { QUANTILES, quantileName } from './service-source';

export interface LatencyData {
  buckets?: LatencyBuckets;
  lines: LatencyLine[];
  points: ExemplarPoint[];
  /** Exemplars whose ids, times or values are of no use */
  unusable: number;
}

/** Reads the answers to `latencyQueries`. @param unit of the values */
export function latencyData(
  data: Pick<PanelData, 'series' | 'annotations'> | undefined,
  unit: 's' | 'ms'
): LatencyData {
  const frames = data?.series ?? [];
  const own = frames.filter((frame) => !isExemplarFrame(frame));
  const { points, unusable } = exemplarPoints([...(data?.annotations ?? []), ...frames], unit);
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
