/** How this room asks Prometheus: the caller brings the data source. */
import { type Steps } from '../trace/steps';
import { type EpochRange } from './time-ranges';

export interface PromqlQuery {
  refId: string;
  expr: string;
  instant: true;
}

export interface PromqlRow {
  labels: Record<string, string>;
  value: number;
}

/** Rows between two steps: a step for each costs as much as reading it. */
const ROWS_PER_STEP = 32;

export function* eachRow(rows: readonly PromqlRow[] = [], read: (row: PromqlRow) => void): Steps<void> {
  for (let index = 0; index < rows.length; index++) {
    read(rows[index]);
    if (index % ROWS_PER_STEP === 0) {
      yield;
    }
  }
}

/** Answers each query at the end of the caller's time range; rejects when one of them fails. */
export type RunPromQL = (queries: PromqlQuery[], signal: AbortSignal) => Promise<Record<string, PromqlRow[]>>;

/** The same at the end of another range, e.g. of the window that is compared with. */
export type RunPromQLAt = (range: EpochRange) => RunPromQL;

export interface PromqlRangeQuery {
  refId: string;
  expr: string;
}

export interface PromqlSeries {
  labels: Record<string, string>;
  /** ms since the Unix epoch, ascending; the same length as `values` */
  times: number[];
  values: number[];
}

export interface PromqlSteps extends EpochRange {
  /** s between two points */
  step: number;
}

/** Answers each query at every step; rejects when one of them fails. */
export type RunPromQLRange = (
  queries: PromqlRangeQuery[],
  steps: PromqlSteps,
  signal: AbortSignal
) => Promise<Record<string, PromqlSeries[]>>;
