import { DataSourceStore, toBrowserSettings, toSettings } from './data-source-store';
import { corePluginMetas } from './core-plugins';

const provisioned = {
  name: 'Metrics',
  type: 'prometheus',
  uid: 'prom',
  url: 'http://container:9090',
  isDefault: true,
  editable: true,
  basicAuth: false,
  basicAuthUser: '',
  withCredentials: false,
  jsonData: { httpHeaderName1: 'X-Scope-OrgID' },
  secureJsonData: { httpHeaderValue1: 'secret-tenant' },
};
const change = { name: 'Metrics', type: 'prometheus', url: 'http://elsewhere:9090' };

it('takes the address of the running upstream instead of the file’s', () => {
  const store = new DataSourceStore([provisioned], { prom: 'http://127.0.0.1:9' });
  expect(store.get('prom')?.url).toBe('http://127.0.0.1:9');
});

it('makes a uid of the name when the file gives none', () => {
  const store = new DataSourceStore([{ ...provisioned, uid: undefined, name: 'My Metrics' }], {});
  expect(store.get('my-metrics')?.name).toBe('My Metrics');
});

it('tells which secrets are set and never what they are', () => {
  const store = new DataSourceStore([provisioned], {});
  const [record] = store.list();
  expect(toSettings(record).secureJsonFields).toEqual({ httpHeaderValue1: true });
  expect(JSON.stringify([toSettings(record), toBrowserSettings(record, corePluginMetas()[0])])).not.toContain(
    'secret-tenant'
  );
});

it('keeps a secret that an update does not send, replaces one that it sends, drops one that it resets', () => {
  const store = new DataSourceStore([provisioned], {});
  expect(store.update('prom', change)).toMatchObject({
    url: 'http://elsewhere:9090',
    secureJsonData: { httpHeaderValue1: 'secret-tenant' },
    version: 2,
  });
  expect(store.update('prom', { ...change, secureJsonData: { httpHeaderValue1: 'other' } }).secureJsonData).toEqual({
    httpHeaderValue1: 'other',
  });
  expect(store.update('prom', { ...change, secureJsonFields: { httpHeaderValue1: false } }).secureJsonData).toEqual({});
});

it('refuses a version that somebody else has replaced, and takes one that says none', () => {
  const store = new DataSourceStore([provisioned], {});
  expect(store.update('prom', { ...change, version: 1 }).version).toBe(2);
  expect(() => store.update('prom', { ...change, version: 1 })).toThrow('already been updated by someone else');
  expect(store.update('prom', change).version).toBe(3);
});

it('refuses to change a read-only source, an unknown one, or to take nonsense', () => {
  const store = new DataSourceStore([{ ...provisioned, editable: false }], {});
  expect(() => store.update('prom', change)).toThrow('Cannot update read-only data source');
  expect(() => store.update('nobody', change)).toThrow('Data source not found');
  const editable = new DataSourceStore([provisioned], {});
  expect(() => editable.update('prom', { name: '' })).toThrow('bad request data');
});
