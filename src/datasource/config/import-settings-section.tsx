import React, { useState } from 'react';
import { type DataSourceSettings, type GrafanaTheme2 } from '@grafana/data';
import { css } from '@emotion/css';
import { Trans } from '@grafana/i18n';
import { DataSourcePicker, getBackendSrv } from '@grafana/runtime';
import { Alert, Button, Checkbox, Field, Stack, useStyles2 } from '@grafana/ui';
import { lastValueFrom } from 'rxjs';
import { ConfigSection } from '@grafana/plugin-ui';
import { CORE_TEMPO_ID, DATASOURCE_ID } from '../../constants';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { type TempoJsonData } from '../types';
import { applyImport, type ImportPlan, planImport, readImportSource } from './import-settings';

interface ImportSettingsProps {
  options: DataSourceSettings<TempoJsonData>;
  onOptionsChange: (options: DataSourceSettings<TempoJsonData>) => void;
}

interface OpenPlan extends ImportPlan {
  from: string;
  chosen: ReadonlySet<string>;
}

/** Takes over the settings of another Tempo data source, after showing what would change. */
export function ImportSettings({ options, onOptionsChange }: ImportSettingsProps) {
  const [plan, setPlan] = useState<OpenPlan>();
  const [problem, setProblem] = useState('');
  const [imported, setImported] = useState('');

  const choose = async (uid: string, name: string) => {
    setProblem('');
    setImported('');
    setPlan(undefined);
    try {
      const source = readImportSource(await readDataSource(uid));
      if (!source) {
        throw new Error(t('traceatlas.datasource.config.import-no-answer', 'Grafana sent no settings.'));
      }
      const found = planImport(options, source);
      setPlan({ ...found, from: name, chosen: new Set(found.changes.map(({ key }) => key)) });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : messageOf(error));
    }
  };
  const apply = () => {
    if (plan) {
      onOptionsChange(
        applyImport(
          options,
          plan.changes.filter(({ key }) => plan.chosen.has(key))
        )
      );
      setImported(plan.from);
      setPlan(undefined);
    }
  };

  return (
    <ConfigSection
      title={t('traceatlas.datasource.config.import', 'Import settings')}
      description={t(
        'traceatlas.datasource.config.import-description',
        'Take over the settings of a Tempo data source that is already there. Nothing is changed in that one.'
      )}
      isCollapsible
      isInitiallyOpen={!options.url}
    >
      <Field
        label={t('traceatlas.datasource.config.import-from', 'Import from')}
        htmlFor="import-settings-from"
        noMargin
      >
        <DataSourcePicker
          inputId="import-settings-from"
          current={null}
          noDefault
          width={40}
          filter={({ type, uid }) => (type === CORE_TEMPO_ID || type === DATASOURCE_ID) && uid !== options.uid}
          onChange={({ uid, name }) => void choose(uid, name)}
        />
      </Field>
      {problem && (
        <Alert
          severity="error"
          topSpacing={2}
          title={t('traceatlas.datasource.config.import-failed', 'The settings cannot be read')}
        >
          {problem}
        </Alert>
      )}
      {imported && (
        <Alert
          severity="success"
          topSpacing={2}
          title={t('traceatlas.datasource.config.imported', 'Imported from {{name}}', { name: imported })}
        >
          <Trans i18nKey="traceatlas.datasource.config.imported-save">
            Check them below and save with &quot;Save &amp; test&quot;.
          </Trans>
        </Alert>
      )}
      {plan && (
        <ImportDiff
          plan={plan}
          onToggle={(key) => setPlan({ ...plan, chosen: toggled(plan.chosen, key) })}
          onApply={apply}
          onCancel={() => setPlan(undefined)}
        />
      )}
    </ConfigSection>
  );
}

interface ImportDiffProps {
  plan: OpenPlan;
  onToggle: (key: string) => void;
  onApply: () => void;
  onCancel: () => void;
}

function ImportDiff({ plan, onToggle, onApply, onCancel }: ImportDiffProps) {
  const styles = useStyles2(getStyles);
  if (plan.changes.length === 0) {
    return (
      <Alert
        severity="info"
        topSpacing={2}
        title={t('traceatlas.datasource.config.import-same', 'Both have the same settings')}
      />
    );
  }
  return (
    <Stack direction="column" gap={2}>
      <table className={styles.table} data-testid={testIds.datasource.importDiff}>
        <thead>
          <tr>
            <th scope="col">{t('traceatlas.datasource.config.import-setting', 'Setting')}</th>
            <th scope="col">{t('traceatlas.datasource.config.import-now', 'Now')}</th>
            <th scope="col">{t('traceatlas.datasource.config.import-then', 'After the import')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.changes.map(({ key, current, imported }) => (
            <tr key={key}>
              <th scope="row">
                <Checkbox label={key} value={plan.chosen.has(key)} onChange={() => onToggle(key)} />
              </th>
              <td>
                <pre className={styles.value}>{settingText(current)}</pre>
              </td>
              <td>
                <pre className={styles.value}>{settingText(imported)}</pre>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.secrets.length > 0 && (
        <Alert
          severity="warning"
          title={t(
            'traceatlas.datasource.config.import-secrets',
            'Secrets cannot be copied; enter them again: {{names}}',
            {
              names: plan.secrets.join(', '),
            }
          )}
        />
      )}
      <Stack gap={1}>
        <Button onClick={onApply} disabled={plan.chosen.size === 0} data-testid={testIds.datasource.importApply}>
          {t('traceatlas.datasource.config.import-apply', 'Import {{count}} of {{total}} settings', {
            count: plan.chosen.size,
            total: plan.changes.length,
          })}
        </Button>
        <Button variant="secondary" onClick={onCancel}>
          {t('traceatlas.datasource.config.import-cancel', 'Cancel')}
        </Button>
      </Stack>
    </Stack>
  );
}

async function readDataSource(uid: string): Promise<unknown> {
  const response = await lastValueFrom(
    getBackendSrv().fetch<unknown>({ url: `/api/datasources/uid/${encodeURIComponent(uid)}`, showErrorAlert: false })
  );
  return response.data;
}

/** Grafana rejects with an object that has the answer in it. */
function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'data' in error) {
    const { data } = error;
    if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string') {
      return data.message;
    }
  }
  return String(error);
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) {
    next.add(key);
  }
  return next;
}

function settingText(value: unknown): string {
  if (value === undefined || value === null || value === '') {
    return '–';
  }
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    marginTop: theme.spacing(2),
    width: '100%',
    tableLayout: 'fixed',
    'th, td': {
      padding: theme.spacing(0.5, 1),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      textAlign: 'left',
      verticalAlign: 'top',
    },
    'tbody th': { fontWeight: theme.typography.fontWeightRegular },
  }),
  value: css({
    margin: 0,
    padding: 0,
    border: 0,
    background: 'transparent',
    maxHeight: 200,
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});
