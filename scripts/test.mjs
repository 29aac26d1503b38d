// `npm test`: sets up what is missing, runs every suite in order, cheap ones first, and adds up the results.
// `npm test -- unit e2e` runs only the suites named.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './setup/ensure-chromium.mjs';
import { ensureModules } from './setup/ensure-modules.mjs';
import { ensureNode } from './setup/ensure-node.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

ensureNode();
ensureModules();
// Only now are the dependencies there for what needs them.

/** Runs a command in the project's folder; resolves with its exit code. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const bin = (name) => path.join(root, 'node_modules', '.bin', name);

/** A check that passes or fails as a whole. */
const check = (command, args) => async () =>
  (await run(command, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Jest counts its own tests; a suite that does not even load counts as one failure. */
const jest =
  (...projects) =>
  async () => {
    const report = path.join(tmpdir(), `traceatlas-jest-${projects.join('-')}-${process.pid}.json`);
    const code = await run(bin('jest'), [
      '--ci',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${report}`,
      '--selectProjects',
      ...projects,
    ]);
    const result = readJson(report);
    rmSync(report, { force: true });
    if (!result) {
      return { passed: 0, failed: 1 };
    }
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      passed: result.numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: result.numPendingTests,
    };
  };

async function playwright() {
  const chromium = ensureChromium();
  const report = path.join(tmpdir(), `traceatlas-e2e-${process.pid}.json`);
  const code = await run(bin('playwright'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    ...(chromium ? { CHROMIUM_BIN: chromium } : {}),
  });
  const stats = readJson(report)?.stats;
  rmSync(report, { force: true });
  if (!stats) {
    return { passed: 0, failed: 1 };
  }
  const failed = stats.unexpected;
  return {
    passed: stats.expected + stats.flaky,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: stats.skipped,
  };
}

const suites = {
  types: check(bin('tsc'), ['--noEmit']),
  lint: check(bin('eslint'), ['--cache', '.']),
  format: check(bin('prettier'), ['--check', '--log-level=warn', '.']),
  config: check(bin('tsx'), ['scripts/check-config.ts']),
  texts: check(bin('tsx'), ['scripts/extract-translations.ts', '--check']),
  unit: jest('unit', 'workbench'),
  contract: jest('contract'),
  build: check(bin('webpack'), ['-c', './webpack.config.ts', '--env', 'production']),
  package: check(bin('tsx'), ['scripts/check-package.ts']),
  demo: check(bin('tsx'), ['workbench/demo/main.ts', '--check']),
  e2e: playwright,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const summary = [];
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) {
    continue;
  }
  console.log(`\n== ${name}`);
  const started = Date.now();
  const { passed, failed, skipped = 0 } = await suite();
  total.passed += passed;
  total.failed += failed + skipped;
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  summary.push(
    `${name.padEnd(10)} ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped (counted as failed)` : ''} (${seconds} s)`
  );
}
console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
