/** Modules that exist under these names only in the host's bundle: see `moduleAliases` in build.ts. */
declare module '@runtime-internal/components/PluginPage.mjs' {
  export function setPluginPage(component: import('@grafana/runtime').PluginPageType): void;
}
declare module '@runtime-internal/components/PanelDataErrorView.mjs' {
  export function setPanelDataErrorView(
    component: import('react').ComponentType<import('@grafana/runtime').PanelDataErrorViewProps>
  ): void;
}
declare module '@runtime-internal/components/PanelRenderer.mjs' {
  export function setPanelRenderer(
    component: import('react').ComponentType<import('@grafana/runtime').PanelRendererProps>
  ): void;
}
declare module '@runtime-internal/services/dataSource/dataSource.mjs' {
  export function setDataSourcePluginImporter(
    importer: (meta: import('@grafana/data').DataSourcePluginMeta) => Promise<import('@grafana/data').DataSourcePlugin>
  ): void;
}
declare module '@runtime-internal/services/dataSource/settings.mjs' {
  export function initDataSourceInstanceSettings(
    settings: Record<string, import('@grafana/data').DataSourceInstanceSettings>,
    defaultDataSourceName: string
  ): void;
}
declare module '@runtime-internal/services/pluginExtensions/getObservablePluginLinks.mjs' {
  export function setGetObservablePluginLinks(links: () => import('rxjs').Observable<[]>): void;
}
declare module '@runtime-internal/services/pluginExtensions/getObservablePluginComponents.mjs' {
  export function setGetObservablePluginComponents(components: () => import('rxjs').Observable<[]>): void;
}
declare module 'react-router-v5' {
  export const Router: import('react').ComponentType<{ history: unknown; children: import('react').ReactNode }>;
}
declare module 'react-router-dom-v5-compat' {
  export const CompatRouter: import('react').ComponentType<{ children: import('react').ReactNode }>;
  export { Link, Route, Routes, useLocation, useParams } from 'react-router-dom';
}
declare module 'systemjs/dist/system.js' {}
declare module 'systemjs/dist/extras/amd.js' {}
