import { spawnSync } from 'node:child_process';

/** What package.json's `engines` asks for. */
const MINIMUM = [20, 6];
/** Runs when the machine's own Node is older; the npm package `node` carries the program. */
const REPLACEMENT = 'node@22';
const ALREADY_REPLACED = 'TRACE_ATLAS_NODE_REPLACED';

export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

/** Goes on when this Node is new enough; otherwise runs the program again with one that is, and exits with its code. */
export function ensureNode() {
  const version = process.versions.node;
  if (isNewEnough(version)) {
    return;
  }
  const needed = `Node ${MINIMUM.join('.')} or newer is needed, this is ${version}`;
  if (process.env[ALREADY_REPLACED]) {
    console.error(`${needed}. Install a newer one from https://nodejs.org.`);
    process.exit(1);
  }
  console.log(`${needed}: running through npx ${REPLACEMENT}.`);
  const { status, error } = spawnSync('npx', ['--yes', REPLACEMENT, ...process.argv.slice(1)], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, [ALREADY_REPLACED]: '1' },
  });
  if (error) {
    console.error(`npx ${REPLACEMENT} could not be run (${error.message}). Install Node 22 from https://nodejs.org.`);
  }
  process.exit(status ?? 1);
}
