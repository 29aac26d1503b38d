import React, { lazy, Suspense } from 'react';
import { PanelPlugin, type PanelProps } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import { TRACE_PANEL_ID } from '../../constants';

await initPluginTranslations(TRACE_PANEL_ID);

const LazyTracePanel = lazy(() => import('./trace-panel').then(({ TracePanel }) => ({ default: TracePanel })));

const Panel = (props: PanelProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyTracePanel {...props} />
  </Suspense>
);

export const plugin = new PanelPlugin(Panel);
