import React from 'react';
import { EmptyState } from '@grafana/ui';
import { Page } from '../frame/page';

export function NotFoundPage() {
  return (
    <Page pageNav={{ text: 'Page not found' }}>
      <EmptyState variant="not-found" message="There is no page at this address" />
    </Page>
  );
}
