import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readApps, readDataSources } from './provisioning';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'provisioning-'));
  mkdirSync(path.join(dir, 'datasources'));
  mkdirSync(path.join(dir, 'plugins'));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('reads data sources of all files in order, with the environment filled in', () => {
  writeFileSync(
    path.join(dir, 'datasources/b.yaml'),
    'apiVersion: 1\ndatasources:\n  - {name: Second, type: prometheus}\n'
  );
  writeFileSync(
    path.join(dir, 'datasources/a.yml'),
    `datasources:
  - name: First
    type: prometheus
    uid: one
    url: $URL
    editable: true
    jsonData: {httpHeaderName1: X-Scope-OrgID, timeInterval: 15s}
    secureJsonData: {httpHeaderValue1: $TENANT}
`
  );
  const sources = readDataSources(dir, { URL: 'http://prometheus:9090', TENANT: 'team-a' });
  expect(sources.map(({ name }) => name)).toEqual(['First', 'Second']);
  expect(sources[0]).toMatchObject({
    uid: 'one',
    url: 'http://prometheus:9090',
    editable: true,
    secureJsonData: { httpHeaderValue1: 'team-a' },
  });
  expect(sources[1]).toMatchObject({ editable: false, isDefault: false, jsonData: {} });
});

it('names the file and the place of what is wrong', () => {
  writeFileSync(path.join(dir, 'datasources/bad.yaml'), 'datasources:\n  - {name: No type}\n');
  expect(() => readDataSources(dir, {})).toThrow(/bad\.yaml: datasources\.0\.type/);
});

it('has nothing to read when folder or file are empty', () => {
  writeFileSync(path.join(dir, 'datasources/empty.yaml'), '');
  expect(readDataSources(dir, {})).toEqual([]);
  expect(readDataSources(path.join(dir, 'nowhere'), {})).toEqual([]);
});

it('reads the settings of apps', () => {
  writeFileSync(path.join(dir, 'plugins/app.yaml'), 'apps:\n  - {type: my-app, disabled: true, jsonData: {a: 1}}\n');
  expect(readApps(dir, {})).toEqual([{ type: 'my-app', disabled: true, jsonData: { a: 1 }, secureJsonData: {} }]);
});
