import { rememberAppSettings } from './app-settings';
import { metricNames } from './metric-names';

const mockSettings = { jsonData: {} as object };
jest.mock('@grafana/runtime', () => ({
  getDataSourceSrv: () => ({ getInstanceSettings: () => mockSettings }),
}));

const names = (jsonData: object, prometheus = 'prom') => {
  mockSettings.jsonData = jsonData;
  return metricNames({ tempo: 'tempo', prometheus });
};

describe('the names that people set', () => {
  beforeEach(() => rememberAppSettings({ metricsDialect: { prefix: 'app', unit: 'ms' } }));
  afterEach(() => rememberAppSettings({}));

  it.each([
    ['of the app', {}, { prefix: 'app', unit: 'ms' }],
    [
      'of the data source before those of the app',
      { serviceMap: { datasourceUid: 'prom', dialect: { prefix: 'own', namespace: 'k8s_namespace_name' } } },
      { prefix: 'own', unit: 'ms', namespace: 'k8s_namespace_name' },
    ],
    [
      'of the app, where those of the data source are for other metrics',
      { serviceMap: { datasourceUid: 'other', dialect: { prefix: 'own' } } },
      { prefix: 'app', unit: 'ms' },
    ],
    [
      'of the app, where those of the data source cannot be read',
      { serviceMap: { datasourceUid: 'prom', dialect: { prefix: 7 } } },
      { prefix: 'app', unit: 'ms' },
    ],
    ['of the app, where settings are of any shape', { serviceMap: 'x' }, { prefix: 'app', unit: 'ms' }],
  ])('are those %s', (_, jsonData, expected) => expect(names(jsonData)).toEqual(expected));
});
