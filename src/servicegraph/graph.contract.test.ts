/** The graph built from the series that a real generator wrote has the recorded calls, services, counts and latencies. */
import { DEFAULT_DIALECT } from './dialect';
import { UNNAMED } from './ends';
import { graphFromSeries, type GraphSeries } from './from-series';
import {
  addedBy,
  type Chosen,
  type Observed,
  observedBy,
  quantileOf,
  recorded,
  type RecordedHistogram,
  type Run,
  sumBy,
} from './generator-recording.fixture';
import { type RequestStats } from './model';
import { QUANTILE_LABEL, SIDE_LABEL } from './promql';
import { type PromqlRow } from './run-promql';

const { requests, serverLatency, clientLatency = '' } = DEFAULT_DIALECT;
const FAILED = 'traces_service_graph_request_failed_total';
const SPANS = 'traces_spanmetrics_calls_total';
const EDGE = ['client', 'server', 'connection_type', 'virtual_node'];
const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

type Side = 'client' | 'server';
const SIDES: readonly Side[] = ['server', 'client'];
const METRIC: Record<Side, string> = { server: serverLatency, client: clientLatency };
/** The client's histogram is only asked for where the callee may not have one. */
const ASKED: Record<Side, Chosen> = {
  server: () => true,
  client: ({ connection_type: type }) => type === 'virtual_node' || type === 'database',
};

function observed(run: Run, kind: RecordedHistogram, side: Side, names: readonly string[]): Observed[] {
  return observedBy(names, { run, metric: METRIC[side], kind, chosen: ASKED[side] });
}

function means(run: Run, kind: RecordedHistogram, side: Side): PromqlRow[] {
  return observed(run, kind, side, EDGE).map(({ labels, sum, count }) => ({
    labels: { ...labels, [SIDE_LABEL]: side },
    value: sum / count,
  }));
}

/** For each label set of a call the latency of the end that has spans, as the query for percentiles takes it. */
function measuredBy(run: Run, kind: RecordedHistogram, names: readonly string[]): Observed[] {
  const sides = SIDES.map((side) => observed(run, kind, side, EDGE));
  const calls = sides[0].flatMap(({ labels }) => measuringEnd(sides, (own) => isSame(own, labels)) ?? []);
  return addedBy(names, calls);
}

function isSame(a: Record<string, string>, b: Record<string, string>): boolean {
  return EDGE.every((name) => a[name] === b[name]);
}

function quantiles(run: Run, kind: RecordedHistogram, names: readonly string[]): PromqlRow[] {
  return measuredBy(run, kind, names).flatMap(({ labels, buckets }) =>
    Object.values(QUANTILES).map((quantile) => ({
      labels: { ...labels, [QUANTILE_LABEL]: String(quantile) },
      value: quantileOf(buckets, quantile, kind),
    }))
  );
}

function graphOf(run: Run, kind: RecordedHistogram) {
  const series: GraphSeries = {
    requests: sumBy(EDGE, recorded(run, requests)),
    failed: sumBy(EDGE, recorded(run, FAILED)),
    callMeans: SIDES.flatMap((side) => means(run, kind, side)),
    callQuantiles: quantiles(run, kind, EDGE),
    serviceQuantiles: quantiles(run, kind, ['server']),
    spans: sumBy(['service', 'span_kind', 'status_code'], recorded(run, SPANS)),
  };
  return graphFromSeries(series, DEFAULT_DIALECT);
}

/** The latency of the end that has spans: for an end without any the generator writes observations of 0. */
function measuringEnd(sides: readonly Observed[][], isOf: Chosen): Observed | undefined {
  const [server, client] = sides.map((side) => side.find(({ labels }) => isOf(labels)));
  return client && client.sum > 0 && !server?.sum ? client : server;
}

function expectedLatency(end: Observed | undefined, kind: RecordedHistogram): RequestStats {
  if (!end || end.sum === 0) {
    return { mean: 0 };
  }
  const { buckets, sum, count } = end;
  return {
    mean: sum / count,
    p50: quantileOf(buckets, QUANTILES.p50, kind),
    p95: quantileOf(buckets, QUANTILES.p95, kind),
    p99: quantileOf(buckets, QUANTILES.p99, kind),
  };
}

/** To 9 digits: sums come out in another order. */
function rounded({ mean, p50, p95, p99 }: RequestStats): RequestStats {
  const digits = (value: number | undefined) => value && Number(value.toPrecision(9));
  return { mean: digits(mean), p50: digits(p50), p95: digits(p95), p99: digits(p99) };
}

