import React from 'react';
import { type QueryEditorHelpProps } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { Button, Stack, Text, TextLink } from '@grafana/ui';
import { type TempoQuery } from '../types';
import { exampleGroups } from './example-queries';

export function QueryHelp({ onClickExample }: QueryEditorHelpProps<TempoQuery>) {
  return (
    <Stack direction="column" gap={2}>
      <Text element="h3">
        <Trans i18nKey="traceatlas.datasource.help.title">TraceQL by example</Trans>
      </Text>
      {exampleGroups().map(({ question, examples }) => (
        <Stack key={question} direction="column" gap={1} alignItems="flex-start">
          <Text element="h4">{question}</Text>
          {examples.map(({ title, query }) => (
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
