import React, { lazy, Suspense } from 'react';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
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

export const plugin = new AppPlugin().setRootPage(Root).addConfigPage({
  id: 'configuration',
  title: 'Configuration',
  icon: 'cog',
  body: Config,
});
