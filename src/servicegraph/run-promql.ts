/** How this room asks Prometheus: the caller brings the data source. */
export interface PromqlQuery {
  refId: string;
  expr: string;
  instant: true;
}

export interface PromqlRow {
  labels: Record<string, string>;
  value: number;
}

/** Answers each query at the end of the caller's time range; rejects when one of them fails. */
export type RunPromQL = (queries: PromqlQuery[], signal: AbortSignal) => Promise<Record<string, PromqlRow[]>>;
