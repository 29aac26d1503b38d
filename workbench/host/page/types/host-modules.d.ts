/* eslint-disable no-duplicate-imports -- each declared module has its own imports */
/** Modules that exist under these names only in the host's bundle: see `moduleAliases` in build.ts. */
declare module '@runtime-internal/components/PluginPage.mjs' {
  import { type PluginPageType } from '@grafana/runtime';
  export function setPluginPage(component: PluginPageType): void;
}
declare module '@runtime-internal/components/PanelDataErrorView.mjs' {
  import { type PanelDataErrorViewProps } from '@grafana/runtime';
  import { type ComponentType } from 'react';
  export function setPanelDataErrorView(component: ComponentType<PanelDataErrorViewProps>): void;
}
declare module '@runtime-internal/components/PanelRenderer.mjs' {
  import { type PanelRendererProps } from '@grafana/runtime';
  import { type ComponentType } from 'react';
  export function setPanelRenderer(component: ComponentType<PanelRendererProps>): void;
}
declare module '@runtime-internal/services/dataSource/dataSource.mjs' {
  import { type DataSourcePlugin, type DataSourcePluginMeta } from '@grafana/data';
  export function setDataSourcePluginImporter(
    importer: (meta: DataSourcePluginMeta) => Promise<DataSourcePlugin>
  ): void;
}
declare module '@runtime-internal/services/dataSource/settings.mjs' {
  import { type DataSourceInstanceSettings } from '@grafana/data';
  export function initDataSourceInstanceSettings(
    settings: Record<string, DataSourceInstanceSettings>,
    defaultDataSourceName: string
  ): void;
}
declare module '@runtime-internal/services/pluginExtensions/getObservablePluginLinks.mjs' {
  import { type Observable } from 'rxjs';
  export function setGetObservablePluginLinks(links: () => Observable<[]>): void;
}
declare module '@runtime-internal/services/pluginExtensions/getObservablePluginComponents.mjs' {
  import { type Observable } from 'rxjs';
  export function setGetObservablePluginComponents(components: () => Observable<[]>): void;
}
declare module 'react-router-v5' {
  import { type ComponentType, type ReactNode } from 'react';
  export const Router: ComponentType<{ history: unknown; children: ReactNode }>;
}
declare module 'react-router-dom-v5-compat' {
  import { type ComponentType, type ReactNode } from 'react';
  export const CompatRouter: ComponentType<{ children: ReactNode }>;
  export { Link, Route, Routes, useLocation, useParams } from 'react-router-dom';
}
declare module 'systemjs/dist/system.js' {}
declare module 'systemjs/dist/extras/amd.js' {}
