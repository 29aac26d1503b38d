/** Exemplars on ten panels in headless Chromium: the longest block of the main thread while they are drawn. */
import path from 'node:path';
import * as esbuild from 'esbuild';
import { cssAsStyleTags } from '../workbench/host/build/css-as-style-tags';
import { type BenchResult, median } from './bench-result';
import { withBusiestTask } from './busiest-task';
import { launchChromium } from './chromium';
import { type Drawn, type ExemplarWay } from './exemplars/page';

/** Marks that the page sets */
const MARKS = ['exemplars-begin', 'exemplars-end'] as const;

const WAYS: readonly ExemplarWay[] = ['trace-atlas', 'markers'];
const PANELS = 10;
const EXEMPLARS = 5000;
const RUNS = Number(process.env.EXEMPLARS_RUNS ?? 3);

async function bundle(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(__dirname, 'exemplars/page.tsx')],
    bundle: true,
    minify: true,
    write: false,
    outdir: path.join(__dirname, 'out'),
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window', 'import.meta.url': '""' },
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', target: 'es2022', useDefineForClassFields: true } },
    plugins: [cssAsStyleTags],
    loader: { '.ttf': 'dataurl', '.svg': 'dataurl', '.woff2': 'dataurl' },
  });
  return outputFiles.find((file) => file.path.endsWith('.js'))?.text ?? '';
}

interface Measured extends Drawn {
  /** CPU ms that the main thread spent in its busiest task: what others on the machine do is not in it. */
  busiestTask: number;
}

export async function run(): Promise<BenchResult> {
  const script = await bundle();
  const browser = await launchChromium(['--no-sandbox', '--disable-gpu']);
  try {
    const runs = new Map(WAYS.map((way) => [way, [] as Measured[]]));
    for (let index = 0; index < RUNS; index++) {
      for (const way of WAYS) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        page.on('pageerror', (error) => console.error(error));
        // A page of an address: one without has no local storage.
        await page.route('http://bench.localhost/', (route) =>
          route.fulfill({ contentType: 'text/html', body: '<title>exemplars</title>' })
        );
        await page.goto('http://bench.localhost/');
        await page.addScriptTag({ content: script });
        const { result: drawn, busiestTask } = await withBusiestTask(browser, page, MARKS, () =>
          page.evaluate(([name, panels, count]) => window.drawExemplars(name, panels, count), [
            way,
            PANELS,
            EXEMPLARS,
          ] as const)
        );
        runs.get(way)?.push({ ...drawn, busiestTask });
        await page.close();
      }
    }
    const figure = (drawn: readonly Measured[], key: keyof Measured) =>
      Number(median(drawn.map((one) => one[key])).toFixed(1));
    return {
      name: 'exemplars',
      rows: [...runs].map(([way, drawn]) => ({
        way,
        panels: PANELS,
        'exemplars each': EXEMPLARS,
        'busiest task, CPU ms': figure(drawn, 'busiestTask'),
        'longest block ms': figure(drawn, 'longestBlock'),
        'all drawn ms': figure(drawn, 'total'),
        'calibration ms': figure(drawn, 'calibration'),
      })),
      notes: [
        `Medians of ${RUNS} runs. All frames arrive at once; each is read, checked, drawn and listed; all exemplars are shown.`,
        'busiest task: CPU time of the main thread by the trace of the browser; longest block: what the clock said, with all else that the machine did.',
        'markers: one element for each exemplar, as the panels of the workbench (and Grafana) draw them.',
      ],
    };
  } finally {
    await browser.close();
  }
}
