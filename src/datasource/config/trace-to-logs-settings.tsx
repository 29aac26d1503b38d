import React from 'react';
import { ConfigSection } from '@grafana/plugin-ui';
import { t } from '../../i18n/translate';
import { FurtherTargets } from './further-targets';
import { LogsTargetFields } from './logs-target-fields';
import { type SettingsSectionProps } from './settings-section';
import { saveTraceToLogs, traceToLogsOptions } from './trace-to-logs';

export function TraceToLogsSettings({ jsonData, onChange }: SettingsSectionProps) {
  const options = traceToLogsOptions(jsonData);
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
      <LogsTargetFields
        id="trace-to-logs"
        options={options}
        onChange={(patch) => onChange(saveTraceToLogs({ ...options, ...patch }))}
      />
      <FurtherTargets
        id="further-logs"
        addLabel={t('traceatlas.datasource.config.add-logs-target', 'Add another logs data source')}
        targets={jsonData.furtherTracesToLogs ?? []}
        create={() => ({ customQuery: false })}
        onChange={(furtherTracesToLogs) => onChange({ furtherTracesToLogs })}
      >
        {(target, update, id) => <LogsTargetFields id={id} options={target} onChange={update} />}
      </FurtherTargets>
    </ConfigSection>
  );
}
