import React, { lazy, Suspense } from 'react';
import { PanelPlugin, type PanelProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { initTranslations } from '../../i18n/init-translations';

await initTranslations();

const LazyTracePanel = lazy(() => import('./trace-panel').then(({ TracePanel }) => ({ default: TracePanel })));

const Panel = (props: PanelProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyTracePanel {...props} />
  </Suspense>
);

export const plugin = new PanelPlugin(Panel);
