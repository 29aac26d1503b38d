/** Exemplars on ten panels in headless Chromium: the longest block of the main thread while they are drawn. */
import path from 'node:path';
import { chromium } from '@playwright/test';
import * as esbuild from 'esbuild';
import { cssAsStyleTags } from '../workbench/host/build/css-as-style-tags';
import { type BenchResult, median } from './bench-result';
import { type Drawn, type ExemplarWay } from './exemplars/page';

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

export async function run(): Promise<BenchResult> {
  const script = await bundle();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_BIN || undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const runs = new Map(WAYS.map((way) => [way, [] as Drawn[]]));
    for (let index = 0; index < RUNS; index++) {
      for (const way of WAYS) {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
        await page.setContent('<title>exemplars</title>');
        await page.addScriptTag({ content: script });
        runs
          .get(way)
          ?.push(
            await page.evaluate(([name, panels, count]) => window.drawExemplars(name, panels, count), [
              way,
              PANELS,
              EXEMPLARS,
            ] as const)
          );
        await page.close();
      }
    }
    const figure = (drawn: readonly Drawn[], key: keyof Drawn) =>
      Number(median(drawn.map((one) => one[key])).toFixed(1));
    return {
      name: 'exemplars',
      rows: [...runs].map(([way, drawn]) => ({
        way,
        panels: PANELS,
        'exemplars each': EXEMPLARS,
        'longest block ms': figure(drawn, 'longestBlock'),
        'all drawn ms': figure(drawn, 'total'),
        'calibration ms': figure(drawn, 'calibration'),
      })),
      notes: [
        `Medians of ${RUNS} runs. Each panel's frame is read, checked and drawn in a task of its own; all exemplars are shown.`,
        'markers: one element for each exemplar, as the panels of the workbench (and Grafana) draw them.',
      ],
    };
  } finally {
    await browser.close();
  }
}
