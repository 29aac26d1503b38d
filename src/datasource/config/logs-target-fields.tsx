import React from 'react';
import { Field, Switch } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { LOGS_DATASOURCE_IDS } from '../../links/logs-query';
import { type TraceToLogsOptions } from '../types';
import { DataSourceField } from './data-source-field';
import { SpanShiftFields } from './span-shift-fields';
import { SpanQueryField } from './span-query-field';
import { TagMappings } from './tag-mappings';

interface LogsTargetFieldsProps {
  /** Prefix of the ids of the inputs, different for each target of the page */
  id: string;
  options: TraceToLogsOptions;
  onChange: (patch: Partial<TraceToLogsOptions>) => void;
}

/** Everything about one logs data source that spans lead to. */
export function LogsTargetFields({ id, options, onChange }: LogsTargetFieldsProps) {
  return (
    <>
      <DataSourceField
        inputId={`${id}-data-source`}
        label={t('traceatlas.datasource.config.logs-source', 'Logs data source')}
        uid={options.datasourceUid}
        filter={({ type }) => LOGS_DATASOURCE_IDS.includes(type)}
        onChange={(datasourceUid) => onChange({ datasourceUid })}
      />
      <SpanShiftFields id={id} shifts={options} placeholders={{ start: '0', end: '0' }} onChange={onChange} />
      <TagMappings
        label={t('traceatlas.datasource.config.logs-tags', 'Tags')}
        description={t(
          'traceatlas.datasource.config.logs-tags-description',
          'Attributes that the log query filters by. Without any: cluster, hostname, namespace, pod, service.name, service.namespace'
        )}
        tags={options.tags ?? []}
        onChange={(tags) => onChange({ tags })}
      />
      <Field label={t('traceatlas.datasource.config.filter-by-trace', 'Filter by trace ID')}>
        <Switch
          id={`${id}-by-trace`}
          disabled={options.customQuery}
          value={options.filterByTraceID ?? false}
          onChange={(event) => onChange({ filterByTraceID: event.currentTarget.checked })}
        />
      </Field>
      <Field label={t('traceatlas.datasource.config.filter-by-span', 'Filter by span ID')}>
        <Switch
          id={`${id}-by-span`}
          disabled={options.customQuery}
          value={options.filterBySpanID ?? false}
          onChange={(event) => onChange({ filterBySpanID: event.currentTarget.checked })}
        />
      </Field>
      <SpanQueryField
        id={id}
        placeholder={'{${__tags}} |= "${__span.traceId}"'}
        customQuery={options.customQuery ?? false}
        query={options.query}
        onChange={onChange}
      />
    </>
  );
}
