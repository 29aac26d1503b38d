import React from 'react';
import { Field, Input, Switch } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { unknownSpanVariables } from '../../links/span-variables';

interface SpanQueryFieldProps {
  id: string;
  placeholder: string;
  customQuery: boolean;
  query: string | undefined;
  onChange: (patch: { customQuery?: boolean; query?: string }) => void;
}

/** The switch "a query of your own" and the query, with what is wrong with its variables. */
export function SpanQueryField({ id, placeholder, customQuery, query, onChange }: SpanQueryFieldProps) {
  const problem = problemOf(query);
  return (
    <>
      <Field
        label={t('traceatlas.datasource.config.custom-query', 'Use a query of your own')}
        description={'${__span.spanId}, ${__span.traceId}, ${__span.tags["http.method"]}, ${__tags}'}
      >
        <Switch
          id={`${id}-custom`}
          value={customQuery}
          onChange={(event) => onChange({ customQuery: event.currentTarget.checked })}
        />
      </Field>
      {customQuery && (
        <Field
          label={t('traceatlas.datasource.config.logs-query', 'Query')}
          description={t(
            'traceatlas.datasource.config.span-query-description',
            'A span for which one of its variables has no value gets no link.'
          )}
          invalid={problem !== undefined}
          error={problem}
        >
          <Input
            id={`${id}-query`}
            width={80}
            value={query ?? ''}
            placeholder={placeholder}
            onChange={(event) => onChange({ query: event.currentTarget.value })}
          />
        </Field>
      )}
    </>
  );
}

export function problemOf(query: string | undefined): string | undefined {
  if (!query?.trim()) {
    return t('traceatlas.datasource.config.query-empty', 'Write a query, or switch the query of your own off');
  }
  const unknown = unknownSpanVariables(query);
  return unknown.length > 0
    ? t('traceatlas.datasource.config.unknown-variables', 'No such variable of a span: {{names}}', {
        names: unknown.join(', '),
      })
    : undefined;
}
