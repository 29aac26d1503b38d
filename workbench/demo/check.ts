import { setTimeout as delay } from 'node:timers/promises';
import { createTempoClient } from '../../src/tempo/client';
import { fetchHttpGet } from '../../src/tempo/fetch-http-get';
import { exemplarTargetOfLabels } from '../../src/links/exemplars';
import { type Trace } from '../../src/trace/model';
import { sendProbeTrace } from './probe';
import { PrometheusApi } from './prometheus-api';

export interface CheckTargets {
  /** The page or Grafana, whose data source proxies are asked */
  hostUrl: string;
  otlpUrl: string;
}

/** One thing that must work: gives its figure, or undefined as long as it does not work yet. */
interface Condition {
  name: string;
  /** s */
  withinSeconds: number;
  attempt(): Promise<string | undefined>;
}

/** Calls of both samples that the map must have. */
export const EXPECTED_CALLS: ReadonlyArray<readonly [client: string, server: string]> = [
  ['frontend', 'customer'],
  ['frontend', 'driver'],
  ['frontend', 'route'],
  ['customer', 'mysql'],
  ['driver', 'redis'],
  ['shop-backend', 'auth-service'],
  ['shop-backend', 'article-service'],
  ['shop-backend', 'cart-service'],
  ['shop-backend', 'fulfilment-service'],
  ['cart-service', 'billing-service'],
  ['article-service', 'postgres'],
];

const TEMPO_UID = 'traceatlas-tempo';
const PROMETHEUS_UID = 'prometheus';
const RETRY_MS = 250;
const SEARCH_SECONDS = 5;
const MAP_SECONDS = 30;
const LOOP_SECONDS = 60;
const PROBE_CLIENT = 'check-client';
const PROBE_SERVER = 'check-server';
const CALL_COUNTS = 'sum by (client, server) (traces_service_graph_request_total)';
const LATENCY_SERIES = 'traces_spanmetrics_latency_bucket{service="frontend"}';

/** Tries everything until it works or its time is up; `report` gets a line for each. True when all worked. */
export async function checkLoop(targets: CheckTargets, report: (line: string) => void): Promise<boolean> {
  const proxy = (uid: string) => `${targets.hostUrl}/api/datasources/proxy/uid/${uid}`;
  const tempo = createTempoClient({ get: fetchHttpGet(proxy(TEMPO_UID)) });
  const prometheus = new PrometheusApi(proxy(PROMETHEUS_UID));
  const since = Math.floor(Date.now() / 1000);
  const find = async (query: string) => {
    const answer = await tempo.search({ query, start: since, end: Math.ceil(Date.now() / 1000) + 1, limit: 5 });
    return answer.traces[0]?.traceId;
  };
  const open = async (traceId: string): Promise<Trace | undefined> => {
    const { found, trace } = await tempo.trace({ traceId });
    return found && trace.spans.length > 0 ? trace : undefined;
  };
  let sampleTraceId: string | undefined;
  const before = new Map((await prometheus.query(CALL_COUNTS)).map(({ labels, value }) => [callKey(labels), value]));
  const probeTraceId = await sendProbeTrace(targets.otlpUrl, PROBE_CLIENT, PROBE_SERVER);

  const conditions: Condition[] = [
    {
      name: 'a trace sent by an OpenTelemetry SDK is found by search',
      withinSeconds: SEARCH_SECONDS,
      attempt: async () => {
        const found = await find(`{ resource.service.name = "${PROBE_SERVER}" }`);
        return found === probeTraceId ? `trace ${found}` : undefined;
      },
    },
    {
      name: 'its call is on the map',
      withinSeconds: MAP_SECONDS,
      attempt: async () => {
        const [row] = await prometheus.query(
          `traces_service_graph_request_total{client="${PROBE_CLIENT}", server="${PROBE_SERVER}"}`
        );
        return row && `${row.value} request`;
      },
    },
    {
      name: 'a trace of the sample services is found by search',
      withinSeconds: LOOP_SECONDS,
      attempt: async () => {
        sampleTraceId = await find('{ resource.service.name = "frontend" && name = "GET /dispatch" }');
        return sampleTraceId && `trace ${sampleTraceId}`;
      },
    },
    {
      name: 'it opens by id',
      withinSeconds: LOOP_SECONDS,
      attempt: async () => {
        const trace = sampleTraceId && (await open(sampleTraceId));
        return trace ? describeTrace(trace) : undefined;
      },
    },
    {
      name: 'the map has the calls of both samples, and counts new requests of each',
      withinSeconds: LOOP_SECONDS,
      attempt: async () => {
        const grown = (await prometheus.query(CALL_COUNTS)).filter(
          ({ labels, value }) => value > (before.get(callKey(labels)) ?? 0)
        );
        const missing = missingCalls(grown.map(({ labels }) => labels));
        if (missing.length > 0) {
          throw new Error(`missing: ${missing.join(', ')}`);
        }
        const rates = await prometheus.query(
          'sum by (client, server) (rate(traces_service_graph_request_total[2m])) > 0'
        );
        const total = rates.reduce((sum, { value }) => sum + value, 0);
        return `${rates.length} calls, ${total.toFixed(1)} req/s`;
      },
    },
    {
      name: 'a latency series carries exemplars whose trace opens',
      withinSeconds: LOOP_SECONDS,
      attempt: async () => {
        const exemplars = await prometheus.exemplars(LATENCY_SERIES, since, Math.ceil(Date.now() / 1000));
        const target = exemplars[0] && exemplarTargetOfLabels(exemplars[0].labels);
        const trace = target && (await open(target.traceId));
        return trace ? `${exemplars.length} exemplars, the newest has ${describeTrace(trace)}` : undefined;
      },
    },
  ];
  // Side by side, as the time counts for each from the moment the probe was sent; the third gives the fourth its id.
  const results = await Promise.all(conditions.map((condition) => waitFor(condition, report)));
  return results.every(Boolean);
}

/** The expected calls that are not among the series, as `client -> server`. */
export function missingCalls(series: ReadonlyArray<Record<string, string>>): string[] {
  return EXPECTED_CALLS.filter(
    ([client, server]) => !series.some((labels) => labels.client === client && labels.server === server)
  ).map(([client, server]) => `${client} -> ${server}`);
}

function callKey({ client, server }: Record<string, string>): string {
  return JSON.stringify([client, server]);
}

async function waitFor(condition: Condition, report: (line: string) => void): Promise<boolean> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let problem = 'not there';
  while (seconds() < condition.withinSeconds) {
    try {
      const figure = await condition.attempt();
      if (figure !== undefined) {
        report(`✓ ${condition.name}: ${figure} (after ${seconds().toFixed(1)} s)`);
        return true;
      }
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    await delay(RETRY_MS);
  }
  report(`✗ ${condition.name}: ${problem} (waited ${condition.withinSeconds} s)`);
  return false;
}

function describeTrace({ spans }: Trace): string {
  const services = new Set(
    spans.map(({ resource }) => {
      const name = resource.attributes.find(({ key }) => key === 'service.name')?.value;
      return name?.type === 'string' ? name.value : '';
    })
  );
  return `${spans.length} spans of ${services.size} services`;
}
