import React, { lazy, Suspense } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';
import { Route, Routes } from 'react-router-dom-v5-compat';
import { AppPluginPage } from './app-plugin-page';
import { HomePage } from './home-page';
import { NotFoundPage } from './not-found-page';

const ExplorePage = lazy(async () => ({ default: (await import('../explore/explore-page')).ExplorePage }));
const DataSourcesPage = lazy(async () => ({ default: (await import('./data-sources-page')).DataSourcesPage }));
const DataSourceConfigPage = lazy(async () => ({
  default: (await import('./data-source-config-page')).DataSourceConfigPage,
}));
const PluginConfigPage = lazy(async () => ({ default: (await import('./plugin-config-page')).PluginConfigPage }));
const DashboardsPage = lazy(async () => ({ default: (await import('../dashboards/dashboards-page')).DashboardsPage }));
const DashboardPage = lazy(async () => ({ default: (await import('../dashboards/dashboard-page')).DashboardPage }));
const FaultsPage = lazy(async () => ({ default: (await import('./faults-page')).FaultsPage }));

/** The addresses are Grafana's own, so that links made for Grafana work here. */
export function PageRoutes() {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading ..." />}>
      <Routes>
        <Route path="/" element={<HomePage />} />
        <Route path="/a/:id/*" element={<AppPluginPage />} />
        <Route path="/explore" element={<ExplorePage />} />
        <Route path="/connections" element={<DataSourcesPage />} />
        <Route path="/connections/datasources" element={<DataSourcesPage />} />
        <Route path="/connections/datasources/edit/:uid" element={<DataSourceConfigPage />} />
        <Route path="/plugins/:id" element={<PluginConfigPage />} />
        <Route path="/dashboards" element={<DashboardsPage />} />
        <Route path="/d/:uid" element={<DashboardPage />} />
        <Route path="/d/:uid/:slug" element={<DashboardPage />} />
        <Route path="/workbench" element={<FaultsPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}
