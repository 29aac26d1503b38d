import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { killOnExit } from './child-process';
import { prometheusArguments, prometheusConfig } from './configuration';
import { type Command, findPrometheus, HOW_TO_INSTALL, type Machine, thisMachine } from './find-prometheus';
import { abilitiesOf, parseVersion, type PrometheusAbilities, withoutExemplars } from './version';

export { findPrometheus, type FoundPrometheus } from './find-prometheus';

const HOST = '127.0.0.1';
const DEFAULT_RETENTION = '2d';
const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 100;
const STOP_TIMEOUT_MS = 5000;
const INSTALL_TIMEOUT_MS = 300_000;

export interface StartPrometheusOptions {
  port: number;
  /** Gets the configuration file and the database; made when missing. */
  dataDir: string;
  log: (line: string) => void;
  /** On when absent */
  exemplarStorage?: boolean;
  /** Prometheus duration; 2d when absent */
  retention?: string;
  /** Samples that one query may hold in memory; Prometheus' own limit when absent. Queries above it are refused. */
  maxSamples?: number;
  machine?: Machine;
}

export interface RunningPrometheus {
  /** Without a slash at the end */
  url: string;
  /** Where remote write goes */
  writeUrl: string;
  /** False for an old version, which takes classic histograms only; undefined for a server that is not ours. */
  nativeHistograms: boolean | undefined;
  /** Settles with the reason when a server that was started here ends; never for one that already ran. */
  ended: Promise<string>;
  /** Ends the server if it was started here. */
  close(): Promise<void>;
}

/**
 * Starts a Prometheus of our own that takes remote writes, exemplars and native histograms, after installing the
 * program if that needs no question; or takes the one that PROMETHEUS_URL names.
 * @throws Error of one line that says what to do.
 */
export async function startPrometheus(options: StartPrometheusOptions): Promise<RunningPrometheus> {
  const { log, machine = thisMachine } = options;
  const found = await findPrometheus(machine);
  switch (found.kind) {
    case 'url':
      return takeRunning(found.url);
    case 'binary':
      return startServer(found.path, options);
    case 'installable':
      log(`Prometheus is not installed; installing it with ${found.manager}.`);
      await install(found.commands);
      return startServer(await installedBinary(machine), options);
    case 'missing':
      throw new Error(found.advice);
  }
}

async function takeRunning(url: string): Promise<RunningPrometheus> {
  const status = await fetch(`${url}/-/ready`).then(
    (response) => response.status,
    () => 0
  );
  if (status !== 200) {
    throw new Error(
      `PROMETHEUS_URL is ${url}, but ${status === 0 ? 'nothing answers there' : `it says HTTP ${status}`}.`
    );
  }
  return {
    url,
    writeUrl: `${url}/api/v1/write`,
    nativeHistograms: undefined,
    ended: new Promise(() => {}),
    close: async () => {},
  };
}

async function install(commands: readonly Command[]): Promise<void> {
  for (const { program, args } of commands) {
    try {
      await promisify(execFile)(program, args, {
        timeout: INSTALL_TIMEOUT_MS,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    } catch (error) {
      const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
      throw new Error(`"${[program, ...args].join(' ')}" failed: ${lastLine(output)} ${HOW_TO_INSTALL}`);
    }
  }
}

async function installedBinary(machine: Machine): Promise<string> {
  const found = await findPrometheus(machine);
  if (found.kind !== 'binary') {
    throw new Error(`Prometheus was installed, but the program is not to be found. ${HOW_TO_INSTALL}`);
  }
  return found.path;
}

async function startServer(binary: string, options: StartPrometheusOptions): Promise<RunningPrometheus> {
  const { exemplarStorage = true } = options;
  const able = await abilitiesOfBinary(binary);
  const abilities = exemplarStorage ? able : withoutExemplars(able);
  await checkPortIsFree(options.port);
  const dataDir = resolve(options.dataDir);
  const configFile = join(dataDir, 'prometheus.yml');
  await mkdir(dataDir, { recursive: true });
  await writeFile(configFile, prometheusConfig(abilities));
  const args = prometheusArguments(
    {
      host: HOST,
      port: options.port,
      configFile,
      storageDir: join(dataDir, 'tsdb'),
      retention: options.retention ?? DEFAULT_RETENTION,
      maxSamples: options.maxSamples,
    },
    abilities
  );
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const release = killOnExit(child);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(`Prometheus ended with ${signal ?? `status ${code}`}.`));
  });
  const close = async () => {
    await stop(child);
    release();
  };
  const url = `http://${HOST}:${options.port}`;
  try {
    await waitUntilReady(child, url, options.log);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, writeUrl: `${url}/api/v1/write`, nativeHistograms: abilities.nativeHistograms, ended, close };
}

async function abilitiesOfBinary(binary: string): Promise<PrometheusAbilities> {
  const output = await promisify(execFile)(binary, ['--version']).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: unknown) => {
      throw new Error(`${binary} cannot be run: ${lastLine(String(error))}`);
    }
  );
  const version = parseVersion(output);
  if (!version) {
    throw new Error(`${binary} does not say which version of Prometheus it is.`);
  }
  const abilities = abilitiesOf(version);
  if (abilities.remoteWriteReceiver === 'none') {
    throw new Error(`${binary} is Prometheus ${version.major}.${version.minor}; 2.25 or newer is needed.`);
  }
  return abilities;
}

function checkPortIsFree(port: number): Promise<void> {
  return new Promise((free, taken) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      taken(
        new Error(
          `Prometheus cannot listen on port ${port}: ${error.code === 'EADDRINUSE' ? 'something else does already; stop it or choose another port' : error.message}.`
        )
      )
    );
    probe.listen(port, HOST, () => probe.close(() => free()));
  });
}

async function waitUntilReady(child: ChildProcess, url: string, log: (line: string) => void): Promise<void> {
  let lastError = '';
  let failure: string | undefined;
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of chunk.split('\n').filter((text) => text.trim() !== '')) {
      lastError = line;
      log(`prometheus: ${line}`);
    }
  });
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? `status ${code}`}. ${lastError}`));
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (failure !== undefined) {
      throw new Error(`Prometheus did not start: ${failure}`);
    }
    const ready = await fetch(`${url}/-/ready`).then(
      (response) => response.ok,
      () => false
    );
    if (ready && failure === undefined) {
      return;
    }
    await sleep(READY_POLL_MS);
  }
  throw new Error(`Prometheus did not become ready within ${READY_TIMEOUT_MS / 1000} s. ${lastError}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(force);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
