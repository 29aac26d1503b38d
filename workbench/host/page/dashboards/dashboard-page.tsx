import React, { useMemo } from 'react';
import { PageLayoutType } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { UrlSyncContextProvider } from '@grafana/scenes';
import { Alert, LoadingPlaceholder } from '@grafana/ui';
import { useParams } from 'react-router-dom-v5-compat';
import { Page } from '../frame/page';
import { useLoaded } from '../hooks/use-loaded';
import { type DashboardJson, parseDashboard } from './dashboard-json';
import { toScene } from './dashboard-scene';

/** `/d/<uid>`: a provisioned dashboard, its time range and variables in the URL. */
export function DashboardPage() {
  const { uid = '' } = useParams();
  const { value: dashboard, error } = useLoaded(uid, () => loadDashboard(uid));
  return (
    <Page
      pageNav={{
        text: dashboard?.title ?? uid,
        url: `/d/${uid}`,
        parentItem: { text: 'Dashboards', url: '/dashboards' },
      }}
      layout={PageLayoutType.Canvas}
    >
      {error && (
        <Alert title="The dashboard could not be loaded" severity="error">
          {error.message}
        </Alert>
      )}
      {!dashboard && !error && <LoadingPlaceholder text="Loading dashboard ..." />}
      {dashboard && <DashboardView key={uid} dashboard={dashboard} />}
    </Page>
  );
}

function DashboardView({ dashboard }: { dashboard: DashboardJson }) {
  const scene = useMemo(() => toScene(dashboard), [dashboard]);
  return (
    <UrlSyncContextProvider scene={scene} createBrowserHistorySteps updateUrlOnInit>
      <scene.Component model={scene} />
    </UrlSyncContextProvider>
  );
}

async function loadDashboard(uid: string): Promise<DashboardJson> {
  const answer = await getBackendSrv().get<{ dashboard: unknown }>(`/api/dashboards/uid/${uid}`, undefined, undefined, {
    showErrorAlert: false,
  });
  return parseDashboard(answer.dashboard);
}
