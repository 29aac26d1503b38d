import React from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { type AppRootProps } from '@grafana/data';
import { SceneApp, useSceneApp } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../constants';
import { testIds } from '../test-ids';
import { rememberAppSettings } from './app-settings';
import { PageNotFound } from './page-not-found';
import { getComparePage } from './pages/compare/page';
import { getNodeGraphPage } from './pages/node-graph/page';
import { getSearchPage } from './pages/search/page';
import { getServicePage } from './pages/service/page';
import { getServiceMapPage } from './pages/service-map/page';
import { getSetupPage } from './pages/setup/page';
import { getTracePage } from './pages/trace/page';

function createApp() {
  return new SceneApp({
    pages: [
      getServiceMapPage(),
      getNodeGraphPage(),
      getServicePage(),
      getSearchPage(),
      getSetupPage(),
      getTracePage(),
      getComparePage(),
    ],
    urlSyncOptions: { updateUrlOnInit: true, createBrowserHistorySteps: true },
  });
}

const routes: readonly string[] = Object.values(ROUTES);

function isKnown(pathname: string): boolean {
  const [route = ''] = pathname.replace(`${APP_BASE_URL}/`, '').split('/');
  return routes.includes(route);
}

export function App({ meta }: AppRootProps) {
  rememberAppSettings(meta.jsonData);
  const app = useSceneApp(createApp);
  const { pathname } = useLocation();
  return (
    <div data-testid={testIds.app.root}>
      <Routes>
        <Route path="/" element={<Navigate replace to={`${APP_BASE_URL}/${ROUTES.serviceMap}`} />} />
        <Route path="*" element={isKnown(pathname) ? <app.Component model={app} /> : <PageNotFound />} />
      </Routes>
    </div>
  );
}
