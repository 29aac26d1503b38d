import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePluginBuild, isPluginBuildFresh } from './plugin-build';

jest.setTimeout(30_000);

let project: string;

const write = async (file: string, text: string, ageSeconds = 0) => {
  const target = path.join(project, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
  const time = new Date(Date.UTC(2026, 0, 1) - ageSeconds * 1000);
  await utimes(target, time, time);
};

/** Stands in for webpack's program; appends to a log so that runs can be counted. */
const FAKE_WEBPACK = `
const fs = require('fs');
fs.appendFileSync('runs.log', 'x');
if (fs.readFileSync('src/module.ts', 'utf8') === 'broken') {
  console.log('assets by status\\nWARNING in a\\nERROR in ./module.ts\\nno such thing');
  process.exit(1);
}
fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/module.js', 'built');
`;

const runs = () =>
  readFile(path.join(project, 'runs.log'), 'utf8').then(
    (text) => text.length,
    () => 0
  );

beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'plugin-build-'));
  await write('node_modules/webpack/bin/webpack.js', FAKE_WEBPACK);
  await write('src/module.ts', 'one', 100);
  await write('src/module.test.ts', 'a test', 100);
});
afterEach(() => rm(project, { recursive: true, force: true }));

test('builds when there is nothing, and not again while the source stays the same', async () => {
  expect(await ensurePluginBuild(project)).toBe(true);
  expect(await ensurePluginBuild(project)).toBe(false);
  expect(await runs()).toBe(1);
});

test('builds again when the source changed, even if the files look old', async () => {
  await ensurePluginBuild(project);
  await write('src/module.ts', 'two', 5000);
  expect(await isPluginBuildFresh(project)).toBe(false);
  expect(await ensurePluginBuild(project)).toBe(true);
});

test('a changed test is no reason to build', async () => {
  await ensurePluginBuild(project);
  await write('src/module.test.ts', 'another test');
  expect(await ensurePluginBuild(project)).toBe(false);
});

test('takes what somebody else built, when it is newer than the source', async () => {
  await write('dist/module.js', 'by hand', 50);
  expect(await ensurePluginBuild(project)).toBe(false);
  await write('src/module.ts', 'two', 10);
  expect(await ensurePluginBuild(project)).toBe(true);
});

test("a failing build tells webpack's errors, and is tried again next time", async () => {
  await write('src/module.ts', 'broken');
  const message = 'The plugin could not be built (npm run build):\nERROR in ./module.ts\nno such thing\n';
  await expect(ensurePluginBuild(project)).rejects.toThrow(message);
  await expect(ensurePluginBuild(project)).rejects.toThrow(message);
  expect(await runs()).toBe(2);
});
