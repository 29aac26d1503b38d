import { anyValueJson } from '../../../src/tempo/otlp';
import { parseQuery, validateQuery } from '../../../src/traceql';
import { type Hint, type MetricsOperation, type MetricsQuery } from '../../../src/traceql/ast';
import { EvaluationError, type TraceSource } from '../engine';

import { evaluateMetrics, type MetricsResult } from './evaluate';
import { withSampleValues } from './exemplars';
import { MetricsError } from './metrics-error';
import { type MetricsRequest, readInstantRequest, readRangeRequest } from './request';
import { compareSeries, type Exemplar, labelValue, type Series, type SeriesLabel } from './series';
import { TimeAxis } from './time-axis';

const MAX_EXEMPLARS = 100;
const COMPILING = 'compiling query: ';
const NOT_METRICS = 'not a metrics query';
const NANOS_PER_MS = BigInt(1_000_000);

export interface MetricsAnswer {
  status: number;
  contentType: string;
  body: string;
}

type JsonObject = Record<string, unknown>;

/** `/api/metrics/query_range`: series over time. */
export function handleMetricsRange(params: URLSearchParams, source: TraceSource, nowMs: number): MetricsAnswer {
  return answered(() => {
    const request = readRangeRequest(params, nowMs);
    const { expression, hints } = readMetricsQuery(request.query);
    const axis = TimeAxis.range(request.window, request.step, BigInt(Math.floor(nowMs)) * NANOS_PER_MS);
    if (axis.start <= BigInt(0)) {
      throw new MetricsError('start required');
    }
    const exemplars = exemplarLimit(hints, request);
    const result = evaluateMetrics(expression, { source, axis, exemplars, maxSeries: request.maxSeries });
    const series = limited(result, request.maxSeries).map((one) => rangeSeriesJson(one, axis));
    return { series, metrics: METRICS, ...partial(result, request.maxSeries) };
  });
}

/** `/api/metrics/query`: one value for each series. */
export function handleMetricsInstant(params: URLSearchParams, source: TraceSource, nowMs: number): MetricsAnswer {
  return answered(() => {
    const request = readInstantRequest(params, nowMs);
    const { expression } = readMetricsQuery(request.query, COMPILING);
    const axis = TimeAxis.instant(request.window);
    const result = evaluateMetrics(expression, { source, axis, exemplars: 0, maxSeries: 0 });
    const series = limited(result, 0)
      .filter(({ values }) => !Number.isNaN(values[0]))
      .map(({ labels, values }) => ({ labels: labelsJson(labels), ...valueJson(values[0]) }));
    return { ...(series.length > 0 ? { series } : {}), metrics: METRICS };
  });
}

/** What a query cost; here everything is done in one piece. */
const METRICS = { completedJobs: 1, totalJobs: 1 };

function answered(answer: () => JsonObject): MetricsAnswer {
  try {
    return { status: 200, contentType: 'application/json', body: JSON.stringify(answer()) };
  } catch (error) {
    if (error instanceof MetricsError || error instanceof EvaluationError) {
      return { status: 400, contentType: 'text/plain; charset=utf-8', body: error.message };
    }
    throw error;
  }
}

/**
 * @param syntaxPrefix what stands before a syntax error: the two endpoints come upon it at different stages
 * @throws MetricsError as Tempo words it
 */
function readMetricsQuery(
  text: string,
  syntaxPrefix = ''
): { expression: MetricsQuery | MetricsOperation; hints: readonly Hint[] } {
  if (text === '') {
    throw new MetricsError(`${syntaxPrefix}parse error : syntax error: unexpected $end`);
  }
  const { verdict, message = '' } = validateQuery(text, { endpoint: 'metrics' });
  const { query } = parseQuery(text);
  if (verdict === 'syntax') {
    throw new MetricsError(syntaxPrefix + message);
  }
  if (query?.expression.type === 'pipeline' && message === NOT_METRICS) {
    throw new MetricsError(NOT_METRICS);
  }
  if (verdict !== 'valid' || !query || query.expression.type === 'pipeline') {
    throw new MetricsError(COMPILING + message);
  }
  return { expression: query.expression, hints: query.hints };
}

/** The hint goes before the parameter. */
function exemplarLimit(hints: readonly Hint[], { exemplars }: MetricsRequest): number {
  const hint = hints.find(({ name }) => name === 'exemplars')?.value;
  if (hint?.valueType === 'int') {
    return Math.max(0, Math.min(Number(hint.value), MAX_EXEMPLARS));
  }
  if (hint?.valueType === 'bool' && !hint.value) {
    return 0;
  }
  return Math.min(exemplars || MAX_EXEMPLARS, MAX_EXEMPLARS);
}

function limited({ series, reachedMaxSeries }: MetricsResult, maxSeries: number): Series[] {
  const sorted = series.filter(({ values }) => values.some((value) => !Number.isNaN(value))).sort(compareSeries);
  return reachedMaxSeries ? sorted.slice(0, maxSeries) : sorted;
}

function partial({ reachedMaxSeries }: MetricsResult, maxSeries: number): JsonObject {
  return reachedMaxSeries
    ? {
        status: 'PARTIAL',
        message: `Response exceeds maximum series limit of ${maxSeries}, a partial response is returned. Warning: the accuracy of each individual value is not guaranteed.`,
      }
    : {};
}

function rangeSeriesJson({ labels, values, exemplars }: Series, axis: TimeAxis): JsonObject {
  const samples: JsonObject[] = [];
  values.forEach((value, interval) => {
    if (!Number.isNaN(value)) {
      samples.push({ timestampMs: String(axis.timestampMs(interval)), ...valueJson(value) });
    }
  });
  const shown = withSampleValues(exemplars, values, axis).map(exemplarJson);
  return { labels: labelsJson(labels), samples, ...(shown.length > 0 ? { exemplars: shown } : {}) };
}

function exemplarJson({ labels, value, time }: Exemplar): JsonObject {
  return { labels: labelsJson(labels), ...valueJson(value), timestampMs: String(time / NANOS_PER_MS) };
}

function labelsJson(labels: readonly SeriesLabel[]): JsonObject[] {
  return labels.map((label) => ({ key: label.name, value: anyValueJson(labelValue(label)) }));
}

/** Protobuf's JSON: 0 is left out, what JSON has no number for is text. */
function valueJson(value: number): { value?: number | string } {
  if (value === 0) {
    return {};
  }
  return { value: Number.isFinite(value) ? value : String(value) };
}
