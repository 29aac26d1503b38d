import { type DataSourceRecord } from './data-source-store';
import { requestHeaders, upstreamUrl } from './proxy';

export interface Health {
  status: 'OK' | 'ERROR';
  message: string;
}

/** The health check of Grafana's Prometheus backend: can the server evaluate `1+1`? */
export async function checkPrometheusHealth(source: DataSourceRecord): Promise<Health> {
  try {
    const headers = new Headers();
    for (const [name, value] of Object.entries(requestHeaders(source, {}))) {
      headers.set(name, String(value));
    }
    const answer = await fetch(upstreamUrl(source.url, 'api/v1/query?query=1%2B1'), { headers });
    const text = await answer.text();
    return answer.ok
      ? { status: 'OK', message: 'Successfully queried the Prometheus API.' }
      : { status: 'ERROR', message: `${answer.status} ${answer.statusText} ${text.slice(0, 200)}`.trim() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { status: 'ERROR', message: `There was an error returned querying the Prometheus API. ${cause}` };
  }
}
