import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as v from 'valibot';
import { cssAsStyleTags } from './build/css-as-style-tags';
import { findNodeModules } from './server/assets';

const HOST_DIR = path.dirname(fileURLToPath(import.meta.url));
const PROJECT_DIR = path.resolve(HOST_DIR, '../..');
const RECORD = 'build.json';

const recordSchema = v.object({ inputs: v.record(v.string(), v.string()) });

export interface BuildResult {
  /** What `startHost` takes as `pageDir`. */
  pageDir: string;
  /** False when the last build was still good. */
  rebuilt: boolean;
  /** ms */
  duration: number;
}

/**
 * Bundles the page with the real @grafana packages into `workbench/host/dist`, unless nothing that went into the
 * last bundle has changed since.
 */
export async function buildHostPage(log: (line: string) => void = () => undefined): Promise<BuildResult> {
  const started = performance.now();
  const pageDir = path.join(HOST_DIR, 'dist');
  const rebuilt = !(await isFresh(pageDir));
  if (rebuilt) {
    log('bundling the host page');
    await build(pageDir);
  }
  return { pageDir, rebuilt, duration: performance.now() - started };
}

async function build(pageDir: string): Promise<void> {
  const nodeModules = findNodeModules(HOST_DIR);
  const staging = `${pageDir}.${process.pid}`;
  const shared: esbuild.BuildOptions = {
    absWorkingDir: PROJECT_DIR,
    bundle: true,
    minify: true,
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
    logOverride: { 'direct-eval': 'silent', 'package.json': 'silent' },
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    // the project's own tsconfig is made for webpack
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', target: 'es2022', useDefineForClassFields: true } },
  };
  const results = await Promise.all([
    esbuild.build({
      ...shared,
      entryPoints: { main: path.join(HOST_DIR, 'page/main.tsx') },
      outdir: staging,
      format: 'esm',
      splitting: true,
      loader: { '.ttf': 'dataurl', '.svg': 'dataurl', '.woff2': 'dataurl' },
      alias: moduleAliases(nodeModules),
      plugins: [cssAsStyleTags],
    }),
    esbuild.build({
      ...shared,
      entryPoints: {
        'monaco-editor-worker': path.join(nodeModules, 'monaco-editor/esm/vs/editor/editor.worker.js'),
        'monaco-json-worker': path.join(nodeModules, 'monaco-editor/esm/vs/language/json/json.worker.js'),
      },
      outdir: staging,
      format: 'iife',
    }),
  ]);
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const record = { inputs: await hashInputs(inputs) };
  await writeFile(path.join(staging, RECORD), JSON.stringify(record, null, 1));
  await rm(pageDir, { recursive: true, force: true });
  await mkdir(path.dirname(pageDir), { recursive: true });
  await rename(staging, pageDir);
}

function moduleAliases(nodeModules: string): Record<string, string> {
  return {
    // setters that the package's "exports" hide; its dist is not bundled, so these are the same module instances
    '@runtime-internal': path.join(nodeModules, '@grafana/runtime/dist/esm'),
    // @grafana/ui renders its links with its own copies of the router
    'react-router-dom-v5-compat': path.join(nodeModules, '@grafana/ui/node_modules/react-router-dom-v5-compat'),
    'react-router-v5': path.join(nodeModules, '@grafana/ui/node_modules/react-router-dom'),
  };
}

/** Hashes of the project's own inputs, and of the lock file in place of everything in node_modules. */
async function hashInputs(inputs: string[]): Promise<Record<string, string>> {
  const own = inputs.filter((file) => !file.includes('node_modules') && existsSync(path.join(PROJECT_DIR, file)));
  const buildFiles = [fileURLToPath(import.meta.url), path.join(HOST_DIR, 'build/css-as-style-tags.ts')];
  const files = ['package-lock.json', ...buildFiles.map((file) => path.relative(PROJECT_DIR, file)), ...own];
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await hashFile(file)] as const)));
}

async function isFresh(pageDir: string): Promise<boolean> {
  const record = path.join(pageDir, RECORD);
  if (!existsSync(record)) {
    return false;
  }
  const parsed = v.safeParse(recordSchema, JSON.parse(await readFile(record, 'utf8')));
  if (!parsed.success) {
    return false;
  }
  const checks = Object.entries(parsed.output.inputs).map(async ([file, hash]) => (await hashFile(file)) === hash);
  return (await Promise.all(checks)).every(Boolean);
}

async function hashFile(file: string): Promise<string> {
  const content = await readFile(path.join(PROJECT_DIR, file)).catch(() => '');
  return createHash('sha256').update(content).digest('hex');
}
