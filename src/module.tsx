import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { type ExposedMapProps, type ExposedServiceProps } from './app/extensions/exposed-components';
import { panelLinks, traceLink } from './app/extensions/links';
import { APP_ID } from './constants';
import { initTranslations } from './i18n/init-translations';

// Only reached for a language other than English, so that the entry stays small.
const loadSceneTranslations = (language: string) =>
  import('@grafana/scenes').then(({ loadResources }) => loadResources(language));

await initTranslations(loadSceneTranslations);

const LazyApp = lazy(() => import('./app/app').then(({ App }) => ({ default: App })));
const LazyAppConfig = lazy(() => import('./app/app-config').then(({ AppConfig }) => ({ default: AppConfig })));

const Root = (props: AppRootProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyApp {...props} />
  </Suspense>
);

const Config = () => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyAppConfig />
  </Suspense>
);

const LazyExposedServiceMap = lazy(() =>
  import('./app/extensions/exposed-components').then(({ ExposedServiceMap }) => ({ default: ExposedServiceMap }))
);
const LazyExposedExemplars = lazy(() =>
  import('./app/extensions/exposed-components').then(({ ExposedExemplars }) => ({ default: ExposedExemplars }))
);

const ServiceMap = (props: ExposedMapProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyExposedServiceMap {...props} />
  </Suspense>
);

const Exemplars = (props: ExposedServiceProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyExposedExemplars {...props} />
  </Suspense>
);

export const plugin = new AppPlugin().setRootPage(Root).addConfigPage({
  id: 'configuration',
  title: 'Configuration',
  icon: 'cog',
  body: Config,
});

for (const link of panelLinks) {
  plugin.addLink(link);
}
plugin.addLink(traceLink);
plugin.exposeComponent({
  id: `${APP_ID}/service-map/v1`,
  title: 'Service map of one service',
  description: 'A service with its callers and callees',
  component: ServiceMap,
});
plugin.exposeComponent({
  id: `${APP_ID}/exemplars/v1`,
  title: 'Latency and exemplars of one service',
  description: 'A latency chart with exemplars, and their table',
  component: Exemplars,
});
