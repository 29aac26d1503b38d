import { formatGoDuration, parseDuration } from '../../../src/traceql/syntax/duration';

import { MetricsError } from './metrics-error';
import { defaultStep, type Window } from './time-axis';

const NANOS_PER_MS = BigInt(1_000_000);
const NANOS_PER_SECOND = BigInt(1_000_000_000);
const HOUR = BigInt(3600) * NANOS_PER_SECOND;
const ZERO = BigInt(0);
const MAX_RANGE = BigInt(24) * HOUR;
const MAX_INTERVALS = BigInt(10_000);
const MAX_UINT32 = 4294967295;
/** A whole number this long is ns, a shorter one s. */
const MAX_SECONDS_DIGITS = 10;

export interface MetricsRequest {
  query: string;
  /** ns since the Unix epoch */
  window: Window;
  /** ns */
  step: bigint;
  /** 0 when not given */
  exemplars: number;
  /** 0 for no limit */
  maxSeries: number;
}

/** Reads and checks the parameters of `/api/metrics/query_range`. @throws MetricsError */
export function readRangeRequest(params: URLSearchParams, nowMs: number): MetricsRequest {
  const asked = readWindow(params, nowMs);
  const step = readStep(params, asked);
  const window = clampEnd(asked, nowMs);
  checkRange(window, step);
  return {
    query: readQuery(params),
    window,
    step,
    exemplars: readCount(params, 'exemplars'),
    maxSeries: readCount(params, 'maxSeries'),
  };
}

/** Reads and checks the parameters of `/api/metrics/query`. @throws MetricsError */
export function readInstantRequest(params: URLSearchParams, nowMs: number): MetricsRequest {
  const asked = readWindow(params, nowMs);
  const window = clampInstantEnd(asked, nowMs);
  const step = window.end - window.start;
  checkRange(window, step);
  return { query: readQuery(params), window, step, exemplars: 0, maxSeries: 0 };
}

/** `q`, or `query` as Prometheus calls it. */
function readQuery(params: URLSearchParams): string {
  return params.get('q') || params.get('query') || '';
}

/** A whole number; anything else is ignored, as Tempo does. */
function readCount(params: URLSearchParams, name: string): number {
  const text = params.get(name) ?? '';
  const value = Number(text);
  return /^\d+$/.test(text) && value <= MAX_UINT32 ? value : 0;
}

function readWindow(params: URLSearchParams, nowMs: number): Window {
  const now = BigInt(Math.floor(nowMs)) * NANOS_PER_MS;
  const sinceText = params.get('since');
  const since = sinceText ? parseDuration(sinceText) : HOUR;
  if (since === undefined) {
    throw badParameter(`could not parse 'since' parameter: not a valid duration string: ${JSON.stringify(sinceText)}`);
  }
  const end = readTime(params, 'end', now);
  return { start: readTime(params, 'start', (end < now ? end : now) - since), end };
}

/** s, ns, s with a fraction, or RFC 3339. */
function readTime(params: URLSearchParams, name: string, fallback: bigint): bigint {
  const text = params.get(name) ?? '';
  if (text === '') {
    return fallback;
  }
  if (/^[+-]?\d*\.\d*(e[+-]?\d+)?$/i.test(text) && /\d/.test(text)) {
    return BigInt(Math.round(Number(text) * 1000)) * NANOS_PER_MS;
  }
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text);
    return text.length <= MAX_SECONDS_DIGITS ? value * NANOS_PER_SECOND : value;
  }
  const time = readRfc3339(text);
  if (time === undefined) {
    throw badParameter(
      `could not parse '${name}' parameter: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`
    );
  }
  return time;
}

function readRfc3339(text: string): bigint | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9})\d*)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  const wholeMs = parts ? Date.parse(parts[1] + parts[3]) : NaN;
  if (!parts || Number.isNaN(wholeMs)) {
    return undefined;
  }
  return BigInt(wholeMs) * NANOS_PER_MS + BigInt((parts[2] ?? '').padEnd(9, '0'));
}

/** A number of s, or a Go duration. */
function readStep(params: URLSearchParams, window: Window): bigint {
  const text = params.get('step') ?? '';
  if (text === '') {
    // Only a window that goes forward has a step; the check that follows says so.
    return window.end > window.start ? defaultStep(window) : NANOS_PER_SECOND;
  }
  const step = readSecondsOrDuration(text);
  if (step === undefined) {
    throw badParameter(`cannot parse ${JSON.stringify(text)} to a valid duration`);
  }
  if (step < ZERO) {
    throw badParameter(`cannot parse ${JSON.stringify(text)}: step must be positive`);
  }
  return step;
}

function readSecondsOrDuration(text: string): bigint | undefined {
  const seconds = Number(text);
  if (text.trim() === text && text !== '' && Number.isFinite(seconds)) {
    return BigInt(Math.trunc(seconds * 1e9));
  }
  if (/[dwy]/.test(text)) {
    // Go has no units above the hour.
    return undefined;
  }
  const negative = text.startsWith('-');
  const duration = parseDuration(text.replace(/^[+-]/, ''));
  return duration === undefined ? undefined : negative ? -duration : duration;
}

function clampEnd({ start, end }: Window, nowMs: number): Window {
  const now = BigInt(Math.floor(nowMs)) * NANOS_PER_MS;
  checkOrder({ start, end });
  if (end <= now) {
    return { start, end };
  }
  if (start >= now) {
    throw new MetricsError('query window falls entirely within query_end_cutoff');
  }
  return { start, end: now };
}

/** The end goes back by whole seconds, so that a window keeps its fraction. */
function clampInstantEnd({ start, end }: Window, nowMs: number): Window {
  const now = BigInt(Math.floor(nowMs)) * NANOS_PER_MS;
  checkOrder({ start, end });
  if (end <= now) {
    return { start, end };
  }
  const ahead = (end - now + NANOS_PER_SECOND - BigInt(1)) / NANOS_PER_SECOND;
  const clamped = end - ahead * NANOS_PER_SECOND;
  if (clamped <= start) {
    throw new MetricsError('query window falls entirely within query_end_cutoff');
  }
  return { start, end: clamped };
}

function checkOrder({ start, end }: Window): void {
  if (start >= end) {
    throw new MetricsError('end must be greater than start');
  }
}

function checkRange({ start, end }: Window, step: bigint): void {
  if (end - start > MAX_RANGE) {
    throw new MetricsError(
      `metrics query time range exceeds the maximum allowed duration of ${formatGoDuration(MAX_RANGE)}`
    );
  }
  if (step === ZERO || (end - start) / step > MAX_INTERVALS) {
    const minimum = formatGoDuration((end - start) / MAX_INTERVALS);
    throw new MetricsError(
      `step of ${formatGoDuration(step)} is too small, minimum step for given range is ${minimum}`
    );
  }
}

function badParameter(message: string): MetricsError {
  return new MetricsError(`rpc error: code = Code(400) desc = ${message}`);
}
