/** `npm run bench -- NAME [--json]` runs one benchmark; without a name it lists them. */
import { type BenchResult } from './bench-result';

interface Benchmark {
  description: string;
  load: () => Promise<{ run: () => Promise<BenchResult> }>;
}

const benchmarks: Record<string, Benchmark> = {
  'demo-start': {
    description: 'seconds until the demo is ready, after npm install and build',
    load: () => import('./demo-start'),
  },
  'tempo-ingest': {
    description: 'spans/s that the in-memory Tempo takes in over OTLP/HTTP',
    load: () => import('./tempo-ingest'),
  },
  'tempo-search': {
    description: 'latency of TraceQL searches over 100,000 spans in the in-memory Tempo',
    load: () => import('./tempo-search'),
  },
  traceql: {
    description: 'TraceQL: completion latency, parse throughput, verdicts beside those of @grafana/lezer-traceql',
    load: () => import('./traceql'),
  },
  'service-map': {
    description: 'service map in Chromium beside the approach of the core node graph: first drawing, frames, memory',
    load: () => import('./service-map'),
  },
  'service-map-data': {
    description: 'CPU from the series of the metrics data source to the service graph, up to 10,000 services',
    load: () => import('./service-map-data'),
  },
  search: {
    description:
      'time to the first row of a search over 24 h, one request beside slices; frames/s while rows stream in',
    load: () => import('./search'),
  },
  decode: {
    description: 'a trace by id in Chromium, bytes to frame and tree: 1k to 100k spans, JSON, protobuf, worker',
    load: () => import('./decode'),
  },
  exemplars: {
    description: 'ten panels of 5,000 exemplars each in Chromium: longest block of the main thread, beside markers',
    load: () => import('./exemplars'),
  },
  'service-map-quality': {
    description: 'crossings, lengths, direction and aspect of the service map layout beside dot, ELK and core',
    load: () => import('./service-map-quality'),
  },
  'module-size': {
    description: 'size of each module.js and of all chunks, raw and gzip',
    load: () => import('./module-size'),
  },
};

function table({ name, rows, notes = [] }: BenchResult): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index].length)));
  const lines = cells.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index]))
      .join('  ')
      .trimEnd()
  );
  return [name, ...lines, ...notes].join('\n');
}

async function main(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const name = args.find((arg) => !arg.startsWith('--'));
  if (name === undefined) {
    const width = Math.max(...Object.keys(benchmarks).map(({ length }) => length));
    console.log(
      Object.entries(benchmarks)
        .map(([key, { description }]) => `${key.padEnd(width)}  ${description}`)
        .join('\n')
    );
    return 0;
  }
  const benchmark = benchmarks[name];
  if (!benchmark) {
    console.error(`No benchmark is called ${name}. There are: ${Object.keys(benchmarks).join(', ')}`);
    return 2;
  }
  const { run } = await benchmark.load();
  const result = await run();
  console.log(json ? JSON.stringify(result, null, 2) : table(result));
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  }
);
