import React, { lazy, Suspense } from 'react';
import { type QueryEditorProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { type TempoDataSource } from '../data-source';
import { type TempoJsonData, type TempoQuery } from '../types';
import { type TempoVariableQuery } from './variable-query';

export type VariableEditorProps = QueryEditorProps<TempoDataSource, TempoQuery, TempoJsonData, TempoVariableQuery>;

const LazyEditor = lazy(() => import('./variable-editor').then(({ VariableEditor }) => ({ default: VariableEditor })));

export const VariableQueryEditor = (props: VariableEditorProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyEditor {...props} />
  </Suspense>
);
