import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_DIR } from './project-dir.mjs';

/** Says for which lockfile node_modules was last found right, so that the next start need not compare. */
const STAMP = '.trace-atlas-lock';
const TRIES = 2;

/** Brings node_modules in line with package-lock.json; exits with a message when that fails. */
export function ensureModules(projectDir = PROJECT_DIR) {
  const reason = whyStale(projectDir);
  if (reason) {
    console.log(`Installing packages (npm ci): ${reason}. This takes a minute or two.`);
    install(projectDir);
  }
  writeFileSync(stampPath(projectDir), lockHash(projectDir));
}

/** Undefined when node_modules is what the lockfile says. */
export function whyStale(projectDir) {
  const modules = path.join(projectDir, 'node_modules');
  const installed = path.join(modules, '.package-lock.json');
  if (!existsSync(installed)) {
    return 'node_modules is missing';
  }
  if (readIfThere(stampPath(projectDir)) === lockHash(projectDir)) {
    return undefined;
  }
  const wanted = JSON.parse(readFileSync(path.join(projectDir, 'package-lock.json'), 'utf8')).packages;
  const difference = findDifference(wanted, JSON.parse(readFileSync(installed, 'utf8')).packages);
  return difference && `${difference} differs from package-lock.json`;
}

/** Name of the first package that is not there in the version wanted; those for other systems need not be. */
export function findDifference(wanted, installed) {
  const name = Object.keys(wanted).find((key) => {
    const { version, optional, devOptional, peer, link } = wanted[key];
    const found = installed[key];
    if (key === '' || link || (!found && (optional || devOptional || peer))) {
      return false;
    }
    return found?.version !== version;
  });
  return name?.replace(/^node_modules\//, '');
}

function install(projectDir) {
  for (let tries = 1; tries <= TRIES; tries++) {
    if (runNpm(projectDir, ['ci', '--no-audit', '--no-fund', '--loglevel=error']) === 0) {
      return;
    }
  }
  console.error('npm ci failed (its message is above). Check the network and the npm registry, then start again.');
  process.exit(1);
}

function runNpm(cwd, args) {
  const npmCli = process.env.npm_execpath;
  const withNode = npmCli?.endsWith('.js') || npmCli?.endsWith('.cjs');
  const { status, error } = withNode
    ? spawnSync(process.execPath, [npmCli, ...args], { cwd, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) {
    console.error(`npm could not be run: ${error.message}`);
  }
  return status ?? 1;
}

function stampPath(projectDir) {
  return path.join(projectDir, 'node_modules', STAMP);
}

function lockHash(projectDir) {
  return createHash('sha256')
    .update(readFileSync(path.join(projectDir, 'package-lock.json')))
    .digest('hex');
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
