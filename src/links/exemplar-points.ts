/** Exemplars as points over a latency chart: read, checked and thinned out. */
import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { runSteps, sortSteps, type Steps } from '../trace/steps';
import { exemplarTargets } from './exemplars';

export interface ExemplarPoint {
  /** ms since the Unix epoch */
  timeMs: number;
  /** s */
  latency: number;
  /** 32 hex digits */
  traceId: string;
  /** 16 hex digits */
  spanId?: string;
  /** The request failed; absent when the producer does not say */
  isError?: boolean;
  /** `span_name` of the series */
  operation?: string;
}

export interface ReadExemplars {
  points: ExemplarPoint[];
  /** How many had no usable trace id, time or value */
  unusable: number;
}

const S_PER_MS = 1e-3;
const OPERATION_LABELS = ['span_name', 'name', 'operation'] as const;

/** The frame in which data sources put exemplars: the Prometheus and Tempo ones call it so. */
export function isExemplarFrame(frame: DataFrame): boolean {
  return frame.name === 'exemplar' || frame.meta?.custom?.resultType === 'exemplar';
}

/**
 * The exemplars of frames of a Prometheus or Tempo data source. A request that several series tell of, or that was stored
 * twice, is one point.
 * @param unit of the frames' values
 */
export function exemplarPoints(frames: readonly DataFrame[], unit: 's' | 'ms'): ReadExemplars {
  return runSteps(exemplarPointsSteps(frames, unit));
}

/** The same for thousands of them, so that it can be interrupted. */
export function* exemplarPointsSteps(frames: readonly DataFrame[], unit: 's' | 'ms'): Steps<ReadExemplars> {
  const points = new Map<string, ExemplarPoint>();
  let unusable = 0;
  for (const frame of frames.filter(isExemplarFrame)) {
    const times = frame.fields.find(({ type }) => type === FieldType.time);
    const values = frame.fields.find(({ type }) => type === FieldType.number);
    const targetOf = exemplarTargets(frame);
    const outcomeOf = outcomes(frame.fields);
    for (let row = 0; row < frame.length; row++) {
      yield;
      const timeMs: unknown = times?.values[row];
      const value: unknown = values?.values[row];
      const target = targetOf(row);
      if (!target || !isPositive(timeMs) || !isPositive(value)) {
        unusable += 1;
        continue;
      }
      const { traceId, spanId } = target;
      const point: ExemplarPoint = {
        timeMs,
        latency: unit === 'ms' ? value * S_PER_MS : value,
        traceId,
        ...(spanId === undefined ? {} : { spanId }),
        ...outcomeOf(row),
      };
      points.set(`${traceId} ${spanId ?? ''} ${timeMs} ${value}`, point);
    }
  }
  return { points: yield* sortSteps([...points.values()], (a, b) => a.timeMs - b.timeMs), unusable };
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

/** Label names and values of Tempo's generator, of the Collector's connector, and of TraceQL metrics by (status, name). */
function outcomes(fields: readonly Field[]): (row: number) => Pick<ExemplarPoint, 'isError' | 'operation'> {
  const named = (name: string) => fields.find((field) => field.name === name);
  const statuses = [named('status_code'), named('status')].filter((field) => field !== undefined);
  const operations = OPERATION_LABELS.map(named).filter((field) => field !== undefined);
  return (row) => {
    const status = firstText(statuses, row);
    const operation = firstText(operations, row);
    return {
      ...(status === undefined ? {} : { isError: /^(?:STATUS_CODE_)?ERROR$/i.test(status) }),
      ...(operation === undefined ? {} : { operation }),
    };
  };
}

function firstText(fields: readonly Field[], row: number): string | undefined {
  for (const { values } of fields) {
    const value: unknown = values[row];
    if (typeof value === 'string' && value !== '') {
      return value.startsWith('"') ? value.replace(/^"(.*)"$/, '$1') : value;
    }
  }
  return undefined;
}

/** The spans tables of a TraceQL search as points, for producers that write no exemplars. */
export function exemplarPointsOfSpans(frames: readonly DataFrame[]): ExemplarPoint[] {
  const points = new Map<string, ExemplarPoint>();
  for (const frame of frames) {
    const field = (name: string) => frame.fields.find((each) => each.name === name);
    const [traces, spans, times, durations] = ['traceIdHidden', 'spanID', 'time', 'duration'].map(field);
    if (!traces || !spans || !times || !durations) {
      continue;
    }
    const targetOf = exemplarTargets({
      length: frame.length,
      fields: [
        { ...traces, name: 'traceID' },
        { ...spans, name: 'spanID' },
      ],
    });
    for (let row = 0; row < frame.length; row++) {
      const target = targetOf(row);
      const timeMs: unknown = times.values[row];
      const nanos: unknown = durations.values[row];
      if (target && isPositive(timeMs) && isPositive(nanos)) {
        const status: unknown = field('status')?.values[row];
        const name: unknown = field('name')?.values[row];
        points.set(`${target.traceId} ${target.spanId ?? ''}`, {
          timeMs,
          latency: nanos / 1e9,
          traceId: target.traceId,
          ...(target.spanId === undefined ? {} : { spanId: target.spanId }),
          ...(typeof status === 'string' ? { isError: status === 'error' } : {}),
          ...(typeof name === 'string' ? { operation: name } : {}),
        });
      }
    }
  }
  return [...points.values()].sort((a, b) => a.timeMs - b.timeMs);
}

/** `spread`: of each step the slowest, and those two standard deviations apart; `slowest`: the N slowest of all. */
export type ExemplarSampling = 'spread' | 'slowest' | 'all';

export interface SamplingOptions {
  /** ms; the width of a step for `spread` */
  stepMs: number;
  /** Points kept by `slowest` */
  slowest: number;
}

/** Which of the points are drawn, in order of time. Failed requests are never thinned out by `spread`. */
export function samplePoints(
  points: readonly ExemplarPoint[],
  sampling: ExemplarSampling,
  { stepMs, slowest }: SamplingOptions
): ExemplarPoint[] {
  switch (sampling) {
    case 'all':
      return [...points];
    case 'slowest':
      return byTime([...points].sort((a, b) => b.latency - a.latency).slice(0, slowest));
    case 'spread':
      return spread(points, stepMs);
  }
}

function spread(points: readonly ExemplarPoint[], stepMs: number): ExemplarPoint[] {
  const apart = 2 * standardDeviation(points.map(({ latency }) => latency));
  const steps = new Map<number, ExemplarPoint[]>();
  for (const point of points) {
    const step = Math.floor(point.timeMs / stepMs);
    const inStep = steps.get(step);
    if (inStep) {
      inStep.push(point);
    } else {
      steps.set(step, [point]);
    }
  }
  const kept: ExemplarPoint[] = [];
  for (const inStep of steps.values()) {
    let last: number | undefined;
    for (const point of inStep.sort((a, b) => b.latency - a.latency)) {
      if (last === undefined || point.isError || (apart > 0 && last - point.latency >= apart)) {
        kept.push(point);
        last = point.latency;
      }
    }
  }
  return byTime(kept);
}

function byTime(points: ExemplarPoint[]): ExemplarPoint[] {
  return points.sort((a, b) => a.timeMs - b.timeMs);
}

/** Of a sample (n - 1); 0 for fewer than two values */
function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) {
    return 0;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
