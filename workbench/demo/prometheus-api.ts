import * as v from 'valibot';

const vectorSchema = v.object({
  status: v.literal('success'),
  data: v.object({
    resultType: v.literal('vector'),
    result: v.array(v.object({ metric: v.record(v.string(), v.string()), value: v.tuple([v.number(), v.string()]) })),
  }),
});

const exemplarsSchema = v.object({
  status: v.literal('success'),
  data: v.array(
    v.object({
      seriesLabels: v.record(v.string(), v.string()),
      exemplars: v.array(v.object({ labels: v.record(v.string(), v.string()), timestamp: v.number() })),
    })
  ),
});

export interface Row {
  labels: Record<string, string>;
  value: number;
}

export interface ExemplarLabels {
  labels: Record<string, string>;
  /** s since the Unix epoch */
  timestamp: number;
}

/** The few questions that the check asks of Prometheus. Rejects with an Error that tells status or shape. */
export class PrometheusApi {
  /** `baseUrl` may be a data source proxy. */
  constructor(private readonly baseUrl: string) {}

  async query(expression: string): Promise<Row[]> {
    const answer = v.parse(vectorSchema, await this.get('query', { query: expression }));
    return answer.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** `start` and `end` in s since the Unix epoch. Newest first. */
  async exemplars(expression: string, start: number, end: number): Promise<ExemplarLabels[]> {
    const params = { query: expression, start: String(start), end: String(end) };
    const answer = v.parse(exemplarsSchema, await this.get('query_exemplars', params));
    return answer.data.flatMap(({ exemplars }) => exemplars).sort((a, b) => b.timestamp - a.timestamp);
  }

  private async get(path: string, params: Record<string, string>): Promise<unknown> {
    const response = await fetch(`${this.baseUrl}/api/v1/${path}?${new URLSearchParams(params)}`);
    if (!response.ok) {
      throw new Error(`Prometheus answers HTTP ${response.status}`);
    }
    return response.json();
  }
}
