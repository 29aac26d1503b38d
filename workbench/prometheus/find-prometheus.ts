import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROBE_TIMEOUT_MS = 5000;

/** Where package managers put programs, even when PATH does not say so. */
const USUAL_DIRECTORIES = [
  '/usr/bin',
  '/usr/local/bin',
  '/usr/sbin',
  '/opt/homebrew/bin',
  '/home/linuxbrew/.linuxbrew/bin',
];
const APT_LISTS = '/var/lib/apt/lists';

export const HOW_TO_INSTALL =
  'Install it (Debian, Ubuntu: "sudo apt-get install prometheus"; Fedora: "sudo dnf install golang-github-prometheus"; ' +
  'macOS: "brew install prometheus"), or set PROMETHEUS_BIN to the program or PROMETHEUS_URL to a running server.';

export interface Command {
  program: string;
  args: string[];
}

export type FoundPrometheus =
  /** One that already runs; it must accept remote write. */
  | { kind: 'url'; url: string }
  | { kind: 'binary'; path: string }
  /** Not here, but these commands install it without asking anything. */
  | { kind: 'installable'; manager: 'apt-get' | 'brew'; commands: Command[] }
  /** `advice` is one line that says what to do. */
  | { kind: 'missing'; advice: string };

/** What is asked of the machine; tests bring their own. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
  isExecutable(path: string): Promise<boolean>;
  /** Does this command end well, without asking a question? */
  succeeds(command: Command): Promise<boolean>;
  /** Does apt know which packages there are? */
  hasAptLists(): Promise<boolean>;
}

export const thisMachine: Machine = {
  env: process.env,
  isRoot: process.getuid?.() === 0,
  isExecutable: (path) =>
    access(path, constants.X_OK).then(
      () => true,
      () => false
    ),
  succeeds: ({ program, args }) =>
    run(program, args, { timeout: PROBE_TIMEOUT_MS }).then(
      () => true,
      () => false
    ),
  hasAptLists: () =>
    readdir(APT_LISTS).then(
      (files) => files.some((file) => file.includes('_Packages')),
      () => false
    ),
};

/** Looks for a Prometheus: PROMETHEUS_URL, PROMETHEUS_BIN, the PATH, then what could be installed unattended. */
export async function findPrometheus(machine: Machine = thisMachine): Promise<FoundPrometheus> {
  const { PROMETHEUS_URL: url, PROMETHEUS_BIN: binary } = machine.env;
  if (url) {
    return readUrl(url);
  }
  if (binary) {
    return (await machine.isExecutable(binary))
      ? { kind: 'binary', path: binary }
      : { kind: 'missing', advice: `PROMETHEUS_BIN is ${binary}, but that is not a program that can be run.` };
  }
  const path = await findProgram('prometheus', machine);
  return path ? { kind: 'binary', path } : findInstaller(machine);
}

function readUrl(url: string): FoundPrometheus {
  try {
    const { protocol } = new URL(url);
    if (protocol === 'http:' || protocol === 'https:') {
      return { kind: 'url', url: url.replace(/\/+$/, '') };
    }
  } catch {
    // Falls through to the advice.
  }
  return { kind: 'missing', advice: `PROMETHEUS_URL is "${url}", which is not an address like http://localhost:9090.` };
}

export async function findProgram(name: string, machine: Machine): Promise<string | undefined> {
  const onPath = (machine.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  for (const directory of [...onPath, ...USUAL_DIRECTORIES]) {
    const path = join(directory, name);
    if (await machine.isExecutable(path)) {
      return path;
    }
  }
  return undefined;
}

async function findInstaller(machine: Machine): Promise<FoundPrometheus> {
  const aptGet = await findProgram('apt-get', machine);
  if (aptGet) {
    const sudo = machine.isRoot ? undefined : await passwordlessSudo(machine);
    if (machine.isRoot || sudo) {
      return { kind: 'installable', manager: 'apt-get', commands: await aptCommands(aptGet, sudo, machine) };
    }
    return { kind: 'missing', advice: `Prometheus is not installed. ${HOW_TO_INSTALL}` };
  }
  const brew = await findProgram('brew', machine);
  // Homebrew refuses to run as root.
  if (brew && !machine.isRoot) {
    return { kind: 'installable', manager: 'brew', commands: [{ program: brew, args: ['install', 'prometheus'] }] };
  }
  return { kind: 'missing', advice: `Prometheus is not installed. ${HOW_TO_INSTALL}` };
}

async function passwordlessSudo(machine: Machine): Promise<string | undefined> {
  const sudo = await findProgram('sudo', machine);
  return sudo && (await machine.succeeds({ program: sudo, args: ['-n', 'true'] })) ? sudo : undefined;
}

async function aptCommands(aptGet: string, sudo: string | undefined, machine: Machine): Promise<Command[]> {
  const asRoot = (args: string[]): Command =>
    sudo
      ? { program: sudo, args: ['-n', 'DEBIAN_FRONTEND=noninteractive', aptGet, ...args] }
      : { program: aptGet, args };
  const install = asRoot(['install', '-y', '--no-install-recommends', 'prometheus']);
  return (await machine.hasAptLists()) ? [install] : [asRoot(['update']), install];
}
