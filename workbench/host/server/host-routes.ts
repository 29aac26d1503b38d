import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type HostPluginMeta } from '../shared/boot-data';
import { findNodeModules, sendPublicAsset } from './assets';
import { bootData } from './boot';
import { corePluginMetas } from './core-plugins';
import { readDashboards, toDashboardDto, toSearchHit } from './dashboards';
import { dataSourceRoutes } from './data-source-routes';
import { DataSourceStore, toBrowserSettings } from './data-source-store';
import { HttpError, sendFile, sendJson } from './http';
import { indexHtml } from './index-html';
import { findPlugins } from './plugins';
import { readApps, readDataSources } from './provisioning';
import { forward, requestHeaders, upstreamUrl } from './proxy';
import { type Route } from './routes';

export interface HostRoutesOptions {
  appUrl: string;
  hostDir: string;
  pageDir: string;
  distDir: string;
  provisioningDir: string;
  upstreams: Record<string, string>;
  loadUrl?: string;
  environment: Record<string, string | undefined>;
  log: (line: string) => void;
}

/** Every address the host answers, most specific first. Throws when a provisioning file is broken. */
export function hostRoutes(options: HostRoutesOptions): Route[] {
  const { hostDir, pageDir, provisioningDir, log, loadUrl } = options;
  const nodeModules = findNodeModules(hostDir);
  const built = findPlugins(options.distDir);
  const apps = readApps(provisioningDir, options.environment);
  const plugins = [...built.map(({ meta }) => withProvisioning(meta, apps)), ...corePluginMetas()];
  const metaOf = (id: string) => plugins.find((plugin) => plugin.id === id);
  const known = readDataSources(provisioningDir, options.environment).filter(({ name, type }) => {
    if (!metaOf(type)) {
      log(`data source "${name}" is left out: the host has no plugin "${type}"`);
    }
    return metaOf(type) !== undefined;
  });
  const store = new DataSourceStore(known, options.upstreams);
  const browserSettings = () =>
    store.list().flatMap((record) => {
      const meta = metaOf(record.type);
      return meta ? [toBrowserSettings(record, meta)] : [];
    });
  const boot = () =>
    bootData({
      appUrl: options.appUrl,
      grafanaVersion: packageVersion(nodeModules, '@grafana/runtime'),
      plugins,
      dataSources: browserSettings(),
      hasLoadControl: loadUrl !== undefined,
    });

  return [
    ...dataSourceRoutes(store, log),
    {
      method: 'GET',
      pattern: /^\/api\/frontend\/settings\/?$/,
      handle: ({ response }) => sendJson(response, 200, boot().settings),
    },
    {
      method: 'GET',
      pattern: /^\/api\/plugins\/([^/]+)\/settings$/,
      handle: ({ response, groups: [id] }) => {
        const meta = metaOf(id);
        if (!meta) {
          throw new HttpError(404, 'Plugin not found, no installed plugin with that id');
        }
        sendJson(response, 200, meta);
      },
    },
    {
      method: 'GET',
      pattern: /^\/api\/dashboards\/uid\/([^/]+)$/,
      handle: ({ response, groups: [uid] }) => {
        const dashboard = readDashboards(provisioningDir, log).find((candidate) => candidate.uid === uid);
        if (!dashboard) {
          throw new HttpError(404, 'Dashboard not found');
        }
        sendJson(response, 200, toDashboardDto(dashboard));
      },
    },
    {
      method: 'GET',
      pattern: /^\/api\/search$/,
      handle: ({ response }) => sendJson(response, 200, readDashboards(provisioningDir, log).map(toSearchHit)),
    },
    {
      method: 'GET',
      pattern: /^\/api\/user$/,
      handle: ({ response }) => sendJson(response, 200, boot().user),
    },
    {
      method: 'GET',
      pattern: /^\/api\/health$/,
      handle: ({ response }) => sendJson(response, 200, { database: 'ok', version: 'workbench', commit: '' }),
    },
    ...(loadUrl ? [loadControlRoute(loadUrl, log)] : []),
    {
      pattern: /^\/(api|apis|workbench\/api)\//,
      handle: ({ response }) => sendJson(response, 404, { message: 'Not found' }),
    },
    {
      method: 'GET',
      pattern: /^\/public\/plugins\/([^/]+)\/(.+)$/,
      handle: async ({ response, groups: [id, file] }) => {
        const plugin = built.find(({ meta }) => meta.id === id);
        if (!plugin || !(await sendFile(response, plugin.dir, file))) {
          sendJson(response, 404, { message: 'Plugin file not found' });
        }
      },
    },
    {
      method: 'GET',
      pattern: /^\/public\/(.+)$/,
      handle: async ({ response, groups: [file] }) => {
        const roots = { nodeModules, assets: path.join(hostDir, 'assets') };
        if (!(await sendPublicAsset(response, roots, file))) {
          sendJson(response, 404, { message: 'Not found' });
        }
      },
    },
    {
      method: 'GET',
      pattern: /^\/host\/(.+)$/,
      handle: async ({ response, groups: [file] }) => {
        if (!(await sendFile(response, pageDir, file))) {
          sendJson(response, 404, { message: 'Not found' });
        }
      },
    },
    {
      method: 'GET',
      pattern: /^\//,
      handle: ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
        response.end(indexHtml(boot()));
      },
    },
  ];
}

/** `/workbench/api/faults` and below are the load controller's `/faults`. */
function loadControlRoute(loadUrl: string, log: (line: string) => void): Route {
  return {
    pattern: /^\/workbench\/api\/(faults(?:\/[\w-]+)?)$/,
    handle: ({ request, response, url, groups: [path] }) => {
      const plain = { basicAuth: false, basicAuthUser: '', jsonData: {}, secureJsonData: {} };
      forward(upstreamUrl(loadUrl, path + url.search), requestHeaders(plain, request.headers), request, response, log);
    },
  };
}

function withProvisioning(meta: HostPluginMeta, apps: ReturnType<typeof readApps>): HostPluginMeta {
  const settings = apps.find(({ type }) => type === meta.id);
  return settings
    ? {
        ...meta,
        enabled: !settings.disabled,
        jsonData: settings.jsonData,
        secureJsonFields: Object.fromEntries(Object.keys(settings.secureJsonData).map((key) => [key, true])),
      }
    : meta;
}

function packageVersion(nodeModules: string, name: string): string {
  const json: unknown = JSON.parse(readFileSync(path.join(nodeModules, name, 'package.json'), 'utf8'));
  return typeof json === 'object' && json !== null && 'version' in json ? String(json.version) : '';
}
