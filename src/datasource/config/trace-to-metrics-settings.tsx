import React from 'react';
import { ConfigSection } from '@grafana/plugin-ui';
import { Button, Field, IconButton, Input, Stack } from '@grafana/ui';
import { PROMQL_DATASOURCE_IDS } from '../../constants';
import { t } from '../../i18n/translate';
import { type TraceToMetricsOptions, type TraceToMetricsQuery } from '../types';
import { type SettingsSectionProps } from './settings-section';
import { DataSourceField } from './data-source-field';
import { FurtherTargets } from './further-targets';
import { SpanShiftFields } from './span-shift-fields';
import { TagMappings } from './tag-mappings';

export function TraceToMetricsSettings({ jsonData, onChange }: SettingsSectionProps) {
  const options: TraceToMetricsOptions = jsonData.tracesToMetrics ?? {};
  return (
    <ConfigSection
      title={t('traceatlas.datasource.config.trace-to-metrics', 'Trace to metrics')}
      description={t(
        'traceatlas.datasource.config.trace-to-metrics-description',
        'From a span to the metrics of its service.'
      )}
      isCollapsible
      isInitiallyOpen={Boolean(options.datasourceUid)}
    >
      <MetricsTargetFields
        id="trace-to-metrics"
        options={options}
        onChange={(patch) => onChange({ tracesToMetrics: { ...options, ...patch } })}
      />
      <FurtherTargets
        id="further-metrics"
        addLabel={t('traceatlas.datasource.config.add-metrics-target', 'Add another metrics data source')}
        targets={jsonData.furtherTracesToMetrics ?? []}
        create={() => ({})}
        onChange={(furtherTracesToMetrics) => onChange({ furtherTracesToMetrics })}
      >
        {(target, update, id) => <MetricsTargetFields id={id} options={target} onChange={update} />}
      </FurtherTargets>
    </ConfigSection>
  );
}

interface MetricsTargetFieldsProps {
  id: string;
  options: TraceToMetricsOptions;
  onChange: (patch: Partial<TraceToMetricsOptions>) => void;
}

function MetricsTargetFields({ id, options, onChange }: MetricsTargetFieldsProps) {
  return (
    <>
      <DataSourceField
        inputId={`${id}-data-source`}
        label={t('traceatlas.datasource.config.metrics-source', 'Metrics data source')}
        uid={options.datasourceUid}
        filter={({ type }) => PROMQL_DATASOURCE_IDS.includes(type)}
        onChange={(datasourceUid) => onChange({ datasourceUid })}
      />
      <SpanShiftFields id={id} shifts={options} placeholders={{ start: '-2m', end: '2m' }} onChange={onChange} />
      <TagMappings
        label={t('traceatlas.datasource.config.metrics-tags', 'Tags')}
        description={t(
          'traceatlas.datasource.config.metrics-tags-description',
          'Attributes that become label filters where a query has $__tags'
        )}
        tags={options.tags ?? []}
        onChange={(tags) => onChange({ tags })}
      />
      <MetricQueries queries={options.queries ?? []} onChange={(queries) => onChange({ queries })} />
    </>
  );
}

function MetricQueries({
  queries,
  onChange,
}: {
  queries: TraceToMetricsQuery[];
  onChange: (queries: TraceToMetricsQuery[]) => void;
}) {
  const replace = (index: number, patch: TraceToMetricsQuery) =>
    onChange(queries.map((query, at) => (at === index ? { ...query, ...patch } : query)));
  return (
    <Field
      label={t('traceatlas.datasource.config.metrics-queries', 'Queries')}
      description={t('traceatlas.datasource.config.metrics-queries-description', 'Each becomes a link on every span')}
    >
      <Stack direction="column" gap={1}>
        {queries.map((query, index) => (
          <Stack key={index} alignItems="center" gap={1}>
            <Input
              width={24}
              value={query.name ?? ''}
              aria-label={t('traceatlas.datasource.config.query-name', 'Name of the link')}
              placeholder={t('traceatlas.datasource.config.query-name-placeholder', 'Request rate')}
              onChange={(event) => replace(index, { name: event.currentTarget.value })}
            />
            <Input
              width={64}
              value={query.query ?? ''}
              aria-label={t('traceatlas.datasource.config.query-text', 'PromQL')}
              placeholder="sum(rate(traces_spanmetrics_calls_total{$__tags}[5m]))"
              onChange={(event) => replace(index, { query: event.currentTarget.value })}
            />
            <IconButton
              name="trash-alt"
              tooltip={t('traceatlas.datasource.config.remove-query', 'Remove')}
              onClick={() => onChange(queries.filter((_query, at) => at !== index))}
            />
          </Stack>
        ))}
        <div>
          <Button icon="plus" variant="secondary" onClick={() => onChange([...queries, {}])}>
            {t('traceatlas.datasource.config.add-query', 'Add query')}
          </Button>
        </div>
      </Stack>
    </Field>
  );
}
