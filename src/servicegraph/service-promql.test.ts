import { parser } from '@prometheus-io/lezer-promql';
import { type SpanMetricNames, UNTRANSLATED_SPAN_METRICS } from './dialect';
import {
  failedIncomingRate,
  failedShare,
  incomingRate,
  latencyHeatmap,
  latencyQuantile,
  namespacesOfSeries,
  sampleSeries,
  type SpanMetricsScope,
  timeInRequests,
} from './service-promql';

const tempo: SpanMetricNames = {
  calls: 'traces_spanmetrics_calls_total',
  latency: 'traces_spanmetrics_latency',
  unit: 's',
  serviceLabel: 'service',
  namespaceLabel: 'service_namespace',
};
const collector: SpanMetricNames = {
  ...tempo,
  calls: 'traces_span_metrics_calls_total',
  latency: 'traces_span_metrics_duration_milliseconds',
  unit: 'ms',
  serviceLabel: 'service_name',
};
const KINDS = 'span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"';

function isPromQL(expression: string): boolean {
  let valid = true;
  // Grafana replaces its own variables before Prometheus sees them.
  parser.parse(expression.replaceAll('$__rate_interval', '1m')).iterate({
    enter: ({ type }) => {
      valid = valid && !type.isError;
    },
  });
  return valid;
}

describe('span metrics of a service', () => {
  it('counts requests received only', () => {
    expect(incomingRate(tempo, { service: 'frontend' }, '$__rate_interval')).toBe(
      `sum(rate(traces_spanmetrics_calls_total{service="frontend", ${KINDS}}[$__rate_interval]))`
    );
  });

  it('tells services of one name apart by namespace', () => {
    expect(incomingRate(collector, { service: 'api', namespace: 'shop' }, '60s', ['span_name'])).toBe(
      `sum by (span_name) (rate(traces_span_metrics_calls_total{service_name="api", service_namespace="shop", ${KINDS}}[60s]))`
    );
  });

  it('shows zero failures where there were requests, and nothing where there were none', () => {
    const requests = incomingRate(tempo, { service: 'a' }, '60s');
    expect(failedIncomingRate(tempo, { service: 'a' }, '60s')).toMatch(new RegExp(` or 0 \\* ${escape(requests)}$`));
  });

  it('reads classic buckets where both kinds exist, because only those carry exemplars', () => {
    expect(latencyQuantile(tempo, 'both', 0.95, { service: 'a' }, '60s')).toContain('sum by (le)');
    expect(latencyQuantile(tempo, 'both', 0.95, { service: 'a' }, '60s')).toContain(
      'traces_spanmetrics_latency_bucket{'
    );
    expect(latencyQuantile(tempo, 'native', 0.95, { service: 'a' }, '60s')).toContain('traces_spanmetrics_latency{');
  });

  const scope: SpanMetricsScope = { service: 'shop', namespace: 'eu', operation: 'GET /' };
  const served =
    '"service.name"="shop", "service.namespace"="eu", "span.name"="GET /", "span.kind"=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"';
  const calls = `rate({"traces.span.metrics.calls", ${served}}[60s])`;
  const failedCalls = `rate({"traces.span.metrics.calls", ${served}, "status.code"="STATUS_CODE_ERROR"}[60s])`;
  const duration = 'traces.span.metrics.duration';
  const names = UNTRANSLATED_SPAN_METRICS;
  it.each([
    [incomingRate(names, scope, '60s'), `sum(${calls})`],
    [incomingRate(names, scope, '60s', ['span.name']), `sum by ("span.name") (${calls})`],
    [failedIncomingRate(names, scope, '60s'), `sum(${failedCalls}) or 0 * sum(${calls})`],
    [failedShare(names, scope, '60s'), `(sum(${failedCalls}) or 0 * sum(${calls})) / sum(${calls})`],
    [
      latencyQuantile(names, 'classic', 0.95, scope, '60s'),
      `histogram_quantile(0.95, sum by (le) (rate({"${duration}_bucket", ${served}}[60s])))`,
    ],
    [
      latencyQuantile(names, 'native', 0.95, scope, '60s'),
      `histogram_quantile(0.95, sum(rate({"${duration}", ${served}}[60s])))`,
    ],
    [latencyHeatmap(names, 'classic', scope, '60s'), `sum by (le) (increase({"${duration}_bucket", ${served}}[60s]))`],
    [timeInRequests(names, 'classic', scope, '60s'), `sum(rate({"${duration}_sum", ${served}}[60s]))`],
    [sampleSeries(names, scope, 60), `topk(20, last_over_time({"traces.span.metrics.calls", ${served}}[60s]))`],
    [
      namespacesOfSeries(names, 'shop', 60),
      `count by ("service.namespace") (last_over_time({"traces.span.metrics.calls", "service.name"="shop", ${served.slice(served.indexOf('"span.kind"'))}}[60s]))`,
    ],
  ])('spells the labels as OpenTelemetry has them where the series have those: %s', (built, expected) => {
    expect(built).toBe(expected);
    expect(isPromQL(built)).toBe(true);
  });

  const scopes: SpanMetricsScope[] = [
    {},
    { service: 'frontend' },
    { service: 'we"ird\\\n{name}', namespace: 'ns', operation: 'GET /a{b}' },
  ];
  it.each(scopes)('builds valid PromQL for %j', (scope) => {
    for (const names of [tempo, collector, UNTRANSLATED_SPAN_METRICS]) {
      for (const by of [[], ['span_name'], ['span.name'], [names.serviceLabel, names.namespaceLabel]]) {
        const expressions = [
          incomingRate(names, scope, '$__rate_interval', by),
          failedIncomingRate(names, scope, '$__rate_interval', by),
          failedShare(names, scope, '$__rate_interval', by),
          latencyQuantile(names, 'classic', 0.95, scope, '$__rate_interval', by),
          latencyQuantile(names, 'native', 0.5, scope, '3600s', by),
          latencyHeatmap(names, 'classic', scope, '$__rate_interval'),
        ];
        expect(expressions.filter((expression) => !isPromQL(expression))).toEqual([]);
      }
    }
  });
});

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
