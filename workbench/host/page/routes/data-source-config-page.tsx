import React, { useState } from 'react';
import { type DataSourceApi, type DataSourcePlugin, type DataSourceSettings } from '@grafana/data';
import { getBackendSrv, getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, Field, Input, LoadingPlaceholder, Stack } from '@grafana/ui';
import { useParams } from 'react-router-dom-v5-compat';
import { Page } from '../frame/page';
import { messageOf, useLoaded } from '../hooks/use-loaded';
import { getPluginMeta, importDataSourcePlugin } from '../shims/plugin-loader';

interface Loaded {
  settings: DataSourceSettings;
  plugin: DataSourcePlugin<DataSourceApi>;
}

/** `/connections/datasources/edit/<uid>`: the plugin's own editor, with saving and testing around it. */
export function DataSourceConfigPage() {
  const { uid = '' } = useParams();
  const { value, error } = useLoaded(uid, () => load(uid));
  const name = value?.settings.name ?? uid;
  const meta = value && getPluginMeta(value.settings.type);
  return (
    <Page
      pageNav={{
        text: name,
        url: `/connections/datasources/edit/${uid}`,
        img: meta?.info.logos.small,
        subTitle: meta && `Type: ${meta.name}`,
        parentItem: { text: 'Data sources', url: '/connections/datasources' },
      }}
    >
      {error && (
        <Alert title="The data source could not be loaded" severity="error">
          {error.message}
        </Alert>
      )}
      {!value && !error && <LoadingPlaceholder text="Loading ..." />}
      {value && <DataSourceForm key={uid} {...value} />}
    </Page>
  );
}

async function load(uid: string): Promise<Loaded> {
  const settings = await fetchSettings(uid);
  return { settings, plugin: await importDataSourcePlugin(settings.type) };
}

function fetchSettings(uid: string): Promise<DataSourceSettings> {
  return getBackendSrv().get<DataSourceSettings>(`/api/datasources/uid/${uid}`, undefined, undefined, {
    showErrorAlert: false,
  });
}

interface TestResult {
  severity: 'success' | 'error' | 'warning' | 'info';
  message: string;
  details?: string;
}

function DataSourceForm({ settings, plugin }: Loaded) {
  const [options, setOptions] = useState(settings);
  const [result, setResult] = useState<TestResult>();
  const [isTesting, setTesting] = useState(false);
  const Editor = plugin.components.ConfigEditor;
  const saveAndTest = async () => {
    setTesting(true);
    setResult(undefined);
    try {
      if (!options.readOnly) {
        await getBackendSrv().put(`/api/datasources/uid/${options.uid}`, options);
        await getDataSourceSrv().reload();
        // secrets are write-only: what comes back says only that they are set
        setOptions(await fetchSettings(options.uid));
      }
      setResult(await testDataSource(options.uid));
    } catch (reason) {
      setResult({ severity: 'error', message: messageOf(reason) });
    } finally {
      setTesting(false);
    }
  };
  return (
    <Stack direction="column" gap={2}>
      {options.readOnly && (
        <Alert title="Provisioned data source" severity="info">
          It was added by a file and cannot be changed here.
        </Alert>
      )}
      <Field label="Name" noMargin>
        <Input
          width={50}
          value={options.name}
          disabled={options.readOnly}
          onChange={(event) => setOptions({ ...options, name: event.currentTarget.value })}
        />
      </Field>
      {Editor && <Editor options={options} onOptionsChange={setOptions} />}
      <div aria-live="polite">
        {result && (
          <Alert title={result.message} severity={result.severity} data-testid="data-testid Alert">
            {result.details}
          </Alert>
        )}
      </div>
      <Stack direction="row" gap={1}>
        <Button
          onClick={saveAndTest}
          disabled={isTesting}
          data-testid="data-testid Data source settings page Save and Test button"
        >
          {options.readOnly ? 'Test' : 'Save & test'}
        </Button>
      </Stack>
    </Stack>
  );
}

async function testDataSource(uid: string): Promise<TestResult> {
  const dataSource = await getDataSourceSrv().get({ uid });
  const { status, message, details } = await dataSource.testDatasource();
  const severity = status === 'success' || status === 'warning' || status === 'info' ? status : 'error';
  return { severity, message, details: details?.verboseMessage };
}
