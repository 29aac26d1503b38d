import {
  AppPlugin,
  type AppPluginMeta,
  type DataSourceApi,
  DataSourcePlugin,
  PanelPlugin,
  type PanelPluginMeta,
  type PluginMeta,
  PluginType,
} from '@grafana/data';
import { type AnyPluginMeta } from '../boot';
import { addPluginTranslations } from './translations';

type AnyDataSourcePlugin = DataSourcePlugin<DataSourceApi>;

const metas = new Map<string, AnyPluginMeta>();
const standIns = new Map<string, object>();
const loading = new Map<string, Promise<object>>();
const panels = new Map<string, PanelPlugin>();

/** `ownPlugins` are the host's stand-ins for plugins that are part of Grafana. */
export function registerPlugins(list: AnyPluginMeta[], ownPlugins: Record<string, object>): void {
  list.forEach((meta) => metas.set(meta.id, meta));
  Object.entries(ownPlugins).forEach(([id, plugin]) => standIns.set(id, plugin));
}

export function getPluginMeta(id: string): AnyPluginMeta | undefined {
  return metas.get(id);
}

/** Imports a plugin once. A failed import is tried again next time. */
function importPlugin(id: string): Promise<object> {
  const known = loading.get(id);
  if (known) {
    return known;
  }
  const started = load(id);
  loading.set(id, started);
  started.catch(() => loading.delete(id));
  return started;
}

export async function importAppPlugin(id: string): Promise<AppPlugin> {
  const plugin = await importPlugin(id);
  if (!(plugin instanceof AppPlugin)) {
    throw new Error(`Plugin ${id} is not an app`);
  }
  return plugin;
}

export async function importDataSourcePlugin(id: string): Promise<AnyDataSourcePlugin> {
  const plugin = await importPlugin(id);
  if (!(plugin instanceof DataSourcePlugin)) {
    throw new Error(`Plugin ${id} is not a data source`);
  }
  return plugin;
}

export async function importPanelPlugin(id: string): Promise<PanelPlugin> {
  const plugin = await importPlugin(id);
  if (!(plugin instanceof PanelPlugin)) {
    throw new Error(`Plugin ${id} is not a panel`);
  }
  return plugin;
}

export const getPanelPluginFromCache = (id: string): PanelPlugin | undefined => panels.get(id);

async function load(id: string): Promise<object> {
  const meta = metas.get(id);
  if (!meta) {
    throw new Error(`Plugin ${id} is not installed`);
  }
  const plugin = standIns.get(id) ?? (await importModule(meta));
  attachMeta(plugin, meta);
  return plugin;
}

async function importModule(meta: PluginMeta): Promise<object> {
  await addPluginTranslations(meta);
  const imported: unknown = await System.import(new URL(meta.module, window.location.origin).href);
  // AMD exports come as `default`; a module with a top-level await is exported as a promise
  const namespace: unknown = await (property(imported, 'default') ?? imported);
  const plugin = property(namespace, 'plugin');
  if (plugin instanceof AppPlugin || plugin instanceof DataSourcePlugin || plugin instanceof PanelPlugin) {
    return plugin;
  }
  throw new Error(`${meta.module} exports no plugin`);
}

function attachMeta(plugin: object, meta: AnyPluginMeta): void {
  if (plugin instanceof AppPlugin) {
    const appMeta: AppPluginMeta = meta;
    plugin.meta = appMeta;
    plugin.init(appMeta);
  } else if (plugin instanceof PanelPlugin && isPanelMeta(meta)) {
    plugin.meta = meta;
    panels.set(meta.id, plugin);
  } else if (plugin instanceof DataSourcePlugin) {
    plugin.meta = meta;
  }
}

function isPanelMeta(meta: AnyPluginMeta): meta is PanelPluginMeta {
  return meta.type === PluginType.panel;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
