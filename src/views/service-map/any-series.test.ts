/** Whatever a metrics data source answers: from its series to the map, and through frames to the map of a panel. */
import * as fc from 'fast-check';
import { METRICS_DIALECTS } from '../../servicegraph/dialect';
import { fromNodeGraphFrames } from '../../servicegraph/from-frames';
import { graphFromSeries } from '../../servicegraph/from-series';
import { layoutGraph } from '../../servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../servicegraph/model';
import { type PromqlRow } from '../../servicegraph/run-promql';
import { toNodeGraphFrames } from '../../servicegraph/to-frames';
import { mapModel } from './model/map-model';
import { errorPaint } from './drawing/paint-style';

const dialect = { ...METRICS_DIALECTS[0], identity: ['cluster'] };
const name = fc.constantFrom(
  'a',
  'b',
  'c',
  'user',
  '',
  '"q" {b="c"}',
  'two\nlines',
  '\\',
  '__proto__',
  'x'.repeat(500)
);
const value = fc.constantFrom(0, 1, 2.5, NaN, Infinity, -Infinity, -1, 1e300, Number.MIN_VALUE);
const labels = fc.record(
  {
    client: name,
    server: name,
    connection_type: fc.constantFrom('', 'database', 'virtual_node', 'messaging_system', 'new_kind'),
    client_service_namespace: fc.constantFrom('', 'n', '"}'),
    server_service_namespace: fc.constantFrom('', 'n', 'm'),
    client_cluster: fc.constantFrom('', 'eu', 'us'),
    latency_side: fc.constantFrom('client', 'server', '?'),
    latency_quantile: fc.constantFrom('0.5', '0.95', '0.99', 'x'),
    latency_merged: fc.constantFrom('true', ''),
    left_out_part: fc.constantFrom('incoming', 'time', 'requests', 'calls', '?'),
    service: name,
    span_kind: fc.constantFrom('SPAN_KIND_SERVER', '?'),
  },
  { requiredKeys: [] }
);
const rows = fc.array(fc.record({ labels, value }) as fc.Arbitrary<PromqlRow>, { maxLength: 25 });
/** An answer may be missing: its query failed, or its series vanished between two queries. */
const series = fc.record(
  {
    requests: rows,
    failed: rows,
    callMeans: rows,
    callQuantiles: rows,
    serviceQuantiles: rows,
    spans: rows,
    leftOut: rows,
  },
  { requiredKeys: ['requests'] }
);

function expectSound({ services, calls }: ServiceGraph) {
  const ids = new Set(services.map(({ id }) => id));
  expect(ids.size).toBe(services.length);
  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  expect(calls.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
  for (const { stats } of [...services, ...calls]) {
    const numbers = Object.values(stats).filter((number) => typeof number === 'number');
    expect(numbers.filter((number) => Number.isNaN(number) || number < 0)).toEqual([]);
    expect(stats.errorRate ?? 0).toBeLessThanOrEqual(stats.rate ?? Infinity);
  }
}

function expectDrawn(graph: ServiceGraph) {
  const layout = layoutGraph(graph, { width: 800, height: 600 });
  const { nodes, edges } = mapModel(graph, layout, errorPaint);
  expect(nodes).toHaveLength(graph.services.length);
  expect(edges).toHaveLength(graph.calls.length);
  expect(nodes.filter(({ centre: { x, y } }) => !Number.isFinite(x) || !Number.isFinite(y))).toEqual([]);
}

it('any series make a sound graph that can be drawn', () => {
  fc.assert(
    fc.property(series, (answers) => {
      const graph = graphFromSeries(answers, dialect);
      expectSound(graph);
      expectDrawn(graph);
      const frames = fromNodeGraphFrames(toNodeGraphFrames(graph, { refId: 'A' }));
      if (graph.calls.length > 0) {
        expect(frames?.calls.map(({ id }) => id)).toEqual(graph.calls.map(({ id }) => id));
      }
    }),
    { seed: 5, numRuns: 150 }
  );
});
