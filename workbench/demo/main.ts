import { rm } from 'node:fs/promises';
import { checkLoop } from './check';
import { type Demo, startDemo } from './demo';
import { type DemoOptions, HELP, parseOptions, type Ports } from './options';
import { findFreePorts, requirePorts } from './ports';
import { Progress } from './progress';
import { Resources, StoppedError } from './resources';

const SERVICE_MAP_PATH = '/a/traceatlas-tempo-app/service-map';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const resources = new Resources();
  const stopped = stopOnSignal(resources);
  try {
    return options.check ? await check(options, resources) : await run(options, resources, stopped);
  } catch (error) {
    if (resources.signal.aborted || error instanceof StoppedError) {
      return 0;
    }
    throw error;
  } finally {
    await resources.close();
  }
}

function readOptions(args: string[]): DemoOptions {
  try {
    return parseOptions(args);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\nSee npm run demo -- --help.`);
  }
}

/** Runs until it is told to stop, or until a part ends by itself. */
async function run(options: DemoOptions, resources: Resources, stopped: Promise<void>): Promise<number> {
  const started = performance.now();
  await requirePorts(portsToListenOn(options));
  const demo = await startDemo(options, options.ports, resources, new Progress(process.stdout));
  console.log(readyText(demo, (performance.now() - started) / 1000));
  const reason = await Promise.race([stopped, demo.broken]);
  if (reason !== undefined) {
    console.error(`${reason}\nStopping everything.`);
    return 1;
  }
  console.log('Stopping everything.');
  return 0;
}

function portsToListenOn({ ports, load }: DemoOptions): Partial<Ports> {
  const runsElsewhere = Boolean(process.env.PROMETHEUS_URL);
  return {
    ...ports,
    load: load ? ports.load : undefined,
    prometheus: runsElsewhere ? undefined : ports.prometheus,
  };
}

/** Starts on free ports, sees whether everything works together, and cleans up. */
async function check(options: DemoOptions, resources: Resources): Promise<number> {
  const started = performance.now();
  const ports = await findFreePorts();
  const demo = await startDemo(options, ports, resources, new Progress(process.stdout));
  console.log(`All started (${((performance.now() - started) / 1000).toFixed(1)} s). Checking:`);
  const failed = demo.broken.then((reason) => {
    throw new Error(reason);
  });
  const passed = await Promise.race([checkLoop(demo, (line) => console.log(line)), failed]);
  await resources.close();
  await rm(demo.dataDir, { recursive: true, force: true });
  console.log(passed ? 'The whole loop works.' : 'Not everything works: see the lines with ✗.');
  return passed ? 0 : 1;
}

/** Stopping also begins when the process that started this one is gone. */
function stopOnSignal(resources: Resources): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve();
      void resources.close();
    };
    SIGNALS.forEach((signal) => process.on(signal, stop));
    if (process.channel) {
      process.once('disconnect', stop);
    }
  });
}

function readyText({ hostUrl, tempoUrl, otlpUrl, prometheusUrl, loadUrl }: Demo, seconds: number): string {
  const lines = [
    `Ready after ${seconds.toFixed(1)} s. Open:`,
    '',
    `  ${hostUrl}${SERVICE_MAP_PATH}`,
    '',
    `  OTLP/HTTP, for your own traces  ${otlpUrl}`,
    `  Tempo's API                     ${tempoUrl}`,
    `  Prometheus                      ${prometheusUrl}`,
  ];
  if (loadUrl) {
    lines.push(`  Faults of the sample services   ${loadUrl}/faults`);
  }
  return [...lines, '', 'Ctrl-C stops everything.'].join('\n');
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
);
