import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The scripts are plain ES modules that run before anything is installed: they are tried as such, in a process. */
const SETUP = path.join(__dirname);

jest.setTimeout(30_000);

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'setup-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function evaluate(module: string, expression: string, env: Record<string, string> = {}) {
  const program = `const m = await import(${JSON.stringify(path.join(SETUP, module))}); console.log(JSON.stringify(${expression} ?? null));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return { value: last.startsWith('Installing') ? undefined : JSON.parse(last || 'null'), stdout, stderr };
}

function executable(name: string, text = '#!/bin/sh\n') {
  const file = path.join(dir, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

test.each([
  ['18.19.0', false],
  ['20.5.1', false],
  ['20.6.0', true],
  ['22.1.0', true],
])('Node %s is new enough: %s', (version, expected) => {
  expect(evaluate('ensure-node.mjs', `m.isNewEnough('${version}')`).value).toBe(expected);
});

describe('node_modules', () => {
  const lock = (packages: Record<string, object>) => JSON.stringify({ lockfileVersion: 3, packages });
  const write = (wanted: Record<string, object>, installed?: Record<string, object>) => {
    mkdirSync(path.join(dir, 'node_modules'), { recursive: true });
    writeFileSync(path.join(dir, 'package-lock.json'), lock({ '': {}, ...wanted }));
    if (installed) {
      writeFileSync(path.join(dir, 'node_modules/.package-lock.json'), lock(installed));
    }
  };
  const whyStale = () => evaluate('ensure-modules.mjs', `m.whyStale(${JSON.stringify(dir)})`).value;

  test('are stale when missing', () => {
    write({ 'node_modules/a': { version: '1.0.0' } });
    expect(whyStale()).toBe('node_modules is missing');
  });

  test('are stale when a package is missing or another version', () => {
    write({ 'node_modules/@x/a': { version: '1.0.0' } }, {});
    expect(whyStale()).toBe('@x/a differs from package-lock.json');
    write({ 'node_modules/a': { version: '1.0.1' } }, { 'node_modules/a': { version: '1.0.0' } });
    expect(whyStale()).toBe('a differs from package-lock.json');
  });

  test('are good when all is there but what is for other systems', () => {
    const wanted = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/mac': { version: '1.0.0', optional: true } };
    write(wanted, { 'node_modules/a': { version: '1.0.0' } });
    expect(whyStale()).toBeNull();
  });

  test('are installed from the lockfile by npm ci, and not a second time', () => {
    write({ 'node_modules/a': { version: '1.0.0' } });
    const npm = `#!${process.execPath}
const fs = require('fs');
fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;
    executable('bin/npm', npm);
    const env = { PATH: `${path.join(dir, 'bin')}${path.delimiter}${process.env.PATH}`, npm_execpath: '' };
    const ensure = `m.ensureModules(${JSON.stringify(dir)})`;
    expect(evaluate('ensure-modules.mjs', ensure, env).stdout).toContain('Installing packages (npm ci)');
    expect(evaluate('ensure-modules.mjs', ensure, env).stdout).not.toContain('Installing');
    expect(readFileSync(path.join(dir, 'npm.log'), 'utf8')).toBe('ci --no-audit --no-fund --loglevel=error\n');
  });
});

describe('Chromium', () => {
  const find = (env: Record<string, string>) => evaluate('ensure-chromium.mjs', 'm.findChromium()', env);

  test('is CHROMIUM_BIN first, then on PATH', () => {
    const named = executable('named');
    const onPath = executable('bin/google-chrome');
    expect(find({ CHROMIUM_BIN: named, PATH: path.dirname(onPath) }).value).toBe(named);
    expect(find({ CHROMIUM_BIN: '', PATH: path.dirname(onPath) }).value).toBe(onPath);
  });

  test('a wrong CHROMIUM_BIN is said, and the search goes on', () => {
    const onPath = executable('bin/chromium');
    const { value, stderr } = find({ CHROMIUM_BIN: path.join(dir, 'nothing'), PATH: path.dirname(onPath) });
    expect(value).toBe(onPath);
    expect(stderr).toContain('which is no program');
  });
});

describe('a child', () => {
  const run = (script: string, then = '') => {
    const file = path.join(dir, 'child.cjs');
    writeFileSync(file, script);
    return evaluate('run-child.mjs', `await m.runChild(process.execPath, [${JSON.stringify(file)}])${then}`);
  };

  test('gives its exit code, and takes its own children along when it dies', () => {
    const survivor = path.join(dir, 'survivor.pid');
    const script = `
const { spawn } = require('child_process');
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
require('fs').writeFileSync(${JSON.stringify(survivor)}, String(child.pid));
process.kill(process.pid, 'SIGKILL');
`;
    expect(run('process.exit(3)').value).toBe(3);
    expect(run(script).value).toBe(1);
    const isRunning = `(() => { try { process.kill(${readFileSync(survivor, 'utf8')}, 0); return require('fs').readFileSync('/proc/${readFileSync(survivor, 'utf8')}/stat', 'utf8').split(' ')[2] !== 'Z'; } catch { return false; } })()`;
    const checked = spawnSync(process.execPath, ['-p', isRunning], { encoding: 'utf8' });
    expect(checked.stdout.trim()).toBe('false');
  });
});
