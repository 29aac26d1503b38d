import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, cp, mkdir, realpath, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { APP_ID, DATASOURCE_ID, SERVICE_MAP_PANEL_ID, TRACE_PANEL_ID } from '../../src/constants';

export interface GrafanaOptions {
  port: number;
  distDir: string;
  provisioningDir: string;
  /** Emptied by the caller; holds database, logs and the plugins folder. */
  dataDir: string;
  /** Read by the provisioning files */
  environment: Record<string, string>;
}

export interface RunningGrafana {
  url: string;
  /** Settles with the reason when it ends by itself. */
  ended: Promise<string>;
  close(): Promise<void>;
}

export interface GrafanaProgram {
  command: string;
  args: string[];
  home: string;
}

const READY_TIMEOUT_MS = 120_000;
const READY_POLL_MS = 250;
const STOP_TIMEOUT_MS = 10_000;
/** Where packages put the parts that are no program, relative to a program's real place or absolute. */
const USUAL_HOMES = [
  '..',
  '../..',
  '../share/grafana',
  '../../share/grafana',
  '/usr/share/grafana',
  '/usr/local/share/grafana',
];
const LAST_LINES = 12;

/** Looks at GRAFANA_HOME, then PATH. Rejects with one line that says what to do. */
export async function findGrafana(env: Record<string, string | undefined> = process.env): Promise<GrafanaProgram> {
  const onPath = await firstProgram((env.PATH ?? '').split(path.delimiter).filter(Boolean));
  const home = env.GRAFANA_HOME;
  if (home) {
    const found = (await firstProgram([path.join(home, 'bin')])) ?? onPath;
    if (!found) {
      throw new Error(`GRAFANA_HOME is ${home}, but there is no bin/grafana in it, and none on PATH.`);
    }
    return { ...found, home };
  }
  if (!onPath) {
    throw new Error(
      'No Grafana found on PATH: install it (https://grafana.com/grafana/download), or set GRAFANA_HOME to its folder. Without --grafana the demo needs none.'
    );
  }
  return { ...onPath, home: await findHome(onPath.command) };
}

async function firstProgram(dirs: string[]): Promise<{ command: string; args: string[] } | undefined> {
  // Since Grafana 9 it is `grafana server`; older packages have a program of their own.
  for (const [name, ...args] of [['grafana', 'server'], ['grafana-server']]) {
    for (const dir of dirs) {
      const command = path.join(dir, name);
      if (await isExecutable(command)) {
        return { command, args };
      }
    }
  }
  return undefined;
}

async function findHome(command: string): Promise<string> {
  const dir = path.dirname(await realpath(command));
  const homes = USUAL_HOMES.map((home) => path.resolve(dir, home));
  const home = homes.find((candidate) => existsSync(path.join(candidate, 'conf', 'defaults.ini')));
  if (!home) {
    throw new Error(`Grafana is at ${command}, but its conf/defaults.ini is not near: set GRAFANA_HOME to its folder.`);
  }
  return home;
}

/** Starts a Grafana of its own, with the built plugin and the provisioning, open to anybody on this machine as admin. */
export async function startGrafana(program: GrafanaProgram, options: GrafanaOptions): Promise<RunningGrafana> {
  const pluginsDir = path.join(options.dataDir, 'plugins');
  await linkPlugin(options.distDir, path.join(pluginsDir, APP_ID));
  const child = spawn(program.command, [...program.args, '--homepath', program.home], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment, ...settings(options, pluginsDir) },
  });
  const tail = keepTail(child);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`Grafana could not be run: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`Grafana ended with ${signal ?? `status ${code}`}.\n${tail()}`));
  });
  const url = `http://127.0.0.1:${options.port}`;
  const polling = new AbortController();
  try {
    await Promise.race([untilHealthy(url, polling.signal), ended.then((reason) => Promise.reject(new Error(reason)))]);
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    polling.abort();
  }
  return { url, ended, close: () => stop(child) };
}

function settings({ port, dataDir, provisioningDir }: GrafanaOptions, pluginsDir: string): Record<string, string> {
  return {
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(port),
    GF_PATHS_DATA: path.join(dataDir, 'data'),
    GF_PATHS_LOGS: path.join(dataDir, 'log'),
    GF_PATHS_PLUGINS: pluginsDir,
    GF_PATHS_PROVISIONING: provisioningDir,
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: [APP_ID, DATASOURCE_ID, SERVICE_MAP_PANEL_ID, TRACE_PANEL_ID].join(','),
    // The plugin's texts are English; some builds of Grafana start in another language.
    GF_USERS_DEFAULT_LANGUAGE: 'en-US',
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Admin',
    GF_AUTH_BASIC_ENABLED: 'false',
    // Works without the internet, and asks nobody there anything.
    GF_ANALYTICS_ENABLED: 'false',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
    GF_LOG_LEVEL: 'warn',
  };
}

/** A link, or a copy where links are not allowed. */
async function linkPlugin(distDir: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true });
  await symlink(distDir, target, 'dir').catch(() => cp(distDir, target, { recursive: true }));
}

/** Its last lines, for when it fails; all of them are in its log file. */
function keepTail(child: ChildProcess): () => string {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      lines.push(...text.split('\n').filter(Boolean));
      lines.splice(0, Math.max(0, lines.length - LAST_LINES));
    });
  }
  return () => lines.join('\n');
}

async function untilHealthy(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!signal.aborted && Date.now() < deadline) {
    const healthy = await fetch(`${url}/api/health`, { signal }).then(
      (response) => response.ok,
      () => false
    );
    if (healthy) {
      return;
    }
    await delay(READY_POLL_MS);
  }
  throw new Error(`Grafana did not become ready within ${READY_TIMEOUT_MS / 1000} s.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(force);
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false
  );
}
