/** What a real Prometheus with a small limit refuses is told with a way out, and the way out works. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { METRICS_DIALECTS } from '../../src/servicegraph/dialect';
import { probeDialect } from '../../src/servicegraph/probe';
import { queryServiceGraph } from '../../src/servicegraph/query';
import { type GraphScope } from '../../src/servicegraph/scope';
import { writeOnce } from '../tempo/generator';

import { runAt } from './ask-prometheus.fixture';
import { counter, END_MS, histogram } from './known-series.fixture';
import { type RunningPrometheus, startPrometheus } from './prometheus';

const PORT = 13397;
const CALLS = 60;
const [TEMPO] = METRICS_DIALECTS;

let directory: string;
let prometheus: RunningPrometheus;

const edge = (index: number) => ({ client: 'web', server: `s${String(index).padStart(2, '0')}` });

/** A server that holds so many samples at once. */
async function start(maxSamples: number) {
  directory = await mkdtemp(join(tmpdir(), 'prometheus-refusals-'));
  prometheus = await startPrometheus({ port: PORT, dataDir: directory, log: () => {}, maxSamples });
  await writeOnce(prometheus.writeUrl, {
    timeseries: Array.from({ length: CALLS }, (_, index) => [
      counter(TEMPO.requests, edge(index), 1),
      ...histogram(TEMPO.serverLatency, edge(index), [[0.4, 15]], { kind: 'classic' }),
    ]).flat(),
  });
}

afterEach(async () => {
  await prometheus?.close();
  await rm(directory, { recursive: true, force: true });
});

const graph = (scope?: GraphScope) =>
  queryServiceGraph({
    runPromQL: runAt(prometheus.url, END_MS),
    dialect: { ...TEMPO, spanMetrics: undefined },
    range: { from: END_MS - 600_000, to: END_MS },
    scope,
  });
const FEW: GraphScope = { selectors: [[{ label: 'server', operator: '=~', value: 's0.' }]] };

it('the whole graph is refused with a way out, and fewer services are not', async () => {
  await start(100);
  await expect(graph()).rejects.toMatchObject({
    name: 'GraphRefusedError',
    message: expect.stringContaining('too many samples'),
    reason: 'too-many-samples',
    remedies: expect.arrayContaining(['shorter-range', 'fewer-services']),
  });
  const few = await graph({ ...FEW, reduction: { percentiles: false } });
  expect(few.calls).toHaveLength(10);
  expect(few.calls[0].stats).toMatchObject({ rate: expect.closeTo(1), mean: expect.closeTo(0.4) });
  expect(few.refused).toBeUndefined();
}, 60_000);

it('a graph whose percentiles are refused comes without them, and says so', async () => {
  await start(300);
  const whole = await graph();
  expect(whole.calls).toHaveLength(CALLS);
  expect(whole.calls[0].stats).toEqual({ rate: expect.closeTo(1), errorRate: 0, mean: expect.closeTo(0.4) });
  expect(whole.notices).toEqual(expect.arrayContaining([expect.stringContaining('Latency percentiles of calls')]));
  expect(whole.refused).toMatchObject({
    reason: 'too-many-samples',
    remedies: expect.arrayContaining(['no-percentiles']),
  });
  const without = await graph({ reduction: { percentiles: false } });
  expect([without.notices, without.refused]).toEqual([[], undefined]);
  const { dialect, found } = await probeDialect(
    runAt(prometheus.url, END_MS),
    { from: END_MS - 600_000, to: END_MS },
    new AbortController().signal
  );
  expect([found, dialect.id]).toEqual([true, 'tempo']);
}, 60_000);
