/** CPU from the frames of the metrics data source to the service graph, and the longest stretch without a pause. */
import { type DataFrame, type DataQueryResponse, dateTime, FieldType } from '@grafana/data';
import { of } from 'rxjs';

import { runPromqlOn } from '../src/datasource/service-map/run-promql-on-datasource';
import { METRICS_DIALECTS } from '../src/servicegraph/dialect';
import { graphSteps, type GraphSeries } from '../src/servicegraph/from-series';
import { type Service, type ServiceCall } from '../src/servicegraph/model';
import { QUANTILE_LABEL, SIDE_LABEL } from '../src/servicegraph/promql';
import { type PromqlQuery } from '../src/servicegraph/run-promql';
import { runInSlices, type Scheduler, type Steps } from '../src/trace/steps';
import { type BenchResult, median } from './bench-result';
import { topology } from './service-map/topology';

const SIZES = [100, 1000, 10_000];
const RUNS = Number(process.env.SERVICE_MAP_DATA_RUNS ?? 5);
const QUANTILES = ['0.5', '0.95', '0.99'];
const [TEMPO] = METRICS_DIALECTS;

type Labels = Record<string, string>;
type Ref = keyof GraphSeries;

function frames(refId: string, series: readonly Labels[]): DataFrame[] {
  // Every answer brings strings of its own, as one over the network does.
  const own: Labels[] = JSON.parse(JSON.stringify(series));
  return own.map((labels, index) => ({
    refId,
    length: 1,
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: [0] },
      { name: 'Value', type: FieldType.number, config: {}, labels, values: [index % 7] },
    ],
  }));
}

/** What a data source answers to the queries of the whole graph. */
function answersOf(services: number): Partial<Record<Ref, DataFrame[]>> {
  const graph = topology(services, 1);
  const byId = new Map(graph.services.map((service) => [service.id, service]));
  const named = (prefix: string, service: Service | undefined): Labels => ({
    [prefix]: service?.name ?? '',
    ...(service?.namespace ? { [`${prefix}_service_namespace`]: service.namespace } : {}),
  });
  const edge = ({ source, target }: ServiceCall): Labels => ({
    ...named('client', byId.get(source)),
    ...named('server', byId.get(target)),
    ...(byId.get(target)?.kind === 'database' ? { connection_type: 'database' } : {}),
  });
  const edges = graph.calls.map(edge);
  // The client's mean is asked for only where the callee may send no spans.
  const oneSided = edges.filter(({ connection_type: type }) => type === 'database');
  const bySide = (side: string, series: readonly Labels[]) =>
    series.map((labels) => ({ ...labels, [SIDE_LABEL]: side }));
  const byQuantile = (series: readonly Labels[]) =>
    QUANTILES.flatMap((quantile) => series.map((labels) => ({ ...labels, [QUANTILE_LABEL]: quantile })));
  const called = new Set(graph.calls.map(({ target }) => target));
  return {
    requests: frames('requests', edges),
    failed: frames(
      'failed',
      edges.filter((_, index) => index % 3 === 0)
    ),
    callMeans: frames('callMeans', [...bySide('server', edges), ...bySide('client', oneSided)]),
    // Of each label set by the end that measured it, so without a side.
    callQuantiles: frames('callQuantiles', byQuantile(edges)),
    serviceQuantiles: frames(
      'serviceQuantiles',
      byQuantile(graph.services.filter(({ id }) => called.has(id)).map((service) => named('server', service)))
    ),
    spans: frames(
      'spans',
      graph.services.flatMap(({ name, namespace }) =>
        ['SPAN_KIND_SERVER', 'SPAN_KIND_CLIENT'].map((kind) => ({
          service: name,
          ...(namespace ? { service_namespace: namespace } : {}),
          span_kind: kind,
          status_code: 'STATUS_CODE_UNSET',
        }))
      )
    ),
  };
}

/** ms of CPU that this process spent; what others on the machine do is not in it */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A scheduler whose clock is CPU, and the longest slice that it saw. */
function watched(): { scheduler: Scheduler; longest: () => number } {
  let [began, longest] = [cpuMs(), 0];
  return {
    scheduler: {
      now: cpuMs,
      pause: async () => {
        longest = Math.max(longest, cpuMs() - began);
        await new Promise((resolve) => setImmediate(resolve));
        began = cpuMs();
      },
    },
    longest: () => Math.max(longest, cpuMs() - began),
  };
}

async function sliced<T>(steps: Steps<T>) {
  const { scheduler, longest } = watched();
  const before = cpuMs();
  const value = await runInSlices(steps, undefined, scheduler);
  return { value, cpu: cpuMs() - before, longest: longest() };
}

async function runOnce(services: number) {
  const answers = answersOf(services);
  const dataSource = {
    query: ({ targets }: { targets: Array<{ refId: string }> }) => {
      const ref = Object.keys(answers).find((key) => key === targets[0].refId) as Ref;
      return of<DataQueryResponse>({ data: answers[ref] ?? [] });
    },
    getRef: () => ({ uid: 'bench' }),
  };
  const now = dateTime(0);
  const run = runPromqlOn(dataSource, {
    range: { from: now, to: now, raw: { from: now, to: now } },
    scopedVars: {},
    timezone: 'utc',
    interval: '15s',
    intervalMs: 15_000,
    startTime: 0,
    requestId: 'bench',
  });
  const series: GraphSeries = { requests: [] };
  const before = cpuMs();
  for (const refId of Object.keys(answers) as Ref[]) {
    const query: PromqlQuery = { refId, expr: '', instant: true };
    series[refId] = (await run([query], new AbortController().signal))[refId];
  }
  const reading = cpuMs() - before;
  const rows = Object.values(series).reduce((all, list) => all + (list?.length ?? 0), 0);
  const graph = await sliced(graphSteps(series, TEMPO));
  return { rows, reading, building: graph.cpu, longest: graph.longest, calls: graph.value.calls.length };
}

export async function run(): Promise<BenchResult> {
  const rows: BenchResult['rows'] = [];
  for (const services of SIZES) {
    const runs = [];
    for (let index = 0; index < RUNS + 1; index++) {
      runs.push(await runOnce(services));
    }
    // The first run is the compiler's.
    const warm = runs.slice(1);
    const figure = (read: (run: (typeof warm)[number]) => number) => Math.round(median(warm.map(read)) * 10) / 10;
    rows.push({
      services,
      calls: warm[0].calls,
      series: warm[0].rows,
      'frames to rows, CPU ms': figure(({ reading }) => reading),
      'rows to graph, CPU ms': figure(({ building }) => building),
      'longest slice, CPU ms': figure(({ longest }) => longest),
    });
  }
  return {
    name: 'service-map-data',
    rows,
    notes: [
      `Medians of ${RUNS} in Node, after one run for the compiler. CPU of all threads, the garbage collector's too.`,
    ],
  };
}
