import React, { useMemo } from 'react';
import { type DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  AdvancedHttpSettings,
  Auth,
  ConfigSection,
  ConnectionSettings,
  convertLegacyAuthProps,
  DataSourceDescription,
} from '@grafana/plugin-ui';
import { config } from '@grafana/runtime';
import { Alert, Divider, SecureSocksProxySettings, Stack } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { settingsProblems } from '../settings/settings-problems';
import { type TempoJsonData } from '../types';
import { ImportSettings } from './import-settings-section';
import { QuerySettings } from './query-settings';
import { ServiceGraphSettings } from './service-graph-settings';
import { TenantHint } from './tenant-hint';
import { TraceToLogsSettings } from './trace-to-logs-settings';
import { TraceToMetricsSettings } from './trace-to-metrics-settings';
import { TraceToProfilesSettings } from './trace-to-profiles-settings';
import { type SettingsSectionProps } from './settings-section';

export type ConfigEditorProps = DataSourcePluginOptionsEditorProps<TempoJsonData>;

const DOCS = 'https://grafana.com/docs/tempo/latest/';

export function ConfigEditor({ options, onOptionsChange }: ConfigEditorProps) {
  const problems = useMemo(() => settingsProblems(options.jsonData), [options.jsonData]);
  const section: SettingsSectionProps = {
    jsonData: options.jsonData,
    onChange: (patch) => onOptionsChange({ ...options, jsonData: { ...options.jsonData, ...patch } }),
  };
  return (
    <div data-testid={testIds.datasource.config}>
      <DataSourceDescription dataSourceName="Tempo" docsLink={DOCS} hasRequiredFields={false} />
      {problems.length > 0 && (
        <Alert
          severity="warning"
          title={t('traceatlas.datasource.config.problems', 'Some settings cannot be read and are not used')}
        >
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Divider spacing={4} />
      {!options.readOnly && (
        <>
          <ImportSettings options={options} onOptionsChange={onOptionsChange} />
          <Divider spacing={4} />
        </>
      )}
      <ConnectionSettings config={options} onChange={onOptionsChange} urlPlaceholder="http://localhost:3200" />
      <Divider spacing={4} />
      <Auth {...convertLegacyAuthProps({ config: options, onChange: onOptionsChange })} />
      <TenantHint jsonData={options.jsonData} />
      <Divider spacing={4} />
      <ServiceGraphSettings {...section} />
      <Divider spacing={4} />
      <TraceToLogsSettings {...section} />
      <Divider spacing={4} />
      <TraceToMetricsSettings {...section} />
      <Divider spacing={4} />
      <TraceToProfilesSettings {...section} />
      <Divider spacing={4} />
      <ConfigSection
        title={t('traceatlas.datasource.config.additional', 'Additional settings')}
        description={t(
          'traceatlas.datasource.config.additional-description',
          'Optional: how searches, traces by id and tag lists behave.'
        )}
        isCollapsible
        isInitiallyOpen={false}
      >
        <Stack direction="column" gap={5}>
          <QuerySettings {...section} />
          <AdvancedHttpSettings config={options} onChange={onOptionsChange} />
          {config.secureSocksDSProxyEnabled && (
            <SecureSocksProxySettings options={options} onOptionsChange={onOptionsChange} />
          )}
        </Stack>
      </ConfigSection>
    </div>
  );
}
