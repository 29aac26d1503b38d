import { rangeUtil } from '@grafana/data';
import { DEFAULT_SCRAPE_INTERVAL } from './model';

/** Prometheus refuses more points than this in one series. */
const MAX_POINTS = 11_000;
const RATE_INTERVAL = ['$__rate_interval', '${__rate_interval}'];
const INTERVAL = ['$__interval', '${__interval}'];

export interface StepInput {
  /** ms */
  rangeMs: number;
  maxDataPoints: number;
  /** ms, as the panel asks: the range divided by its points */
  intervalMs: number;
  /** The query's own smallest step, if it has one. */
  minStep?: string;
  intervalFactor?: number;
  scrapeInterval?: string;
}

/** The step of a range query in ms, as Grafana's Prometheus backend computes it. */
export function calculateStep(input: StepInput): number {
  const { rangeMs, maxDataPoints, minStep, intervalFactor = 1, scrapeInterval } = input;
  const wanted = Math.max(rangeUtil.roundInterval(rangeMs / (maxDataPoints || 1500)), smallestStep(input));
  const step = Math.max(wanted, rangeUtil.roundInterval(rangeMs / MAX_POINTS));
  return minStep && RATE_INTERVAL.includes(minStep) ? rateInterval(step, scrapeInterval) : step * (intervalFactor || 1);
}

function smallestStep({ minStep, intervalMs, scrapeInterval }: StepInput): number {
  if (minStep && !isVariable(minStep)) {
    return rangeUtil.intervalToMs(minStep);
  }
  return intervalMs || rangeUtil.intervalToMs(scrapeInterval || DEFAULT_SCRAPE_INTERVAL);
}

/**
 * `$__rate_interval` in ms: the step plus one scrape, and at least four scrapes, so that `rate` always has samples.
 * Source: grafana.com/docs, Prometheus template variables.
 */
export function rateInterval(stepMs: number, scrapeInterval?: string): number {
  const scrape = rangeUtil.intervalToMs(scrapeInterval || DEFAULT_SCRAPE_INTERVAL);
  return Math.max(stepMs + scrape, 4 * scrape);
}

/** Puts numbers in place of Grafana's interval variables. */
export function interpolateIntervals(expr: string, stepMs: number, input: StepInput): string {
  const { minStep, scrapeInterval, rangeMs } = input;
  const rate =
    minStep && RATE_INTERVAL.includes(minStep)
      ? stepMs
      : rateInterval(stepMs, minStep && !isVariable(minStep) ? minStep : scrapeInterval);
  const rangeSeconds = Math.round(rangeMs / 1000);
  const values: Record<string, string> = {
    __interval_ms: String(stepMs),
    __interval: toDuration(stepMs),
    __range_ms: String(rangeMs),
    __range_s: String(rangeSeconds),
    __range: `${rangeSeconds}s`,
    __rate_interval_ms: String(rate),
    __rate_interval: toDuration(rate),
  };
  return expr.replace(/\$(?:\{(__\w+)\}|(__\w+))/g, (match, braced, bare) => values[braced ?? bare] ?? match);
}

/** Start and end in s, moved down to whole steps so that a refresh asks for the same points again. */
export function alignRange(fromMs: number, toMs: number, stepMs: number, utcOffsetSec: number): [number, number] {
  const align = (time: number) =>
    (Math.floor((time + utcOffsetSec * 1000) / stepMs) * stepMs - utcOffsetSec * 1000) / 1000;
  return [align(fromMs), align(toMs)];
}

/** A duration in the largest unit that keeps it whole: `15s`, `1m`, `500ms`. */
export function toDuration(ms: number): string {
  const units: Array<[number, string]> = [
    [3_600_000, 'h'],
    [60_000, 'm'],
    [1000, 's'],
  ];
  const unit = units.find(([size]) => ms >= size && ms % size === 0);
  return unit ? `${ms / unit[0]}${unit[1]}` : `${ms}ms`;
}

function isVariable(text: string): boolean {
  return RATE_INTERVAL.includes(text) || INTERVAL.includes(text);
}
