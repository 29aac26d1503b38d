import { type DataSourceSettings } from '@grafana/data';
import { type TempoJsonData } from '../types';
import { applyImport, planImport, readImportSource } from './import-settings';

const CURRENT: DataSourceSettings<TempoJsonData> = {
  id: 1,
  uid: 'ours',
  orgId: 1,
  name: 'Ours',
  type: 'traceatlas-tempo-datasource',
  typeLogoUrl: '',
  typeName: '',
  access: 'proxy',
  url: '',
  user: '',
  database: '',
  basicAuth: false,
  basicAuthUser: '',
  isDefault: false,
  jsonData: { nodeGraph: { enabled: true }, tracesToLogs: { datasourceUid: 'old' } },
  secureJsonFields: {},
  readOnly: false,
  withCredentials: false,
};

const ANSWER = {
  uid: 'core',
  type: 'tempo',
  url: 'http://tempo:3200',
  basicAuth: true,
  basicAuthUser: 'reader',
  jsonData: {
    nodeGraph: { enabled: true },
    tracesToLogsV2: { datasourceUid: 'loki', customQuery: false },
    serviceMap: { datasourceUid: 'prom' },
    tagLimit: '200',
    httpHeaderName1: 'X-Scope-OrgID',
    tlsAuth: true,
    streamingEnabled: { search: true },
  },
  secureJsonFields: { basicAuthPassword: true, httpHeaderValue1: true, tlsClientKey: false },
};

function plan() {
  const source = readImportSource(ANSWER);
  if (!source) {
    throw new Error('not read');
  }
  return planImport(CURRENT, source);
}

it('shows what would change: not what is the same, not what needs a secret', () => {
  expect(plan().changes).toEqual([
    { key: 'url', current: '', imported: 'http://tempo:3200' },
    { key: 'basicAuth', current: false, imported: true },
    { key: 'basicAuthUser', current: '', imported: 'reader' },
    { key: 'tracesToLogsV2', current: undefined, imported: { datasourceUid: 'loki', customQuery: false } },
    { key: 'serviceMap', current: undefined, imported: { datasourceUid: 'prom' } },
    { key: 'tagLimit', current: undefined, imported: '200' },
  ]);
});

it('names the secrets that have to be entered again', () => {
  expect(plan().secrets).toEqual(['X-Scope-OrgID', 'basicAuthPassword']);
});

it('changes only what was chosen', () => {
  const changes = plan().changes.filter(({ key }) => key === 'tracesToLogsV2' || key === 'url');
  expect(applyImport(CURRENT, changes)).toEqual({
    ...CURRENT,
    url: 'http://tempo:3200',
    jsonData: {
      nodeGraph: { enabled: true },
      tracesToLogs: undefined,
      tracesToLogsV2: { datasourceUid: 'loki', customQuery: false },
    },
  });
  expect(applyImport(CURRENT, [])).toEqual(CURRENT);
});

it.each([[undefined], ['<html>'], [[]]])('reads nothing out of %j', (answer) => {
  expect(readImportSource(answer)).toBeUndefined();
});
