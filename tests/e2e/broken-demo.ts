import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type APIRequestContext, expect } from '@playwright/test';

/** Beside the ports of the demo that the other tests use. */
const FIRST_PORT = Number(process.env.E2E_PORT ?? 33000) + 40;
const PORTS = { host: FIRST_PORT, tempo: FIRST_PORT + 1, otlp: FIRST_PORT + 2, prometheus: FIRST_PORT + 3 };
/** Tests of a Grafana that runs already break one of their own too, where GRAFANA_HOME says how to start it. */
const IN_GRAFANA = Boolean(process.env.E2E_BASE_URL && process.env.GRAFANA_HOME);
/** A Grafana makes its database first. */
const READY_TIMEOUT_MS = IN_GRAFANA ? 150_000 : 90_000;
/** The generator collects every 15 s. */
const SERIES_TIMEOUT_MS = 60_000;

export interface BrokenDemo {
  url: string;
  stop(): Promise<void>;
}

/** A demo of its own that is wired wrongly (`npm run demo -- --broken`, with `--grafana`), without the sample services. */
export async function startBrokenDemo(request: APIRequestContext): Promise<BrokenDemo> {
  const root = path.join(__dirname, '../..');
  const args = ['--port', PORTS.host, '--tempo-port', PORTS.tempo, '--otlp-port', PORTS.otlp];
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'node_modules/tsx/dist/cli.mjs'),
      'workbench/demo/main.ts',
      '--broken',
      '--no-load',
      ...(IN_GRAFANA ? ['--grafana'] : []),
      ...args.map(String),
      '--prometheus-port',
      String(PORTS.prometheus),
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const url = `http://127.0.0.1:${PORTS.host}`;
  try {
    await expect
      .poll(() => (child.exitCode === null ? isHealthy(request, url) : Promise.reject(new Error(output))), {
        timeout: READY_TIMEOUT_MS,
      })
      .toBe(true);
  } catch (error) {
    await stop(child);
    throw new Error(`The broken demo did not start.\n${output}`, { cause: error });
  }
  return { url, stop: () => stop(child) };
}

/** One request through one service, and the span metrics that are made of it. */
export async function sendOneRequest(request: APIRequestContext): Promise<void> {
  const endMs = Date.now();
  const body = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: endMs.toString(16).padStart(32, '5b8aa5a2d2c872e8321cf373'),
                spanId: '051581bf3cb55c13',
                name: 'GET /',
                kind: 2,
                startTimeUnixNano: `${endMs - 200}000000`,
                endTimeUnixNano: `${endMs}000000`,
                status: {},
              },
            ],
          },
        ],
      },
    ],
  };
  const answer = await request.post(`http://127.0.0.1:${PORTS.otlp}/v1/traces`, { data: body });
  expect(answer.status(), await answer.text()).toBe(200);
  await expect
    .poll(
      async () =>
        (
          await request.get(`http://127.0.0.1:${PORTS.prometheus}/api/v1/query?query=traces_spanmetrics_calls_total`)
        ).text(),
      { timeout: SERIES_TIMEOUT_MS }
    )
    .toContain('shop');
}

async function isHealthy(request: APIRequestContext, url: string): Promise<boolean> {
  return request.get(`${url}/api/health`).then(
    (answer) => answer.ok(),
    () => false
  );
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}
