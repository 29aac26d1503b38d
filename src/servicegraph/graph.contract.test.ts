/** The graph built from the series that a real generator wrote has the recorded calls, counts and latencies. */
import { readFileSync } from 'fs';
import { join } from 'path';
import * as v from 'valibot';
import { DEFAULT_DIALECT } from './dialect';
import { graphFromSeries, type GraphSeries } from './from-series';
import { type PromqlRow } from './run-promql';

const Sample = v.tuple([v.number(), v.string()]);
const Recording = v.object({
  response: v.object({
    data: v.object({
      result: v.array(
        v.object({
          metric: v.record(v.string(), v.string()),
          value: v.optional(Sample),
          histogram: v.optional(v.tuple([v.number(), v.object({ count: v.string(), sum: v.string() })])),
        })
      ),
    }),
  }),
});

interface Recorded {
  labels: Record<string, string>;
  value?: number;
  count?: number;
  sum?: number;
}

const FOLDER = join(__dirname, '../../tests/contract/generator');
const EDGE = ['client', 'server', 'connection_type', 'virtual_node'];

function recorded(run: string, metric: string): Recorded[] {
  const text = readFileSync(join(FOLDER, run, `${metric}.json`), 'utf8');
  return v.parse(Recording, JSON.parse(text)).response.data.result.map(({ metric: labels, value, histogram }) => ({
    labels,
    value: value && Number(value[1]),
    count: histogram && Number(histogram[1].count),
    sum: histogram && Number(histogram[1].sum),
  }));
}

/** `sum by (client, server, connection_type, virtual_node)` of a counter, over a window of 1 s in which all of it came. */
function sumByEdge(series: Recorded[], read: (series: Recorded) => number | undefined): PromqlRow[] {
  const sums = new Map<string, PromqlRow>();
  for (const one of series) {
    const labels = Object.fromEntries(EDGE.filter((name) => one.labels[name]).map((name) => [name, one.labels[name]]));
    const key = JSON.stringify(labels);
    const row = sums.get(key) ?? { labels, value: 0 };
    row.value += read(one) ?? 0;
    sums.set(key, row);
  }
  return [...sums.values()];
}

function means(sums: PromqlRow[], counts: PromqlRow[], side: string): PromqlRow[] {
  const countOf = new Map(counts.map(({ labels, value }) => [JSON.stringify(labels), value]));
  return sums.map(({ labels, value }) => ({
    labels: { ...labels, latency_side: side },
    value: value / (countOf.get(JSON.stringify(labels)) ?? NaN),
  }));
}

function classicMeans(run: string, base: string, side: string): PromqlRow[] {
  const read = ({ value }: Recorded) => value;
  return means(sumByEdge(recorded(run, `${base}_sum`), read), sumByEdge(recorded(run, `${base}_count`), read), side);
}

function nativeMeans(run: string, base: string, side: string): PromqlRow[] {
  const series = recorded(run, base);
  return means(
    sumByEdge(series, ({ sum }) => sum),
    sumByEdge(series, ({ count }) => count),
    side
  );
}

const { requests, serverLatency, clientLatency = '' } = DEFAULT_DIALECT;
const FAILED = 'traces_service_graph_request_failed_total';

function graphOf(run: string, readMeans: typeof classicMeans) {
  const series: GraphSeries = {
    requests: sumByEdge(recorded(run, requests), ({ value }) => value),
    failed: sumByEdge(recorded(run, FAILED), ({ value }) => value),
    callMeans: [...readMeans(run, serverLatency, 'server'), ...readMeans(run, clientLatency, 'client')],
  };
  return graphFromSeries(series, DEFAULT_DIALECT);
}

describe.each(['default', 'extended'])('the %s run', (run) => {
  const graph = graphOf(run, classicMeans);
  const call = (source: string, target: string) =>
    graph.calls.find((candidate) => candidate.source === source && candidate.target === target);

  it('has every recorded call with its count of requests', () => {
    const expected = new Map<string, number>();
    for (const { labels, value } of recorded(run, requests)) {
      const key = JSON.stringify([labels.client, labels.server, labels.connection_type ?? '']);
      expected.set(key, (expected.get(key) ?? 0) + (value ?? 0));
    }
    const built = graph.calls.map(({ source, target, connectionType, stats }): [string, number | undefined] => [
      JSON.stringify([source, target, connectionType]),
      stats.rate,
    ]);
    expect(new Map(built)).toEqual(expected);
  });

  it('has the recorded failures, and 0 for every other call', () => {
    const failed = new Map(
      sumByEdge(recorded(run, FAILED), ({ value }) => value).map(({ labels, value }) => [
        `${labels.client} ${labels.server}`,
        value,
      ])
    );
    expect(failed.size).toBeGreaterThan(0);
    for (const { source, target, stats } of graph.calls) {
      expect([source, target, stats.errorRate]).toEqual([source, target, failed.get(`${source} ${target}`) ?? 0]);
    }
  });

  it('has the latency of the end that measured it', () => {
    expect(call('user', 'frontend')?.stats.mean).toBeCloseTo(27.549231852 / 40, 9);
    expect(call('odd-db-user', 'payments.example.com')?.stats.mean).toBeCloseTo(0.18, 9);
    expect(call('partner-gateway', 'odd-edge-named')?.stats.mean).toBeCloseTo(0.07, 9);
    expect(call('odd-order-api', 'odd-shipping')?.stats.mean).toBeCloseTo(0.15, 9);
  });

  it('has the same means from native histograms', () => {
    const native = new Map(graphOf(run, nativeMeans).calls.map(({ id, stats }) => [id, stats.mean]));
    for (const { id, stats } of graph.calls) {
      expect(native.get(id)).toBeCloseTo(stats.mean ?? NaN, 9);
    }
  });

  it('knows users, databases and other services without spans', () => {
    const kind = (name: string) => graph.services.find((service) => service.name === name)?.kind;
    expect(kind('user')).toBe('user');
    expect(kind('redis')).toBe('database');
    expect(kind('payments.example.com')).toBe('external');
    expect(kind('partner-gateway')).toBe('external');
    expect(kind('odd-shipping')).toBe('service');
    expect(kind('frontend')).toBe('service');
  });
});
