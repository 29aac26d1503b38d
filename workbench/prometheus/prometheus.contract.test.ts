import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';

import { type Span } from '../../src/trace/model';
import {
  MetricsGenerator,
  readGeneratorConfig,
  startRemoteWrite,
  writeHistory,
  type WriteRequest,
} from '../tempo/generator';

import { type RunningPrometheus, startPrometheus } from './prometheus';

const PORT = 13390;
const NANOS_PER_MS = BigInt(1_000_000);
const MINUTE_MS = 60_000;
const COLLECTION_MS = 15_000;

const vector = v.object({
  data: v.object({
    result: v.array(
      v.object({
        metric: v.record(v.string(), v.string()),
        value: v.tuple([v.number(), v.pipe(v.string(), v.transform(Number))]),
      })
    ),
  }),
});
const exemplars = v.object({
  data: v.array(v.object({ exemplars: v.array(v.object({ labels: v.record(v.string(), v.string()) })) })),
});

const scope = { name: '', version: '', attributes: [] };
const resource = (service: string) => ({
  attributes: [{ key: 'service.name', value: { type: 'string' as const, value: service } }],
});
const shop = resource('shop');
const stock = resource('stock');

/** A call from shop to stock, of 40 ms, that ends at `endMs`. */
function call(id: number, endMs: number): Span[] {
  const end = BigInt(endMs) * NANOS_PER_MS;
  const common = {
    traceId: id.toString(16).padStart(32, '0'),
    traceState: '',
    name: 'reserve',
    startTimeUnixNano: end - BigInt(40) * NANOS_PER_MS,
    endTimeUnixNano: end,
    attributes: [],
    events: [],
    links: [],
    status: { code: 'unset' as const, message: '' },
    scope,
  };
  const clientId = `c${id.toString(16).padStart(15, '0')}`;
  return [
    { ...common, spanId: clientId, parentSpanId: '', kind: 'client', resource: shop },
    { ...common, spanId: `d${clientId.slice(1)}`, parentSpanId: clientId, kind: 'server', resource: stock },
  ];
}

function* history(generator: MetricsGenerator, fromMs: number, toMs: number): Generator<WriteRequest> {
  let id = 1;
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += COLLECTION_MS) {
    generator.push(call(id++, nowMs), nowMs);
    yield generator.collect(nowMs);
  }
}

describe('spans through the generator into a real Prometheus', () => {
  let directory: string;
  let prometheus: RunningPrometheus;
  const log: string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'prometheus-test-'));
    prometheus = await startPrometheus({ port: PORT, dataDir: directory, log: (line) => log.push(line) });
  }, 120_000);

  afterAll(async () => {
    await prometheus?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const query = async (expression: string, timeMs: number) => {
    const params = new URLSearchParams({ query: expression, time: String(timeMs / 1000) });
    const response = await fetch(`${prometheus.url}/api/v1/query?${params}`);
    return v.parse(vector, await response.json()).data.result;
  };

  it('answers for three hours of history and for what is live', async () => {
    const nowMs = Date.now();
    const generator = new MetricsGenerator(
      readGeneratorConfig({ overrides: { defaults: { metrics_generator: { generate_native_histograms: 'both' } } } })
    );
    await writeHistory(prometheus.writeUrl, history(generator, nowMs - 180 * MINUTE_MS, nowMs - COLLECTION_MS));

    const hourAgoMs = nowMs - 60 * MINUTE_MS;
    const rate = await query('sum by (client, server) (rate(traces_service_graph_request_total[10m]))', hourAgoMs);
    expect(rate.map(({ metric }) => metric)).toEqual([{ client: 'shop', server: 'stock' }]);
    expect(rate[0].value[1]).toBeCloseTo(1 / 15, 3);

    const native = await query(
      'histogram_quantile(0.5, sum by (server) (rate(traces_service_graph_request_server_seconds[10m])))',
      hourAgoMs
    );
    expect(native).toHaveLength(1);
    expect(native[0].value[1]).toBeGreaterThan(0.037);
    expect(native[0].value[1]).toBeLessThan(0.041);

    const traceIds = async (fromMs: number) => {
      const params = new URLSearchParams({
        query: 'traces_spanmetrics_latency_bucket{service="stock"}',
        start: String(fromMs / 1000),
        end: String(Date.now() / 1000),
      });
      const response = await fetch(`${prometheus.url}/api/v1/query_exemplars?${params}`);
      return v
        .parse(exemplars, await response.json())
        .data.flatMap((series) => series.exemplars.map(({ labels }) => labels.traceID));
    };
    expect(new Set(await traceIds(nowMs - 180 * MINUTE_MS)).size).toBe(720);

    // The first series of something that was not there before starts at zero, so its first call counts.
    const live = startRemoteWrite({
      generator,
      url: prometheus.writeUrl,
      intervalMs: 3_600_000,
      log: (line) => log.push(line),
    });
    generator.push(call(0xabc, Date.now()), Date.now());
    await live.close();
    expect(await traceIds(nowMs)).toContain('abc');
    const [total] = await query('traces_service_graph_request_total', Date.now());
    expect(total.value[1]).toBe(721);
    expect(log).toEqual([]);
  }, 120_000);

  it('says so when the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(PORT + 1, '127.0.0.1', done));
    await expect(startPrometheus({ port: PORT + 1, dataDir: directory, log: () => {} })).rejects.toThrow(
      `Prometheus cannot listen on port ${PORT + 1}: something else does already`
    );
    await new Promise((done) => server.close(done));
  });
});
