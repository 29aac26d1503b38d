import {
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type DataSourceRef,
  type ScopedVars,
} from '@grafana/data';
import {
  config,
  type DataSourceSrv,
  getBackendSrv,
  getTemplateSrv,
  type GetDataSourceListFilters,
} from '@grafana/runtime';
import { initDataSourceInstanceSettings } from '@runtime-internal/services/dataSource/settings.mjs';
import { importDataSourcePlugin } from './plugin-loader';

type Ref = DataSourceRef | string | null;

const instances = new Map<string, Promise<DataSourceApi>>();
const runtimeSources = new Map<string, DataSourceInstanceSettings>();

const allSettings = (): DataSourceInstanceSettings[] => Object.values(config.datasources);

function findSettings(ref?: Ref, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
  const named = typeof ref === 'string' ? ref : ref?.uid;
  if (!named || named === 'default') {
    const type = typeof ref === 'object' ? ref?.type : undefined;
    const candidates = type ? allSettings().filter((settings) => settings.type === type) : allSettings();
    return candidates.find(({ isDefault }) => isDefault) ?? candidates[0];
  }
  const key = named.includes('$') ? getTemplateSrv().replace(named, scopedVars) : named;
  const found =
    runtimeSources.get(key) ??
    allSettings().find(({ uid }) => uid === key) ??
    allSettings().find(({ name }) => name === key);
  // the variable stays visible to whoever stores the reference
  return found && key !== named ? { ...found, rawRef: { type: found.type, uid: found.uid }, uid: named } : found;
}

async function create(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  const plugin = await importDataSourcePlugin(settings.type);
  const instance = new plugin.DataSourceClass(settings);
  instance.components = plugin.components;
  instance.meta = settings.meta;
  return instance;
}

function isListed(settings: DataSourceInstanceSettings, filters: GetDataSourceListFilters): boolean {
  const { meta } = settings;
  const wantedTypes = filters.type === undefined ? undefined : [filters.type].flat();
  return (
    (!wantedTypes || wantedTypes.includes(settings.type)) &&
    (!filters.pluginId || meta.id === filters.pluginId) &&
    (!filters.metrics || meta.metrics === true) &&
    (!filters.tracing || meta.tracing === true) &&
    (!filters.logs || meta.logs === true) &&
    (!filters.annotations || meta.annotations === true) &&
    (!filters.alerting || meta.alerting === true) &&
    (!filters.filter || filters.filter(settings))
  );
}

export const dataSourceSrv: DataSourceSrv = {
  async get(ref, scopedVars) {
    const found = findSettings(ref, scopedVars);
    const settings = found?.rawRef ? findSettings(found.rawRef) : found;
    if (!settings) {
      throw new Error(`Datasource ${typeof ref === 'string' ? ref : (ref?.uid ?? '')} was not found`);
    }
    const known = instances.get(settings.uid) ?? create(settings);
    instances.set(settings.uid, known);
    known.catch(() => instances.delete(settings.uid));
    return known;
  },
  getInstanceSettings: findSettings,
  getList: (filters = {}) =>
    allSettings()
      .filter((settings) => isListed(settings, filters))
      .sort((a, b) => a.name.localeCompare(b.name)),
  async reload() {
    const settings =
      await getBackendSrv().get<Pick<typeof config, 'datasources' | 'defaultDatasource'>>('/api/frontend/settings');
    instances.clear();
    config.datasources = settings.datasources;
    config.defaultDatasource = settings.defaultDatasource;
    initDataSourceInstanceSettings(settings.datasources, settings.defaultDatasource);
  },
  registerRuntimeDataSource({ dataSource }) {
    if (runtimeSources.has(dataSource.uid)) {
      throw new Error(`A runtime data source with uid ${dataSource.uid} has already been registered`);
    }
    runtimeSources.set(dataSource.uid, dataSource.instanceSettings);
    instances.set(dataSource.uid, Promise.resolve(dataSource));
  },
};
