import { type AppPluginMeta, type DataSourcePluginMeta, type PanelPluginMeta } from '@grafana/data';
import { type HostBootData } from '../shared/boot-data';

declare global {
  interface Window {
    __grafanaSceneContext?: unknown;
  }
}

export type AnyPluginMeta = AppPluginMeta | DataSourcePluginMeta | PanelPluginMeta;

type PageBootData = Omit<HostBootData, 'workbench'> & {
  workbench: { plugins: AnyPluginMeta[]; hasLoadControl: boolean };
};

/** What the server wrote into the page. Same origin, same project: not checked again. */
export const boot: PageBootData = Reflect.get(window, 'grafanaBootData');
