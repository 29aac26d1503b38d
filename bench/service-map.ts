/**
 * The service map against core's way to draw one, in headless Chromium without a GPU, side by side: for each size and
 * seed all approaches run one after another, each on a page of its own.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { loadavg } from 'node:os';
import { type AddressInfo } from 'node:net';
import { type Browser } from '@playwright/test';
import { type BenchResult, median } from './bench-result';
import { withBusiestTask } from './busiest-task';
import { launchChromium } from './chromium';
import { bundlePage, shippedSizes } from './service-map/bundle';
import { type Approach, type Measured, type Task } from './service-map/messages';

const ALL: readonly Approach[] = ['trace-atlas', 'core-layered', 'core-force'];
/** SERVICE_MAP_SIZES=100,1000, SERVICE_MAP_RUNS=1 and SERVICE_MAP_APPROACHES=trace-atlas make a quicker run of it. */
const APPROACHES = ALL.filter((one) => (process.env.SERVICE_MAP_APPROACHES ?? ALL.join()).split(',').includes(one));
const SIZES = (process.env.SERVICE_MAP_SIZES ?? '100,1000,10000').split(',').map(Number);
const RUNS = Number(process.env.SERVICE_MAP_RUNS ?? 5);
/** ms after which a first drawing is given up */
const CAP = 90_000;
/** What took this long once is not waited for five times. */
const SLOW = 8_000;

/** Without the limit of frames, a loading bar that moves would keep a core busy beside all that is measured. */
const PAGE =
  '<!doctype html><style>* { animation: none !important }</style><body style="margin:0"><script type="module" src="/page.js"></script>';

async function serve(files: Record<string, string>): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const script = files[url];
    response.writeHead(script || url === '/' ? 200 : 404, { 'content-type': script ? 'text/javascript' : 'text/html' });
    response.end(script ?? (url === '/' ? PAGE : ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** From the data to when the picture has been at rest for a while */
const MARKS = ['map-show', 'map-rest'] as const;

async function measure(browser: Browser, url: string, task: Task): Promise<Measured> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  const act = () => page.evaluate((asked) => window.measureMap(asked), task);
  try {
    await page.goto(url);
    await page.waitForFunction(() => typeof window.measureMap === 'function');
    if (!task.isTraced) {
      return await act();
    }
    const { result, busiestTask } = await withBusiestTask(browser, page, MARKS, act);
    return { ...result, busiestTask };
  } finally {
    await page.close();
  }
}

function medianOf(runs: readonly Measured[], key: keyof Measured): number | undefined {
  const figures = runs.flatMap((run) => run[key] ?? []);
  return figures.length === 0 ? undefined : median(figures);
}

const figure = (value: number | undefined, digits = 0) => (value === undefined ? '-' : Number(value.toFixed(digits)));
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const percent = (value: number | undefined) => (value === undefined ? '-' : `${(100 * value).toFixed(1)} %`);

function row(services: number, approach: Approach, runs: readonly Measured[]): Record<string, string | number> {
  const read = (key: keyof Measured) => medianOf(runs, key);
  const [first, calibration] = [read('firstDrawing'), read('calibration')];
  const longest = read('longestTask');
  return {
    services,
    approach,
    runs: runs.length,
    'first drawing ms': first === undefined ? `> ${CAP / 1000} s` : figure(first),
    drawn: figure(read('drawn')),
    'by calibration': first === undefined || calibration === undefined ? '-' : figure(first / calibration, 2),
    'pan p95 ms': figure(read('panP95'), 1),
    'zoom p95 ms': figure(read('zoomP95'), 1),
    'hover ms': figure(read('hover'), 1),
    'refresh ms': figure(read('refresh')),
    'moved, same': percent(read('movedSame')),
    'moved, 1 % changed': percent(read('movedChanged')),
    'longest task ms': longest ? figure(longest) : '< 50',
    'heap MB': figure(read('heap'), 1),
    'calibration ms': figure(calibration),
  };
}

async function measureAll(browser: Browser, url: string): Promise<BenchResult['rows']> {
  const rows: BenchResult['rows'] = [];
  for (const services of SIZES) {
    const runs = new Map(APPROACHES.map((approach) => [approach, [] as Measured[]]));
    for (let seed = 1; seed <= RUNS; seed++) {
      for (const approach of APPROACHES) {
        const done = runs.get(approach) ?? [];
        const isSlow = done.some(({ firstDrawing }) => firstDrawing === undefined || firstDrawing > SLOW);
        if (!isSlow) {
          done.push(await measure(browser, url, { approach, services, seed, cap: CAP }));
          console.error(`${services} ${approach} ${seed}: ${figure(done.at(-1)?.firstDrawing)} ms`);
        }
      }
    }
    const busiest: number[] = [];
    for (let seed = 1; seed <= RUNS && runs.has('trace-atlas'); seed++) {
      // On pages of their own, as to be traced takes time.
      const task: Task = { approach: 'trace-atlas', services, seed, cap: CAP, isTraced: true };
      busiest.push((await measure(browser, url, task)).busiestTask ?? NaN);
    }
    runs.forEach((done, approach) => {
      const cpu = approach === 'trace-atlas' ? figure(median(busiest)) : '-';
      rows.push({ ...row(services, approach, done), 'busiest task, CPU ms': cpu });
    });
  }
  return rows;
}

export async function run(): Promise<BenchResult> {
  const [files, sizes] = await Promise.all([bundlePage(), shippedSizes()]);
  // First: nobody would end a server that waits for a browser which does not come.
  const browser = await launchChromium([
    '--no-sandbox',
    '--disable-gpu',
    '--disable-frame-rate-limit',
    '--disable-gpu-vsync',
    '--enable-precise-memory-info',
    '--js-flags=--expose-gc',
  ]);
  const server = await serve(files);
  const { port } = server.address() as AddressInfo;
  const loadBefore = loadavg()[0];
  try {
    const rows = await measureAll(browser, `http://127.0.0.1:${port}/`);
    return {
      name: 'service-map',
      rows,
      notes: [
        `Layout and drawing: ${kB(sizes.own)} gzip, ${kB(sizes.withShared)} with the model, number formats and names that table, side panel and screen readers need as well; the worker has the layout a second time (${kB(sizes.worker)}). Core's two layout libraries: ${kB(sizes.core)}.`,
        `Load of the machine (1 minute): ${loadBefore.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after.`,
        'Medians, one seed a run. Compare ratios between approaches, or "by calibration", not times of other machines.',
        'First drawing: from data frames in a mounted, empty view to all services on screen. The frame-rate limit is off,',
        'and so are animations of styles: without a limit they would be drawn as often as a core can.',
        'Core: its layout libraries and settings, drawn by React as SVG with fewer elements than core has. Approaches',
        `that take more than ${SLOW / 1000} s run once. Its heap is that of the page, without workers.`,
        'Longest task: by the clock, with all else that the machine did. Busiest task: CPU time of the main thread by the',
        'trace of the browser, in runs of their own. Both from the data to when the first picture is at rest.',
      ],
    };
  } finally {
    await browser.close();
    server.close();
  }
}
