import { parser } from '@prometheus-io/lezer-promql';
import { callFailedRate, callHeatmap, callQuantile, callRate, callSides } from './call-promql';
import { METRICS_DIALECTS, type MetricsDialect } from './dialect';
import { UNNAMED } from './ends';
import { type ConnectionType, type Service } from './model';
import { service } from './service-graph.fixture';
import { type CallEnds } from './service-matchers';

const [TEMPO] = METRICS_DIALECTS;
const WINDOW = '$__rate_interval';

const ends = (source: Service, target: Service, connectionType: ConnectionType = ''): CallEnds => ({
  call: { connectionType },
  source,
  target,
});
const CALL = ends(service('web'), service('cart'));
const TO_DATABASE = ends(service('cart', { namespace: 'shop' }), service('carts', { kind: 'database' }), 'database');

function isPromQL(expression: string): boolean {
  let valid = true;
  parser.parse(expression.replaceAll(WINDOW, '1m')).iterate({
    enter: ({ type }) => {
      valid = valid && !type.isError;
    },
  });
  return valid;
}

describe('PromQL of one call', () => {
  it('counts the requests between the two ends', () => {
    expect(callRate(TEMPO, CALL, WINDOW)).toBe(
      'sum(rate(traces_service_graph_request_total{client="web", server="cart", connection_type=""}[$__rate_interval]))'
    );
  });

  it('takes series that lack the namespace which others of the call have', () => {
    expect(callRate(TEMPO, TO_DATABASE, '60s')).toBe(
      'sum(rate(traces_service_graph_request_total{client="cart", client_service_namespace=~"|shop", ' +
        'server="carts", connection_type="database"}[60s]))'
    );
  });

  it('finds what has no name', () => {
    expect(callRate(TEMPO, ends(service(UNNAMED), service('cart')), '60s')).toContain('{client="", server="cart"');
  });

  it('is zero failures where there were requests, and nothing where there were none', () => {
    const failed = callFailedRate(TEMPO, CALL, '60s');
    expect(failed).toContain('traces_service_graph_request_failed_total{client="web"');
    expect(failed.endsWith(` or 0 * ${callRate(TEMPO, CALL, '60s')}`)).toBe(true);
  });

  it("takes the callee's histogram, and the caller's where the callee sends no spans", () => {
    expect(callSides(TEMPO, CALL)).toEqual(['server']);
    expect(callSides(TEMPO, TO_DATABASE)).toEqual(['server', 'client']);
    expect(callSides(TEMPO, ends(service('web'), service('cart'), 'virtual_node'))).toEqual(['server', 'client']);
    expect(callSides({ ...TEMPO, clientLatency: undefined }, TO_DATABASE)).toEqual(['server']);
    const heatmap = callHeatmap(TEMPO, TO_DATABASE, '60s');
    expect(heatmap).toMatch(
      /^\(\(sum by \(le\) .*_server_seconds_bucket.*\) unless on \(\) \(.*_server_seconds_sum.* == 0\)\) or on \(\) \(sum by \(le\) .*_client_seconds_bucket/
    );
  });

  it('asks a native histogram by its base name', () => {
    const native: MetricsDialect = { ...TEMPO, histogram: 'native' };
    expect(callQuantile(native, CALL, 0.95, '60s')).toMatch(
      /^histogram_quantile\(0\.95, sum\(rate\(traces_service_graph_request_server_seconds\{/
    );
  });

  it.each(METRICS_DIALECTS.map((dialect) => [dialect.id, dialect] as const))('is PromQL of the producer %s', (_, d) => {
    const odd = ends(service('a"b}{\\\nc', { namespace: 'x|y(.' }), service('ü'));
    for (const each of [CALL, TO_DATABASE, odd]) {
      for (const text of [
        callRate(d, each, WINDOW),
        callFailedRate(d, each, WINDOW),
        callQuantile(d, each, 0.5, WINDOW),
        callHeatmap(d, each, WINDOW),
      ]) {
        expect(isPromQL(text)).toBe(true);
      }
    }
  });
});
