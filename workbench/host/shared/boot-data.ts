/**
 * What the server tells the page at start. The outer shape (`user`, `settings`, `navTree`) is the one that
 * `@grafana/runtime` reads from `window.grafanaBootData`; `workbench` is the host's own part.
 */
export interface PluginInclude {
  type: string;
  name: string;
  path?: string;
  addToNav?: boolean;
  defaultNav?: boolean;
}

/** plugin.json as Grafana hands it to the browser: with the address of its module. */
export interface HostPluginMeta {
  id: string;
  name: string;
  type: 'app' | 'datasource' | 'panel';
  info: {
    author: { name: string };
    description: string;
    links: Array<{ name: string; url: string }>;
    logos: { small: string; large: string };
    screenshots: [];
    updated: string;
    version: string;
    keywords?: string[];
  };
  module: string;
  baseUrl: string;
  enabled: boolean;
  jsonData: Record<string, unknown>;
  secureJsonFields: Record<string, boolean>;
  includes?: PluginInclude[];
  dependencies?: Record<string, unknown>;
  translations?: Record<string, string>;
  [property: string]: unknown;
}

/** A data source as the browser gets it: the address is the proxy's, and there are no secrets. */
export interface HostDataSource {
  id: number;
  uid: string;
  name: string;
  type: string;
  access: 'proxy';
  url: string;
  isDefault: boolean;
  readOnly: boolean;
  jsonData: Record<string, unknown>;
  meta: HostPluginMeta;
}

export interface NavItem {
  id: string;
  text: string;
  url: string;
  icon: string;
  children?: NavItem[];
}

export interface WorkbenchBootData {
  plugins: HostPluginMeta[];
  /** A load controller is there, so faults can be switched. */
  hasLoadControl: boolean;
}

export interface HostBootData {
  assets: { light: string; dark: string };
  user: Record<string, unknown> & { theme: string; lightTheme: boolean };
  settings: Record<string, unknown> & { datasources: Record<string, HostDataSource>; defaultDatasource: string };
  navTree: NavItem[];
  workbench: WorkbenchBootData;
}
