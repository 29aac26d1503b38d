import { chmod, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findGrafana, startGrafana } from './grafana';
import { findFreePorts } from './ports';

/** Answers as healthy, and writes down how it was called. */
const FAKE_GRAFANA = `#!${process.execPath}
const fs = require('fs');
const path = require('path');
if (process.env.FAKE_FAILS) {
  console.error('database is locked');
  process.exit(3);
}
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^GF_|_URL$/.test(name)));
fs.writeFileSync(path.join(process.env.GF_PATHS_PLUGINS, 'called.json'), JSON.stringify({ args: process.argv.slice(2), env }));
require('http').createServer((request, response) => {
  if (request.url === '/exit') process.exit(7);
  response.end('{}');
}).listen(Number(process.env.GF_SERVER_HTTP_PORT), process.env.GF_SERVER_HTTP_ADDR);
`;

jest.setTimeout(30_000);

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'grafana-'));
  await mkdir(path.join(dir, 'home/bin'), { recursive: true });
  await mkdir(path.join(dir, 'home/conf'), { recursive: true });
  await writeFile(path.join(dir, 'home/conf/defaults.ini'), '');
  await writeFile(path.join(dir, 'home/bin/grafana'), FAKE_GRAFANA);
  await chmod(path.join(dir, 'home/bin/grafana'), 0o755);
  await mkdir(path.join(dir, 'dist'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const options = async (environment: Record<string, string> = {}) => ({
  port: (await findFreePorts()).host,
  distDir: path.join(dir, 'dist'),
  provisioningDir: path.join(dir, 'provisioning'),
  dataDir: path.join(dir, 'data'),
  environment,
});

test('is found on PATH with its home, or in GRAFANA_HOME', async () => {
  const home = path.join(dir, 'home');
  const command = path.join(home, 'bin/grafana');
  const found = { command, args: ['server'], home };
  expect(await findGrafana({ PATH: path.join(home, 'bin') })).toEqual(found);
  expect(await findGrafana({ PATH: '', GRAFANA_HOME: home })).toEqual(found);
});

test('says what to do when there is none', async () => {
  await expect(findGrafana({ PATH: dir })).rejects.toThrow(/No Grafana found on PATH: install it .*GRAFANA_HOME/);
  await expect(findGrafana({ PATH: dir, GRAFANA_HOME: dir })).rejects.toThrow(/no bin\/grafana in it/);
});

test('runs with the plugin, its provisioning and a data folder of its own', async () => {
  const program = await findGrafana({ PATH: '', GRAFANA_HOME: path.join(dir, 'home') });
  const given = await options({ TEMPO_URL: 'http://tempo' });
  const grafana = await startGrafana(program, given);
  expect((await fetch(`${grafana.url}/api/health`)).ok).toBe(true);
  const plugins = path.join(dir, 'data/plugins');
  expect((await lstat(path.join(plugins, 'traceatlas-tempo-app'))).isSymbolicLink()).toBe(true);
  const { args, env } = JSON.parse(await readFile(path.join(plugins, 'called.json'), 'utf8'));
  expect(args).toEqual(['server', '--homepath', path.join(dir, 'home')]);
  expect(env).toMatchObject({
    TEMPO_URL: 'http://tempo',
    GF_PATHS_PROVISIONING: given.provisioningDir,
    GF_PATHS_DATA: path.join(dir, 'data/data'),
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS:
      'traceatlas-tempo-app,traceatlas-tempo-datasource,traceatlas-servicemap-panel,traceatlas-trace-panel',
  });
  await grafana.close();
  await expect(fetch(`${grafana.url}/api/health`)).rejects.toThrow();
});

test('one that ends before it is ready is an error with its last words', async () => {
  const program = await findGrafana({ PATH: '', GRAFANA_HOME: path.join(dir, 'home') });
  const starting = startGrafana(program, await options({ FAKE_FAILS: '1' }));
  await expect(starting).rejects.toThrow('Grafana ended with status 3.\ndatabase is locked');
});

test('tells when it ends later', async () => {
  const program = await findGrafana({ PATH: '', GRAFANA_HOME: path.join(dir, 'home') });
  const grafana = await startGrafana(program, await options());
  await fetch(`${grafana.url}/exit`).catch(() => undefined);
  expect(await grafana.ended).toMatch(/^Grafana ended with status 7\./);
  await grafana.close();
});
