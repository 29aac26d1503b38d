import { type HostBootData, type HostDataSource, type HostPluginMeta, type NavItem } from '../shared/boot-data';

export interface BootInput {
  appUrl: string;
  grafanaVersion: string;
  plugins: HostPluginMeta[];
  dataSources: HostDataSource[];
  hasLoadControl: boolean;
}

/** The start data of the page. The theme is set by the page itself, which remembers it. */
export function bootData({ appUrl, grafanaVersion, plugins, dataSources, hasLoadControl }: BootInput): HostBootData {
  const apps = plugins.filter(({ type }) => type === 'app');
  const panels = plugins.filter(({ type }) => type === 'panel');
  const defaultSource = dataSources.find(({ isDefault }) => isDefault) ?? dataSources[0];
  return {
    assets: { light: '', dark: '' },
    user: {
      id: 1,
      uid: 'workbench',
      login: 'workbench',
      name: 'Workbench',
      email: '',
      isSignedIn: true,
      orgId: 1,
      orgCount: 1,
      orgName: 'Main Org.',
      orgRole: 'Admin',
      isGrafanaAdmin: true,
      gravatarUrl: '',
      theme: 'dark',
      lightTheme: false,
      timezone: 'browser',
      weekStart: '',
      locale: 'en-US',
      language: 'en-US',
      permissions: { 'datasources:explore': true, 'datasources:read': true, 'datasources:query': true },
      analytics: { identifier: '' },
    },
    settings: {
      appUrl,
      appSubUrl: '',
      namespace: 'default',
      minRefreshInterval: '5s',
      buildInfo: { version: grafanaVersion, commit: '', env: 'production', edition: 'Open Source', hideVersion: false },
      datasources: Object.fromEntries(dataSources.map((source) => [source.name, source])),
      defaultDatasource: defaultSource?.name ?? '',
      exploreEnabled: true,
      liveEnabled: false,
      rendererAvailable: false,
      featureToggles: {},
      panels: Object.fromEntries(panels.map((meta) => [meta.id, meta])),
      apps: Object.fromEntries(apps.map((meta) => [meta.id, toAppConfig(meta)])),
    },
    navTree: navTree(apps, hasLoadControl),
    workbench: { plugins, hasLoadControl },
  };
}

function toAppConfig(meta: HostPluginMeta) {
  return {
    id: meta.id,
    path: meta.module,
    version: meta.info.version,
    preload: false,
    angular: { detected: false, hideDeprecation: false },
    loadingStrategy: 'script',
    dependencies: meta.dependencies,
    extensions: { addedLinks: [], addedComponents: [], addedFunctions: [], exposedComponents: [], extensionPoints: [] },
  };
}

function navTree(apps: HostPluginMeta[], hasLoadControl: boolean): NavItem[] {
  const workbench: NavItem = { id: 'workbench', text: 'Workbench', url: '/workbench', icon: 'sliders-v-alt' };
  return [
    ...apps.map((app) => ({
      id: app.id,
      text: app.name,
      url: `/a/${app.id}`,
      icon: 'sitemap',
      children: appPages(app),
    })),
    { id: 'dashboards', text: 'Dashboards', url: '/dashboards', icon: 'gf-grid' },
    { id: 'explore', text: 'Explore', url: '/explore', icon: 'compass' },
    {
      id: 'connections',
      text: 'Connections',
      url: '/connections',
      icon: 'plug',
      children: [{ id: 'datasources', text: 'Data sources', url: '/connections/datasources', icon: 'database' }],
    },
    ...(hasLoadControl ? [workbench] : []),
  ];
}

function appPages(app: HostPluginMeta): NavItem[] {
  return (app.includes ?? []).flatMap(({ type, name, path, addToNav }) =>
    type === 'page' && path && addToNav ? [{ id: path, text: name, url: path, icon: 'file-alt' }] : []
  );
}
