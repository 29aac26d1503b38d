import * as v from 'valibot';
import { type DialectOverride } from '../../../servicegraph/dialect-override';
import { escapeRegex, quote } from '../../../servicegraph/promql-text';
import { type Answer } from '../answer';
import { ask, readBody, type SetupReply } from '../http';
import { mapped, type ProbeTarget } from '../tempo-probes';

export interface PrometheusTarget extends ProbeTarget {
  /** Address of the data source's resources in Grafana, asked before the proxy */
  resourcesUrl: string;
  /** What an administrator set for names that cannot be found out */
  override?: DialectOverride;
}

export interface Row {
  labels: Record<string, string>;
  value: number;
  /** When the server evaluated it, s since the Unix epoch */
  time: number;
}

export const sampleSchema = v.tuple([v.number(), v.string()]);
const vectorSchema = v.object({
  status: v.literal('success'),
  data: v.object({
    resultType: v.literal('vector'),
    result: v.array(v.object({ metric: v.record(v.string(), v.string()), value: sampleSchema })),
  }),
});

export async function askPrometheus(
  { get, url, resourcesUrl, stop }: PrometheusTarget,
  path: string,
  params?: Record<string, string | number>
): Promise<Answer<SetupReply>> {
  const answer = await ask(get, { url: `${resourcesUrl}/api/v1/${path}`, params }, stop);
  // A plugin without such resources: the plain proxy may still lead to the server.
  return !answer.ok && answer.kind === 'unsupported'
    ? ask(get, { url: `${url.replace(/\/+$/, '')}/api/v1/${path}`, params }, stop)
    : answer;
}

/** An instant query. */
export async function query(target: PrometheusTarget, expr: string): Promise<Answer<Row[]>> {
  // Without a time the server takes its own: the browser's clock may be wrong.
  const reply = await askPrometheus(target, 'query', { query: expr });
  return mapped(readBody(reply, vectorSchema), ({ data }) =>
    data.result.map(({ metric, value: [time, value] }) => ({ labels: metric, value: Number(value), time }))
  );
}

/** Any of the series; the name as a label takes every name in every version of Prometheus. */
export function selector(names: readonly string[], matchers = ''): string {
  return `{__name__=~${quote(names.map(escapeRegex).join('|'))}${matchers}}`;
}
