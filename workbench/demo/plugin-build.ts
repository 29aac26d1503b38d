import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'glob';

/** What the plugin is made of. */
const INPUTS = [
  'src/**/*',
  '.config/{bundler,webpack}/**/*',
  'webpack.config.ts',
  'tsconfig.json',
  'package-lock.json',
  'package.json',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
];
const NOT_INPUTS = ['**/*.test.{ts,tsx}', '**/__tests__/**'];
const OUTPUT = 'dist/module.js';
/** Not in dist, which is what people install. */
const RECORD = 'node_modules/.cache/trace-atlas/plugin-build.json';

interface BuildRecord {
  /** Of all inputs */
  hash: string;
  /** ms since the Unix epoch; tells whether somebody else built since */
  outputMtimeMs: number;
}

/** Builds the plugin into dist/ unless what is there was made of the present source. True when it was built. */
export async function ensurePluginBuild(projectDir: string, signal?: AbortSignal): Promise<boolean> {
  const inputs = await listInputs(projectDir);
  const hash = await hashFiles(projectDir, inputs);
  if (await isFresh(projectDir, inputs, hash)) {
    return false;
  }
  await runWebpack(projectDir, signal);
  await writeRecord(projectDir, hash);
  return true;
}

export async function isPluginBuildFresh(projectDir: string): Promise<boolean> {
  const inputs = await listInputs(projectDir);
  return isFresh(projectDir, inputs, await hashFiles(projectDir, inputs));
}

async function isFresh(projectDir: string, inputs: string[], hash: string): Promise<boolean> {
  const output = path.join(projectDir, OUTPUT);
  if (!existsSync(output)) {
    return false;
  }
  const { mtimeMs } = await stat(output);
  const record = await readRecord(projectDir);
  if (record?.outputMtimeMs === mtimeMs) {
    return record.hash === hash;
  }
  const times = await Promise.all(inputs.map(async (file) => (await stat(path.join(projectDir, file))).mtimeMs));
  return times.every((time) => time <= mtimeMs);
}

async function listInputs(projectDir: string): Promise<string[]> {
  return (await glob(INPUTS, { cwd: projectDir, ignore: NOT_INPUTS, nodir: true, dot: true, posix: true })).sort();
}

async function hashFiles(projectDir: string, files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`).update(await readFile(path.join(projectDir, file)));
  }
  return hash.digest('hex');
}

/** Rejects with webpack's own output. */
function runWebpack(projectDir: string, signal?: AbortSignal): Promise<void> {
  const webpack = path.join(projectDir, 'node_modules/webpack/bin/webpack.js');
  const args = [webpack, '-c', './webpack.config.ts', '--env', 'production'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The plugin could not be built (npm run build):\n${errorsOf(output)}`))
    );
  });
}

/** Webpack lists what it made and warns before it comes to the errors. */
function errorsOf(output: string): string {
  const first = output.search(/^ERROR in/m);
  return first < 0 ? output : output.slice(first);
}

async function readRecord(projectDir: string): Promise<BuildRecord | undefined> {
  try {
    return JSON.parse(await readFile(path.join(projectDir, RECORD), 'utf8')) as BuildRecord;
  } catch {
    return undefined;
  }
}

async function writeRecord(projectDir: string, hash: string): Promise<void> {
  const file = path.join(projectDir, RECORD);
  const { mtimeMs: outputMtimeMs } = await stat(path.join(projectDir, OUTPUT));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ hash, outputMtimeMs } satisfies BuildRecord));
}
