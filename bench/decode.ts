import path from 'node:path';
import { build } from 'esbuild';
import { type BenchResult, median } from './bench-result';
import { launchChromium } from './chromium';
import { type Measured, type Way } from './decode-page';

const RUNS = 3;
const CASES: ReadonlyArray<[Way, number]> = [
  ['protobuf', 1000],
  ['JSON', 1000],
  ['protobuf', 10_000],
  ['JSON', 10_000],
  ['protobuf', 100_000],
  ['JSON', 100_000],
  ['worker, spans cloned', 100_000],
  ['worker, columns transferred', 100_000],
];

async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, file)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    // As the plugin is built for.
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Of @grafana/data only the names of field types are used.
    alias: { '@grafana/data': path.join(__dirname, 'decode-field-types.ts') },
  });
  return outputFiles[0].text;
}

/** A trace by id in Chromium, from the bytes of the answer to the frame and to the tree of the timeline. */
export async function run(): Promise<BenchResult> {
  const [page, worker] = await Promise.all([bundle('decode-page.ts'), bundle('decode-worker.ts')]);
  const browser = await launchChromium(['--enable-precise-memory-info', '--js-flags=--expose-gc']);
  try {
    const rows: BenchResult['rows'] = [];
    for (const [way, spans] of CASES) {
      const runs: Measured[] = [];
      for (let i = 0; i < RUNS; i++) {
        const tab = await browser.newPage();
        await tab.setContent('<title>decode</title>');
        await tab.addScriptTag({ content: page });
        runs.push(
          await tab.evaluate(([name, count, script]) => window.decodeBench(name, count, script), [
            way,
            spans,
            worker,
          ] as const)
        );
        await tab.close();
      }
      rows.push(rowOf(way, runs));
    }
    return {
      name: 'decode',
      rows,
      notes: [
        'Chromium, median of 3; "block" is the longest time in which nothing else could run on the main thread (worst of 3).',
        'The worker rows leave out what comes after the frame; "columns" also events, links and resources: a lower bound.',
      ],
    };
  } finally {
    await browser.close();
  }
}

function rowOf(way: Way, runs: Measured[]): BenchResult['rows'][number] {
  const middle = (read: (run: Measured) => number) => Math.round(median(runs.map(read)));
  const hasTree = runs.every(({ treeMs }) => treeMs !== undefined);
  return {
    way,
    spans: runs[0].spans,
    MB: Number(runs[0].megabytes.toFixed(1)),
    'frame ms': middle(({ frameMs }) => frameMs),
    'tree ms': hasTree ? middle(({ treeMs = 0 }) => treeMs) : '–',
    'block to frame ms': Math.round(
      Math.max(...runs.map(({ frameBlockMs, longestBlockMs }) => frameBlockMs ?? longestBlockMs))
    ),
    'block ms': Math.round(Math.max(...runs.map(({ longestBlockMs }) => longestBlockMs))),
    'peak heap MB': middle(({ peakHeapMb }) => peakHeapMb),
  };
}
