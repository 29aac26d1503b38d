import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildHostPage } from '../host/build';
import { startHost } from '../host/server';
import { type Backend, startBackend } from './backend';
import { findGrafana, type GrafanaProgram, startGrafana } from './grafana';
import { logTo } from './log-to';
import { type DemoOptions, type Ports } from './options';
import { ensurePluginBuild } from './plugin-build';
import { type Progress } from './progress';
import { type Resources } from './resources';

const PROJECT_DIR = path.resolve(__dirname, '../..');
const DIST_DIR = path.join(PROJECT_DIR, 'dist');
const PROVISIONING_DIR = path.join(PROJECT_DIR, 'provisioning');
/** Data sources with the wrong exemplar label and without the link to metrics. */
const BROKEN_PROVISIONING_DIR = path.join(__dirname, 'broken');
const DATA_DIR = path.join(PROJECT_DIR, '.demo');

export interface Demo {
  hostUrl: string;
  tempoUrl: string;
  otlpUrl: string;
  prometheusUrl: string;
  /** Absent without the sample services */
  loadUrl?: string;
  /** Of this run alone */
  dataDir: string;
  /** Settles with the reason when a part ends by itself. */
  broken: Promise<string>;
}

/** Starts all parts; `resources` stops them. Rejects with a text for the person at the terminal. */
export async function startDemo(
  options: Pick<DemoOptions, 'load' | 'grafana' | 'broken'>,
  ports: Ports,
  resources: Resources,
  progress: Progress
): Promise<Demo> {
  const grafana = options.grafana ? await findGrafana() : undefined;
  // One folder for each page, so that a check beside a running demo leaves that one's data alone.
  const dataDir = path.join(DATA_DIR, String(ports.host));
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });

  const building = Promise.all([buildPlugin(resources, progress), grafana ? undefined : buildPage(progress)]);
  const starting = startBackend(options, ports, dataDir, resources, progress);
  const [[, pageDir], backend] = await Promise.all([building, starting]);
  resources.throwIfStopped();
  const provisioningDir = options.broken ? BROKEN_PROVISIONING_DIR : PROVISIONING_DIR;
  const front = grafana
    ? await runGrafana(grafana, backend, ports, provisioningDir, path.join(dataDir, 'grafana'), resources, progress)
    : await runHost(backend, ports, provisioningDir, pageDir, resources, progress);
  const { tempo, prometheus, load } = backend;
  return {
    ...front,
    tempoUrl: tempo.apiUrl,
    otlpUrl: tempo.otlpUrl,
    prometheusUrl: prometheus.url,
    loadUrl: load?.controlUrl,
    dataDir,
  };
}

function buildPlugin(resources: Resources, progress: Progress): Promise<boolean> {
  const describe = (built: boolean) => (built ? 'built' : 'as built before');
  return progress.step('plugin', () => ensurePluginBuild(PROJECT_DIR, resources.signal), describe);
}

async function buildPage(progress: Progress): Promise<string> {
  const { pageDir } = await progress.step(
    'page',
    () => buildHostPage(),
    ({ rebuilt }) => (rebuilt ? 'bundled' : 'as bundled before')
  );
  return pageDir;
}

/** What the provisioning files ask for. */
function provisioningEnvironment({ tempo, prometheus }: Backend, provisioningDir: string): Record<string, string> {
  return {
    TEMPO_URL: tempo.apiUrl,
    PROMETHEUS_URL: prometheus.url,
    DASHBOARDS_PATH: path.join(provisioningDir, 'dashboards'),
  };
}

async function runHost(
  backend: Backend,
  ports: Ports,
  provisioningDir: string,
  pageDir: string | undefined,
  resources: Resources,
  progress: Progress
): Promise<Pick<Demo, 'hostUrl' | 'broken'>> {
  const { tempo, prometheus, load } = backend;
  const host = await progress.step('host', () =>
    resources.add(
      startHost({
        port: ports.host,
        distDir: DIST_DIR,
        provisioningDir,
        pageDir,
        upstreams: { tempo: tempo.apiUrl, 'traceatlas-tempo': tempo.apiUrl, prometheus: prometheus.url },
        loadUrl: load?.controlUrl,
        environment: { ...process.env, ...provisioningEnvironment(backend, provisioningDir) },
        log: logTo(progress, resources),
      })
    )
  );
  return { hostUrl: host.url, broken: prometheus.ended };
}

async function runGrafana(
  program: GrafanaProgram,
  backend: Backend,
  ports: Ports,
  provisioningDir: string,
  dataDir: string,
  resources: Resources,
  progress: Progress
): Promise<Pick<Demo, 'hostUrl' | 'broken'>> {
  const grafana = await progress.step('Grafana', () =>
    resources.add(
      startGrafana(program, {
        port: ports.host,
        distDir: DIST_DIR,
        provisioningDir,
        dataDir,
        environment: provisioningEnvironment(backend, provisioningDir),
      })
    )
  );
  return { hostUrl: grafana.url, broken: Promise.race([grafana.ended, backend.prometheus.ended]) };
}
