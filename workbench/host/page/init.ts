import { locationUtil, setTimeZoneResolver } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import {
  config,
  FakeEchoSrv,
  locationService,
  setAppEvents,
  setBackendSrv,
  setChromeHeaderHeightHook,
  setDataSourceSrv,
  setEchoSrv,
  setLocationSrv,
  setMegaMenuOpenHook,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { setPanelDataErrorView } from '@runtime-internal/components/PanelDataErrorView.mjs';
import { setPanelRenderer } from '@runtime-internal/components/PanelRenderer.mjs';
import { setPluginPage } from '@runtime-internal/components/PluginPage.mjs';
import { setDataSourcePluginImporter } from '@runtime-internal/services/dataSource/dataSource.mjs';
import { initDataSourceInstanceSettings } from '@runtime-internal/services/dataSource/settings.mjs';
import { setGetObservablePluginComponents } from '@runtime-internal/services/pluginExtensions/getObservablePluginComponents.mjs';
import { setGetObservablePluginLinks } from '@runtime-internal/services/pluginExtensions/getObservablePluginLinks.mjs';
import { of } from 'rxjs';
import { prometheusPlugin } from '../datasources/prometheus/plugin';
import { boot } from './boot';
import { TOP_BAR_HEIGHT } from './frame/app-frame';
import { Page } from './frame/page';
import { setMonacoWorkers } from './monaco-workers';
import { corePanels } from './panels/core-panels';
import { PanelDataErrorView } from './panels/panel-data-error-view';
import { PanelRenderer } from './panels/panel-renderer';
import { appEvents } from './shims/app-events';
import { backendSrv } from './shims/backend-srv';
import { dataSourceSrv } from './shims/data-source-srv';
import {
  getPanelPluginFromCache,
  importDataSourcePlugin,
  importPanelPlugin,
  registerPlugins,
} from './shims/plugin-loader';
import { fillRegistries } from './shims/registries';
import { runRequest } from './shims/run-request';
import { shareModules } from './shims/shared-modules';
import { templateSrv } from './shims/template-srv';

/** Sets everything that Grafana sets on the @grafana packages before it shows a page. */
export async function initRuntime(): Promise<void> {
  await initPluginTranslations('grafana');
  setMonacoWorkers();
  shareModules();
  fillRegistries();
  setServices();
  setComponents();
  setEmptyExtensions();
  registerPlugins(boot.workbench.plugins, { prometheus: prometheusPlugin, ...corePanels });
}

function setServices(): void {
  setAppEvents(appEvents);
  setBackendSrv(backendSrv);
  setEchoSrv(new FakeEchoSrv());
  setLocationSrv(locationService);
  setDataSourceSrv(dataSourceSrv);
  initDataSourceInstanceSettings(config.datasources, config.defaultDatasource);
  setDataSourcePluginImporter((meta) => importDataSourcePlugin(meta.id));
  setTemplateSrv(templateSrv);
  setRunRequest(runRequest);
  setPluginImportUtils({ importPanelPlugin, getPanelPluginFromCache });
  setTimeZoneResolver(() => 'browser');
  locationUtil.initialize({
    config: config.bootData.settings,
    getVariablesUrlParams: () => ({}),
    getTimeRangeForUrl: () => ({ from: 'now-1h', to: 'now' }),
  });
}

function setComponents(): void {
  setPluginPage(Page);
  setPanelRenderer(PanelRenderer);
  setPanelDataErrorView(PanelDataErrorView);
  setChromeHeaderHeightHook(() => TOP_BAR_HEIGHT);
  setMegaMenuOpenHook(() => [true, () => undefined]);
  setReturnToPreviousHook(() => () => undefined);
}

/** Nobody extends anything here: extension points are empty, as in a Grafana with one plugin. */
function setEmptyExtensions(): void {
  setPluginLinksHook(() => ({ links: [], isLoading: false }));
  setPluginComponentHook(() => ({ component: null, isLoading: false }));
  setPluginComponentsHook(() => ({ components: [], isLoading: false }));
  setPluginFunctionsHook(() => ({ functions: [], isLoading: false }));
  setGetObservablePluginLinks(() => of([]));
  setGetObservablePluginComponents(() => of([]));
}