const total = (rows: readonly PromqlRow[]): number => rows.reduce((sum, { value }) => sum + value, 0);

describe.each(['default', 'extended'])('the %s run', (run) => {
  const graph = graphOf(run, 'classic');
  const call = (source: string, target: string) =>
    graph.calls.find((candidate) => candidate.source === source && candidate.target === target);
  const service = (name: string) => graph.services.find((candidate) => candidate.name === name);
  const ends = new Set(recorded(run, requests).flatMap(({ labels }) => [labels.client, labels.server]));
  const called = [...new Set(recorded(run, requests).map(({ labels }) => labels.server))];

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
      sumBy(EDGE, recorded(run, FAILED)).map(({ labels, value }) => [`${labels.client} ${labels.server}`, value])
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

  it('has for every service the requests and failures of all its callers', () => {
    for (const name of called) {
      const received = ({ labels }: PromqlRow) => labels.server === name;
      const rate = total(sumBy(['server'], recorded(run, requests)).filter(received));
      const errorRate = total(sumBy(['server'], recorded(run, FAILED)).filter(received));
      expect([name, service(name)?.stats]).toEqual([name, expect.objectContaining({ rate, errorRate })]);
    }
  });

  it('has no requests for those whom nobody called and who say nothing of themselves', () => {
    const spans = new Set(recorded(run, SPANS).map(({ labels }) => labels.service));
    const silent = [...ends].filter((name) => !called.includes(name) && !spans.has(name));
    expect(silent).toContain('user');
    expect(silent.map((name) => [name, service(name)?.stats])).toEqual(silent.map((name) => [name, {}]));
  });

  it('has the services without calls, with the requests that they say they received', () => {
    const isRequest = ({ labels }: PromqlRow) =>
      labels.span_kind === 'SPAN_KIND_SERVER' || labels.span_kind === 'SPAN_KIND_CONSUMER';
    const spans = sumBy(['service', 'span_kind', 'status_code'], recorded(run, SPANS));
    const nameOf = ({ labels }: PromqlRow) => labels.service ?? UNNAMED;
    const isolated = [...new Set(spans.map(nameOf))].filter((name) => !ends.has(name));
    expect(isolated).toContain('billing-service');
    expect(graph.services.map(({ name }) => name).filter((name) => !ends.has(name))).toEqual(isolated);
    for (const name of isolated) {
      const own = spans.filter((row) => nameOf(row) === name && isRequest(row));
      const failed = own.filter(({ labels }) => labels.status_code === 'STATUS_CODE_ERROR');
      const expected = own.length === 0 ? {} : { rate: total(own), errorRate: total(failed) };
      expect([name, service(name)?.stats]).toEqual([name, expected]);
    }
  });

  it('knows users, databases and other services without spans', () => {
    const kind = (name: string) => service(name)?.kind;
    expect(kind('user')).toBe('user');
    expect(kind('redis')).toBe('database');
    expect(kind('payments.example.com')).toBe('external');
    expect(kind('partner-gateway')).toBe('external');
    expect(kind('odd-shipping')).toBe('service');
    expect(kind('frontend')).toBe('service');
  });

  describe.each<RecordedHistogram>(['classic', 'native'])('with %s histograms', (kind) => {
    const { calls, services } = graphOf(run, kind);

    it('has average and percentiles of every call', () => {
      const sides = SIDES.map((side) => observed(run, kind, side, EDGE));
      for (const { source, target, connectionType, stats } of calls) {
        const isOf: Chosen = ({ client, server, connection_type: type = '' }) =>
          client === source && server === target && type === connectionType;
        const expected = expectedLatency(measuringEnd(sides, isOf), kind);
        expect([source, target, rounded(stats)]).toEqual([source, target, rounded(expected)]);
      }
    });

    it('has average and percentiles of every service over all its callers', () => {
      const measured = measuredBy(run, kind, ['server']);
      for (const { name, stats } of services.filter((one) => called.includes(one.name))) {
        const end = measured.find(({ labels }) => labels.server === name);
        expect([name, rounded(stats)]).toEqual([name, rounded(expectedLatency(end, kind))]);
      }
    });
  });

  it('has the same averages from native histograms', () => {
    const native = new Map(graphOf(run, 'native').calls.map(({ id, stats }) => [id, stats.mean]));
    for (const { id, stats } of graph.calls) {
      expect(native.get(id)).toBeCloseTo(stats.mean ?? NaN, 9);
    }
  });
});
