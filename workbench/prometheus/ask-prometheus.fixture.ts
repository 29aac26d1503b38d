/** Asks a real Prometheus as the plugin does through Grafana. */
import * as v from 'valibot';

import {
  type PromqlRow,
  type PromqlSeries,
  type RunPromQL,
  type RunPromQLRange,
} from '../../src/servicegraph/run-promql';

const Labels = v.record(v.string(), v.string());
const Value = v.tuple([v.number(), v.pipe(v.string(), v.transform(Number))]);
const Vector = v.object({
  data: v.object({
    result: v.array(v.object({ metric: Labels, value: v.optional(Value), histogram: v.optional(v.unknown()) })),
  }),
});
const Matrix = v.object({
  data: v.object({ result: v.array(v.object({ metric: Labels, values: v.array(Value) })) }),
});
const Exemplars = v.object({
  data: v.array(v.object({ exemplars: v.array(v.object({ labels: Labels })) })),
});
const Refused = v.object({ error: v.string() });

/** @throws Error with the words of Prometheus */
async function ask(url: string, path: string, parameters: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${url}/api/v1/${path}`, { method: 'POST', body: new URLSearchParams(parameters) });
  const answer: unknown = await response.json();
  if (!response.ok) {
    throw new Error(v.is(Refused, answer) ? answer.error : `HTTP ${response.status}`);
  }
  return answer;
}

/** Whether the answer is made of native histograms */
export async function hasHistograms(url: string, query: string, timeMs: number): Promise<boolean> {
  const { data } = v.parse(Vector, await ask(url, 'query', { query, time: String(timeMs / 1000) }));
  return data.result.length > 0 && data.result.every(({ histogram }) => histogram !== undefined);
}

export async function rowsAt(url: string, query: string, timeMs: number): Promise<PromqlRow[]> {
  const { data } = v.parse(Vector, await ask(url, 'query', { query, time: String(timeMs / 1000) }));
  return data.result.flatMap(({ metric, value }) => (value ? [{ labels: metric, value: value[1] }] : []));
}

/** Answers at one time. */
export function runAt(url: string, timeMs: number): RunPromQL {
  return async (queries) =>
    Object.fromEntries(
      await Promise.all(queries.map(async ({ refId, expr }) => [refId, await rowsAt(url, expr, timeMs)] as const))
    );
}

export function runRange(url: string): RunPromQLRange {
  return async (queries, { from, to, step }) => {
    const times = { start: String(from / 1000), end: String(to / 1000), step: String(step) };
    const answers = queries.map(async ({ refId, expr }): Promise<[string, PromqlSeries[]]> => {
      const { data } = v.parse(Matrix, await ask(url, 'query_range', { query: expr, ...times }));
      const series = data.result.map(({ metric, values }) => ({
        labels: metric,
        times: values.map(([seconds]) => seconds * 1000),
        values: values.map(([, value]) => value),
      }));
      return [refId, series];
    });
    return Object.fromEntries(await Promise.all(answers));
  };
}

/** Labels of the exemplars of every series in an expression */
export async function exemplarsIn(url: string, query: string, fromMs: number, toMs: number) {
  const parameters = { query, start: String(fromMs / 1000), end: String(toMs / 1000) };
  const { data } = v.parse(Exemplars, await ask(url, 'query_exemplars', parameters));
  return data.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels));
}
