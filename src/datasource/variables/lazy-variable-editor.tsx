import React, { lazy, Suspense } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';
import { type VariableEditorProps } from './variable-source';

const LazyEditor = lazy(() => import('./variable-editor').then(({ VariableEditor }) => ({ default: VariableEditor })));

export const VariableQueryEditor = (props: VariableEditorProps) => (
  <Suspense fallback={<LoadingPlaceholder text="" />}>
    <LazyEditor {...props} />
  </Suspense>
);
