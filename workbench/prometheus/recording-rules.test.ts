/** The recording rules, and the PromQL of the service map on raw and on recorded series, judged by Prometheus itself. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { METRICS_DIALECTS, type MetricsDialect } from '../../src/servicegraph/dialect';
import { callMeans, callQuantiles } from '../../src/servicegraph/latency-promql';
import { leftOut } from '../../src/servicegraph/left-out-promql';
import { failedRate, requestRate } from '../../src/servicegraph/promql';
import { recordedName } from '../../src/servicegraph/recorded';
import { type GraphScope } from '../../src/servicegraph/scope';
import { testRules } from './promtool';

const FOLDER = resolve(__dirname, '../../provisioning/prometheus');
const RULES = join(FOLDER, 'service-graph.rules.yaml');
const MINUTES = 40;
const WINDOW = 1200;
const SAMPLES = MINUTES * 4;

const [TEMPO] = METRICS_DIALECTS;
const FAILED_LABEL = METRICS_DIALECTS.find(({ id }) => id === 'otel-failed-label')!;
const RECORDED = { interval: 60, only: false, spans: false };

interface Row {
  labels: Record<string, string>;
  value: number;
}

function series(name: string, labels: Record<string, string>, perSecond: number) {
  const inner = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return { series: `${name}{${inner.join(', ')}}`, values: `0+${perSecond * 15}x${SAMPLES}` };
}

const P = 'traces_service_graph_request';
/** A name that has to be escaped, in a string and in a regular expression */
const ODD = 'pay(v1.0)|"x"\\y';
const EDGES = {
  web: { client: 'user', server: 'web', connection_type: 'virtual_node' },
  shop: { client: 'web', server: 'shop' },
  odd: { client: 'shop', server: ODD },
  rare: { client: 'batch', server: 'shop' },
};

const input_series = [
  series(`${P}_total`, { ...EDGES.web, failed: 'false' }, 4),
  series(`${P}_total`, { ...EDGES.shop, failed: 'false', __metrics_gen_instance: 'a' }, 1),
  series(`${P}_total`, { ...EDGES.shop, failed: 'false', __metrics_gen_instance: 'b' }, 2),
  series(`${P}_total`, { ...EDGES.shop, failed: 'true', __metrics_gen_instance: 'b' }, 1),
  series(`${P}_total`, { ...EDGES.odd, failed: 'false' }, 2),
  series(`${P}_total`, { ...EDGES.rare, failed: 'false' }, 0.2),
  series(`${P}_failed_total`, { ...EDGES.shop, failed: 'true', __metrics_gen_instance: 'b' }, 1),
  series(`${P}_server_seconds_sum`, EDGES.shop, 2),
  series(`${P}_server_seconds_count`, EDGES.shop, 4),
  series(`${P}_server_seconds_bucket`, { ...EDGES.shop, le: '0.5' }, 2),
  series(`${P}_server_seconds_bucket`, { ...EDGES.shop, le: '1' }, 4),
  series(`${P}_server_seconds_bucket`, { ...EDGES.shop, le: '+Inf' }, 4),
];

function check(name: string, expr: string, rows: Row[]) {
  return {
    name,
    interval: '15s',
    input_series,
    promql_expr_test: [
      {
        expr,
        eval_time: `${MINUTES}m`,
        exp_samples: rows.map(({ labels, value }) => ({
          labels: `{${Object.entries(labels)
            .map(([label, text]) => `${label}=${JSON.stringify(text)}`)
            .join(', ')}}`,
          value,
        })),
      },
    ],
  };
}

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'traceatlas-rules-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function holds(expr: string, rows: Row[]) {
  const file = join(folder, 'test.yaml');
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({ rule_files: [RULES], evaluation_interval: '1m', tests: [check('map', expr, rows)] })
  );
  await testRules(file);
}

const DIALECTS: Array<[string, MetricsDialect]> = [
  ['raw series', TEMPO],
  ['recorded rates', { ...TEMPO, recorded: RECORDED }],
  ['raw series, failures by label', FAILED_LABEL],
  ['recorded rates, failures by label', { ...FAILED_LABEL, recorded: RECORDED }],
];

it('the recording rules pass their tests', () => testRules(join(FOLDER, 'service-graph.rules.test.yaml')));

it('a wrong expectation is found out', () => expect(holds('vector(1)', [{ labels: {}, value: 2 }])).rejects.toThrow());

it('the rules record every series that the map asks for', () => {
  const rules = readFileSync(RULES, 'utf8');
  for (const { requests, serverLatency, clientLatency } of METRICS_DIALECTS) {
    const metrics = [
      requests,
      ...[serverLatency, ...(clientLatency ? [clientLatency] : [])].flatMap((base) => [
        base,
        `${base}_bucket`,
        `${base}_sum`,
        `${base}_count`,
      ]),
    ];
    for (const metric of metrics) {
      expect(rules).toContain(`record: ${recordedName(metric)}\n`);
    }
  }
});

describe.each(DIALECTS)('on %s', (_, dialect) => {
  const options = (scope?: GraphScope) => ({ dialect, window: WINDOW, scope });
  const top = (topCalls: number) => options({ reduction: { topCalls } });

  it('the rates of calls are right', () =>
    holds(requestRate(options()), [
      { labels: EDGES.web, value: 4 },
      { labels: EDGES.shop, value: 4 },
      { labels: EDGES.odd, value: 2 },
      { labels: EDGES.rare, value: 0.2 },
    ]));

  it('failures are counted once', () => holds(failedRate(options()), [{ labels: EDGES.shop, value: 1 }]));

  it('means and quantiles are right', async () => {
    await holds(callMeans(options()), [{ labels: { ...EDGES.shop, latency_side: 'server' }, value: 0.5 }]);
    await holds(callQuantiles(options(), [0.75]), [
      { labels: { ...EDGES.shop, latency_quantile: '0.75' }, value: 0.75 },
    ]);
  });

  it('names with any character are found', () =>
    holds(requestRate(options({ reduction: { services: [ODD, 'shop', 'a.b'] } })), [{ labels: EDGES.odd, value: 2 }]));

  it('the busiest calls and what the others add up to are right', async () => {
    await holds(failedRate(top(2)), [{ labels: EDGES.shop, value: 1 }]);
    await holds(leftOut(top(2)), [
      { labels: { left_out_part: 'incoming', server: 'shop' }, value: 0.2 },
      { labels: { left_out_part: 'outgoing', client: 'shop' }, value: 2 },
      { labels: { left_out_part: 'time', server: 'shop' }, value: 2 },
      { labels: { left_out_part: 'requests', server: 'shop' }, value: 4 },
      { labels: { left_out_part: 'rate' }, value: 10.2 },
      { labels: { left_out_part: 'calls' }, value: 4 },
    ]);
  });

  it('calls below the lowest rate are left out', () =>
    holds(requestRate(options({ reduction: { minRate: 3 } })), [
      { labels: EDGES.web, value: 4 },
      { labels: EDGES.shop, value: 4 },
    ]));
});
