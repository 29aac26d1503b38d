import React from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { type AppRootProps } from '@grafana/data';
import { SceneApp, useSceneApp } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../constants';
import { testIds } from '../test-ids';
import { getNodeGraphPage } from './pages/node-graph/page';
import { getSearchPage } from './pages/search/page';
import { getServicePage } from './pages/service/page';
import { getServiceMapPage } from './pages/service-map/page';
import { getTracePage } from './pages/trace/page';

function createApp() {
  return new SceneApp({
    pages: [getServiceMapPage(), getNodeGraphPage(), getServicePage(), getSearchPage(), getTracePage()],
    urlSyncOptions: { updateUrlOnInit: true, createBrowserHistorySteps: true },
  });
}

export function App(_: AppRootProps) {
  const app = useSceneApp(createApp);
  return (
    <div data-testid={testIds.app.root}>
      <Routes>
        <Route path="/" element={<Navigate replace to={`${APP_BASE_URL}/${ROUTES.serviceMap}`} />} />
        <Route path="*" element={<app.Component model={app} />} />
      </Routes>
    </div>
  );
}
