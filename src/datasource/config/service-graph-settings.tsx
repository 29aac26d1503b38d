import React from 'react';
import { t } from '@grafana/i18n';
import { ConfigSection } from '@grafana/plugin-ui';
import { Field, Switch } from '@grafana/ui';
import { PROMQL_DATASOURCE_IDS } from '../../constants';
import { type SettingsSectionProps } from './settings-section';
import { DataSourceField } from './data-source-field';
import { MetricNamesSettings } from './metric-names-settings';

export function ServiceGraphSettings({ jsonData, onChange }: SettingsSectionProps) {
  return (
    <ConfigSection
      title={t('traceatlas.datasource.config.service-graph', 'Service graph')}
      description={t(
        'traceatlas.datasource.config.service-graph-description',
        "Where the metrics of Tempo's metrics generator (or of the OpenTelemetry Collector) are stored."
      )}
    >
      <DataSourceField
        inputId="service-graph-data-source"
        label={t('traceatlas.datasource.config.metrics-source', 'Metrics data source')}
        description={t(
          'traceatlas.datasource.config.metrics-source-description',
          'Any data source that answers PromQL: Prometheus, Mimir, Thanos, VictoriaMetrics and others'
        )}
        uid={jsonData.serviceMap?.datasourceUid}
        filter={({ type }) => PROMQL_DATASOURCE_IDS.includes(type)}
        onChange={(datasourceUid) => onChange({ serviceMap: { ...jsonData.serviceMap, datasourceUid } })}
      />
      <MetricNamesSettings jsonData={jsonData} onChange={onChange} />
      <Field
        label={t('traceatlas.datasource.config.node-graph', 'Node graph of a trace')}
        description={t(
          'traceatlas.datasource.config.node-graph-description',
          'Shows the spans of a single trace as a graph above the trace in Explore'
        )}
      >
        <Switch
          id="node-graph-enabled"
          value={jsonData.nodeGraph?.enabled ?? false}
          onChange={(event) => onChange({ nodeGraph: { ...jsonData.nodeGraph, enabled: event.currentTarget.checked } })}
        />
      </Field>
    </ConfigSection>
  );
}
