import React, { lazy, Suspense } from 'react';
import {
  type DataSourcePluginOptionsEditorProps,
  DataSourcePlugin,
  type QueryEditorHelpProps,
  type QueryEditorProps,
} from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { TempoDataSource } from './data-source';
import { type TempoJsonData, type TempoQuery } from './types';

// A chunk of its own: with it the entry would be twice as large.
const { initTranslations } = await import('../i18n/init-translations');
await initTranslations();

const LazyQueryEditor = lazy(() =>
  import('./editor/query-editor').then(({ QueryEditor }) => ({ default: QueryEditor }))
);
const LazyConfigEditor = lazy(() =>
  import('./config/config-editor').then(({ ConfigEditor }) => ({ default: ConfigEditor }))
);
const LazyQueryHelp = lazy(() => import('./editor/query-help').then(({ QueryHelp }) => ({ default: QueryHelp })));

// Older Grafana versions render plugin editors without a Suspense of their own.
const QueryEditor = (props: QueryEditorProps<TempoDataSource, TempoQuery, TempoJsonData>) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyQueryEditor {...props} />
  </Suspense>
);

const ConfigEditor = (props: DataSourcePluginOptionsEditorProps<TempoJsonData>) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyConfigEditor {...props} />
  </Suspense>
);

const QueryHelp = (props: QueryEditorHelpProps<TempoQuery>) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyQueryHelp {...props} />
  </Suspense>
);

export const plugin = new DataSourcePlugin<TempoDataSource, TempoQuery, TempoJsonData>(TempoDataSource)
  .setQueryEditor(QueryEditor)
  .setConfigEditor(ConfigEditor)
  .setQueryEditorHelp(QueryHelp);
