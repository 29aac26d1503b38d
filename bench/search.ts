import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createTempoClient, type TempoClient } from '../src/tempo/client';
import { fetchHttpGet } from '../src/tempo/fetch-http-get';
import { browserPlatform } from '../src/tempo/slices/browser-platform';
import { searchInSlices } from '../src/tempo/slices/search-in-slices';
import { type SearchRequest } from '../src/tempo/types';
import { type BenchResult } from './bench-result';
import { searchWhileDrawing } from './search-in-chromium';

const HOUR = 3600;
const MS_PER_HOUR_OF_DATA = 2000;
const TRACES_PER_HOUR = 40;
const PARALLEL = 3;
const ALL = 5000;
const DEFAULT_LIMIT = 20;

/** s since the Unix epoch */
const END = 1_795_305_600;
const DAY = { query: '{ status = error }', start: END - 24 * HOUR, end: END, spansPerSpanSet: 3 };

/**
 * A day searched on a server that takes 2 s for each hour of data, however many requests come at once: one request for the
 * whole range beside slices.
 */
export async function run(): Promise<BenchResult> {
  const server = await startSlowServer();
  try {
    const client = createTempoClient({ get: fetchHttpGet(server.url) });
    const rows: BenchResult['rows'] = [];
    for (const [what, limit] of [
      ['all traces that match', ALL],
      [`the newest ${DEFAULT_LIMIT} traces (default limit)`, DEFAULT_LIMIT],
    ] as const) {
      for (const progressive of [false, true]) {
        server.requests = 0;
        rows.push({
          search: what,
          ...(await searched(client, { ...DAY, limit }, progressive)),
          requests: server.requests,
        });
      }
    }
    const drawn = await searchWhileDrawing(server.url, DAY);
    return {
      name: 'Search over 24 h on a server that takes 2 s for an hour of data',
      rows: [...rows, ...drawn.rows],
      notes: [
        `Over HTTP on the same machine, ${TRACES_PER_HOUR} traces an hour, at most ${PARALLEL} requests at once, in node.`,
        ...drawn.notes,
      ],
    };
  } finally {
    await server.close();
  }
}

async function searched(
  client: TempoClient,
  request: SearchRequest & { start: number; end: number; limit: number },
  progressive: boolean
): Promise<Record<string, string | number>> {
  const started = performance.now();
  let firstRow: number | undefined;
  const seconds = () => Number(((performance.now() - started) / 1000).toFixed(2));
  const { response } = await searchInSlices(
    client.search,
    request,
    {
      progressive,
      parallel: PARALLEL,
      limits: {},
      platform: browserPlatform,
      signal: new AbortController().signal,
    },
    (found) => (firstRow ??= found.response.traces.length > 0 ? seconds() : undefined)
  );
  return {
    as: progressive ? 'slices' : 'one request',
    'first row (s)': firstRow ?? '-',
    'total (s)': seconds(),
    traces: response.traces.length,
  };
}

interface SlowServer {
  url: string;
  requests: number;
  close: () => Promise<void>;
}

async function startSlowServer(): Promise<SlowServer> {
  const server = createServer((request, response) => {
    slow.requests++;
    const { searchParams } = new URL(request.url ?? '', 'http://localhost');
    const [start, end, limit] = ['start', 'end', 'limit'].map((name) => Number(searchParams.get(name)));
    const timer = setTimeout(
      () => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' });
        response.end(answer(start, end, limit));
      },
      ((end - start) * MS_PER_HOUR_OF_DATA) / HOUR
    );
    // Whoever has enough goes away.
    response.on('close', () => clearTimeout(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const slow: SlowServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return slow;
}

/** Traces at even distances, newest first, three spans each. */
function answer(start: number, end: number, limit: number): string {
  const distance = HOUR / TRACES_PER_HOUR;
  const traces: unknown[] = [];
  for (let at = Math.floor(end / distance) * distance; at >= start && traces.length < limit; at -= distance) {
    const spans = [1, 2, 3].map((index) => ({
      spanID: (at * 10 + index).toString(16).padStart(16, '0'),
      startTimeUnixNano: `${at}000000000`,
      durationNanos: '120000000',
      attributes: [
        { key: 'status', value: { stringValue: 'error' } },
        { key: 'http.response.status_code', value: { intValue: '500' } },
      ],
    }));
    traces.push({
      traceID: at.toString(16),
      rootServiceName: 'shop',
      rootTraceName: 'GET /cart',
      startTimeUnixNano: `${at}000000000`,
      durationMs: 120,
      spanSets: [{ spans, matched: 3 }],
    });
  }
  return JSON.stringify({ traces, metrics: { inspectedBytes: String((end - start) * 1_000_000) } });
}
