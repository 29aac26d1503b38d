import React from 'react';
import { type QueryEditorHelpProps } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { Button, Stack, Text, TextLink } from '@grafana/ui';
import { type TempoQuery } from '../types';

interface Example {
  title: string;
  query: string;
}

function examples(): Example[] {
  return [
    {
      title: t('traceatlas.datasource.help.errors', 'Failed requests of one service'),
      query: '{ resource.service.name = "frontend" && status = error }',
    },
    {
      title: t('traceatlas.datasource.help.slow', 'Slow database calls'),
      query: '{ span.db.system.name != nil && duration > 500ms }',
    },
    {
      title: t('traceatlas.datasource.help.structure', 'Requests that fail because something below them fails'),
      query: '{ kind = server && status = error } >> { kind = client && status = error }',
    },
    {
      title: t('traceatlas.datasource.help.many', 'Traces with many calls to the database'),
      query: '{ span.db.system.name != nil } | count() > 20',
    },
    {
      title: t('traceatlas.datasource.help.rate', 'Request rate by service'),
      query: '{ kind = server } | rate() by (resource.service.name)',
    },
    {
      title: t('traceatlas.datasource.help.quantile', 'Latency percentiles, with example traces'),
      query: '{ kind = server } | quantile_over_time(duration, .5, .95, .99) with(exemplars=true)',
    },
    {
      title: t('traceatlas.datasource.help.heatmap', 'Latency as a heatmap'),
      query: '{ kind = server } | histogram_over_time(duration)',
    },
    {
      title: t('traceatlas.datasource.help.compare', 'What failed requests have in common'),
      query: '{ kind = server } | compare({ status = error })',
    },
  ];
}

export function QueryHelp({ onClickExample }: QueryEditorHelpProps<TempoQuery>) {
  return (
    <Stack direction="column" gap={2}>
      <Text element="h3">
        <Trans i18nKey="traceatlas.datasource.help.title">TraceQL by example</Trans>
      </Text>
      {examples().map(({ title, query }) => (
        <Stack key={query} direction="column" gap={0.5} alignItems="flex-start">
          <Text>{title}</Text>
          <Button
            fill="outline"
            variant="secondary"
            size="sm"
            onClick={() => onClickExample({ refId: 'A', queryType: 'traceql', query })}
          >
            {query}
          </Button>
        </Stack>
      ))}
      <Text>
        <Trans i18nKey="traceatlas.datasource.help.trace-id">
          To open one trace, write its id (hexadecimal digits) instead of a query.
        </Trans>
      </Text>
      <TextLink href="https://grafana.com/docs/tempo/latest/traceql/" external>
        {t('traceatlas.datasource.help.docs', 'TraceQL documentation')}
      </TextLink>
    </Stack>
  );
}
