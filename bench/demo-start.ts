import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PORT_OPTIONS, type Ports } from '../workbench/demo/options';
import { findFreePorts } from '../workbench/demo/ports';
import { type BenchResult, median } from './bench-result';

const RUNS = 3;
const root = path.resolve(__dirname, '..');

function portArguments(ports: Ports): string[] {
  const names = Object.keys(PORT_OPTIONS) as Array<keyof Ports>;
  return names.flatMap((name) => [PORT_OPTIONS[name], String(ports[name])]);
}

/** s from the start of the process until it says that it is ready. */
async function startOnce(): Promise<number> {
  const started = performance.now();
  const demo = spawn(
    process.execPath,
    ['--import', 'tsx', 'workbench/demo/main.ts', ...portArguments(await findFreePorts())],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] }
  );
  const exited = once(demo, 'exit');
  try {
    for await (const line of createInterface({ input: demo.stdout })) {
      if (line.startsWith('Ready after')) {
        return (performance.now() - started) / 1000;
      }
    }
    throw new Error('The demo ended before it was ready');
  } finally {
    demo.kill('SIGTERM');
    await exited;
  }
}

/** After install and build: the first run may build the page and the plugin and is not counted. */
export async function run(): Promise<BenchResult> {
  await startOnce();
  const seconds: number[] = [];
  for (let count = 0; count < RUNS; count++) {
    seconds.push(await startOnce());
  }
  return {
    name: 'demo-start',
    rows: [
      {
        runs: RUNS,
        'median s': Number(median(seconds).toFixed(1)),
        'min s': Number(Math.min(...seconds).toFixed(1)),
        'max s': Number(Math.max(...seconds).toFixed(1)),
      },
    ],
    notes: ['From the start of the process to “Ready”, with an hour of history, Prometheus and the sample services.'],
  };
}
