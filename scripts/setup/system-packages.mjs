import { spawnSync } from 'node:child_process';
import { findOnPath } from './find-program.mjs';

/**
 * Installs a package of the system's where that needs no question: apt-get as root or with a sudo that asks no
 * password, or Homebrew. `packages` is `{ apt, brew }`: arguments of the install command. True when it went well.
 */
export function installSystemPackage(label, packages) {
  const command = installCommand(packages);
  if (!command) {
    return false;
  }
  console.log(`Installing ${label}: ${command.join(' ')}`);
  if (command.includes('apt-get')) {
    run([...aptGet(), '-qq', 'update']);
  }
  return run(command);
}

/** The command as a person would type it, or undefined where neither apt-get nor Homebrew is. */
export function suggestedCommand({ apt, brew }) {
  if (findOnPath(['apt-get'])) {
    return `sudo apt-get install ${apt}`;
  }
  return findOnPath(['brew']) && `brew install ${brew}`;
}

function installCommand({ apt, brew }) {
  if (findOnPath(['apt-get']) && mayUseApt()) {
    return [...aptGet(), 'install', '-y', '-qq', '--no-install-recommends', ...apt.split(' ')];
  }
  return findOnPath(['brew']) && ['brew', 'install', ...brew.split(' ')];
}

function isRoot() {
  return process.getuid?.() === 0;
}

function mayUseApt() {
  return isRoot() || (findOnPath(['sudo']) && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0);
}

function aptGet() {
  return isRoot() ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
}

function run([command, ...args]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', NONINTERACTIVE: '1', HOMEBREW_NO_AUTO_UPDATE: '1' };
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0;
}
