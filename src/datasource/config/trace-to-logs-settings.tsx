import React from 'react';
import { t } from '@grafana/i18n';
import { ConfigSection } from '@grafana/plugin-ui';
import { Field, Input, Switch } from '@grafana/ui';
import { LOGS_DATASOURCE_IDS } from '../../links/logs-query';
import { type TraceToLogsOptions } from '../types';
import { type SettingsSectionProps } from './settings-section';
import { DataSourceField } from './data-source-field';
import { IntervalField } from './interval-field';
import { TagMappings } from './tag-mappings';
import { saveTraceToLogs, traceToLogsOptions } from './trace-to-logs';

export function TraceToLogsSettings({ jsonData, onChange }: SettingsSectionProps) {
  const options = traceToLogsOptions(jsonData);
  const update = (patch: Partial<TraceToLogsOptions>) => onChange(saveTraceToLogs({ ...options, ...patch }));
  return (
    <ConfigSection
      title={t('traceatlas.datasource.config.trace-to-logs', 'Trace to logs')}
      description={t(
        'traceatlas.datasource.config.trace-to-logs-description',
        'From a span to the logs of its service.'
      )}
      isCollapsible
      isInitiallyOpen={Boolean(options.datasourceUid)}
    >
      <DataSourceField
        inputId="trace-to-logs-data-source"
        label={t('traceatlas.datasource.config.logs-source', 'Logs data source')}
        uid={options.datasourceUid}
        filter={({ type }) => LOGS_DATASOURCE_IDS.includes(type)}
        onChange={(datasourceUid) => update({ datasourceUid })}
      />
      <IntervalField
        id="trace-to-logs-start"
        label={t('traceatlas.datasource.config.span-start-shift', 'Span start time shift')}
        description={t('traceatlas.datasource.config.span-start-shift-description', 'Added to the start of the span')}
        value={options.spanStartTimeShift}
        placeholder="0"
        onChange={(spanStartTimeShift) => update({ spanStartTimeShift })}
      />
      <IntervalField
        id="trace-to-logs-end"
        label={t('traceatlas.datasource.config.span-end-shift', 'Span end time shift')}
        description={t('traceatlas.datasource.config.span-end-shift-description', 'Added to the end of the span')}
        value={options.spanEndTimeShift}
        placeholder="0"
        onChange={(spanEndTimeShift) => update({ spanEndTimeShift })}
      />
      <TagMappings
        label={t('traceatlas.datasource.config.logs-tags', 'Tags')}
        description={t(
          'traceatlas.datasource.config.logs-tags-description',
          'Attributes that the log query filters by. Without any: cluster, hostname, namespace, pod, service.name, service.namespace'
        )}
        tags={options.tags ?? []}
        onChange={(tags) => update({ tags })}
      />
      <Field label={t('traceatlas.datasource.config.filter-by-trace', 'Filter by trace ID')}>
        <Switch
          id="trace-to-logs-by-trace"
          disabled={options.customQuery}
          value={options.filterByTraceID ?? false}
          onChange={(event) => update({ filterByTraceID: event.currentTarget.checked })}
        />
      </Field>
      <Field label={t('traceatlas.datasource.config.filter-by-span', 'Filter by span ID')}>
        <Switch
          id="trace-to-logs-by-span"
          disabled={options.customQuery}
          value={options.filterBySpanID ?? false}
          onChange={(event) => update({ filterBySpanID: event.currentTarget.checked })}
        />
      </Field>
      <Field
        label={t('traceatlas.datasource.config.custom-query', 'Use a query of your own')}
        description={'${__span.spanId}, ${__span.traceId}, ${__span.tags["http.method"]}, ${__tags}'}
      >
        <Switch
          id="trace-to-logs-custom"
          value={options.customQuery ?? false}
          onChange={(event) => update({ customQuery: event.currentTarget.checked })}
        />
      </Field>
      {options.customQuery && (
        <Field label={t('traceatlas.datasource.config.logs-query', 'Query')}>
          <Input
            id="trace-to-logs-query"
            width={80}
            value={options.query ?? ''}
            placeholder={'{${__tags}} |= "${__span.traceId}"'}
            onChange={(event) => update({ query: event.currentTarget.value })}
          />
        </Field>
      )}
    </ConfigSection>
  );
}
