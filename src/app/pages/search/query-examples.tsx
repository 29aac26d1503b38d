import React from 'react';
import { t } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';

interface QueryExample {
  label: string;
  query: string;
}

const examples = (): QueryExample[] => [
  { label: t('traceatlas.search.example-errors', 'Errors'), query: '{ status = error }' },
  { label: t('traceatlas.search.example-slow', 'Slow requests'), query: '{ kind = server && duration > 500ms }' },
  {
    label: t('traceatlas.search.example-database', 'Slow database calls'),
    query: '{ span.db.system != nil && duration > 100ms }',
  },
  {
    label: t('traceatlas.search.example-cause', 'Failing callee of a failing request'),
    query: '{ nestedSetParent < 0 && status = error } >> { kind = server && status = error }',
  },
  {
    label: t('traceatlas.search.example-p95', 'p95 by service'),
    query: '{ kind = server } | quantile_over_time(duration, .95) by (resource.service.name)',
  },
];

/** One click fills in and runs a query that is useful on most systems. */
export function QueryExamples({ onPick }: { onPick: (query: string) => void }) {
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      {examples().map(({ label, query }) => (
        <Button key={query} size="sm" variant="secondary" fill="outline" tooltip={query} onClick={() => onPick(query)}>
          {label}
        </Button>
      ))}
    </Stack>
  );
}
