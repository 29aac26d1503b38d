import { type DataSourceRecord, type DataSourceStore, toSettings } from './data-source-store';
import { HttpError, readJson, sendJson } from './http';
import { proxyToDataSource } from './proxy';
import { checkPrometheusHealth } from './prometheus-health';
import { type Route } from './routes';

/** Grafana's HTTP API of data sources, as far as the plugin and the host's pages use it. */
export function dataSourceRoutes(store: DataSourceStore, log: (line: string) => void): Route[] {
  const find = (uid: string): DataSourceRecord => {
    const record = store.get(uid);
    if (!record) {
      throw new HttpError(404, 'Data source not found');
    }
    return record;
  };
  const pathBelow = (rawUrl: string | undefined, marker: RegExp) => (rawUrl ?? '').replace(marker, '');

  return [
    {
      method: 'GET',
      pattern: /^\/api\/datasources$/,
      handle: ({ response }) => sendJson(response, 200, store.list().map(toSettings)),
    },
    {
      method: 'GET',
      pattern: /^\/api\/datasources\/uid\/([^/]+)$/,
      handle: ({ response, groups: [uid] }) => sendJson(response, 200, toSettings(find(uid))),
    },
    {
      method: 'PUT',
      pattern: /^\/api\/datasources\/uid\/([^/]+)$/,
      handle: async ({ request, response, groups: [uid] }) => {
        const record = store.update(uid, await readJson(request));
        sendJson(response, 200, {
          id: record.id,
          name: record.name,
          message: 'Datasource updated',
          datasource: toSettings(record),
        });
      },
    },
    {
      // the path goes on as it came: decoding it would change what the upstream sees
      pattern: /^\/api\/datasources\/proxy\/uid\/([^/]+)(?:\/.*)?$/,
      handle: ({ request, response, groups: [uid] }) => {
        const rest = pathBelow(request.url, /^\/api\/datasources\/proxy\/uid\/[^/?]+\/?/);
        proxyToDataSource(find(uid), rest, request, response, log);
      },
    },
    {
      // Grafana's Prometheus plugin has a backend, whose resources are Prometheus' own API
      pattern: /^\/api\/datasources\/uid\/([^/]+)\/resources\/.*$/,
      handle: ({ request, response, groups: [uid] }) => {
        const source = find(uid);
        requireBackend(source);
        const rest = pathBelow(request.url, /^\/api\/datasources\/uid\/[^/?]+\/resources\//);
        proxyToDataSource(source, rest, request, response, log);
      },
    },
    {
      method: 'GET',
      pattern: /^\/api\/datasources\/uid\/([^/]+)\/health$/,
      handle: async ({ response, groups: [uid] }) => {
        const source = find(uid);
        requireBackend(source);
        const health = await checkPrometheusHealth(source);
        sendJson(response, health.status === 'OK' ? 200 : 400, health);
      },
    },
  ];
}

function requireBackend(source: DataSourceRecord): void {
  if (source.type !== 'prometheus') {
    throw new HttpError(404, 'Plugin not found');
  }
}
