import { parser } from '@prometheus-io/lezer-promql';
import * as v from 'valibot';
import {
  type HistogramKind,
  SPAN_METRIC_NAMES,
  type SpanMetricNames,
  UNTRANSLATED_SPAN_METRICS,
} from '../../servicegraph/dialect';
import { applyChange, changeDiff, exemplarDestinationsTo, traceToMetrics } from './changes';

const Settings = v.object({
  tracesToMetrics: v.object({
    tags: v.array(v.object({ key: v.string(), value: v.optional(v.string()) })),
    queries: v.array(v.object({ query: v.string() })),
  }),
});

function isPromql(expr: string): boolean {
  let isWhole = true;
  parser.parse(expr).iterate({ enter: ({ type }) => void (isWhole &&= !type.isError) });
  return isWhole;
}

const names = { calls: 'c_total', latency: 'l', unit: 's' as const, serviceLabel: 'service', namespaceLabel: 'ns' };

it.each([
  ['nothing set', {}, [{ name: 'traceID', datasourceUid: 't' }]],
  [
    'another label stays',
    { exemplarTraceIdDestinations: [{ name: 'my', datasourceUid: 'x' }] },
    [
      { name: 'my', datasourceUid: 'x' },
      { name: 'traceID', datasourceUid: 't' },
    ],
  ],
  [
    'the same label elsewhere is replaced',
    { exemplarTraceIdDestinations: [{ name: 'traceID', datasourceUid: 'x' }] },
    [{ name: 'traceID', datasourceUid: 't' }],
  ],
  [
    'a URL for the same label stays beside',
    { exemplarTraceIdDestinations: [{ name: 'traceID', url: 'https://x' }] },
    [
      { name: 'traceID', url: 'https://x' },
      { name: 'traceID', datasourceUid: 't' },
    ],
  ],
])('exemplar links: %s', (_, jsonData, expected) => {
  expect(exemplarDestinationsTo(jsonData, ['traceID'], 't')).toEqual({ exemplarTraceIdDestinations: expected });
});

it('changes only its keys', () => {
  const before = { httpMethod: 'POST', serviceMap: { datasourceUid: 'old', kept: true } };
  expect(applyChange(before, { set: { serviceMap: { datasourceUid: 'new' } } })).toEqual({
    httpMethod: 'POST',
    serviceMap: { datasourceUid: 'new' },
  });
});

it('shows what changes and nothing else', () => {
  const lines = changeDiff(
    { httpHeaderName1: 'X-Secret', serviceMap: { datasourceUid: 'old' } },
    { set: { serviceMap: { datasourceUid: 'new' } } }
  );
  expect(lines).toEqual([
    { kind: 'same', text: 'jsonData:' },
    { kind: 'same', text: '  serviceMap:' },
    { kind: 'removed', text: '    datasourceUid: old' },
    { kind: 'added', text: '    datasourceUid: new' },
  ]);
});

it('takes another order of keys for no difference', () => {
  const list = [{ datasourceUid: 't', name: 'a' }];
  const lines = changeDiff({ list }, { set: { list: [{ name: 'a', datasourceUid: 't' }] } });
  expect(lines.map(({ kind }) => kind)).toEqual(lines.map(() => 'same'));
  expect(lines.map(({ text }) => text)).toContain('    - name: a');
});

const TEMPO = SPAN_METRIC_NAMES[0];
const COLLECTOR = SPAN_METRIC_NAMES.find(({ calls }) => calls === 'traces_span_metrics_calls_total')!;

describe('trace to metrics', () => {
  /** As Grafana fills in what it knows of the span */
  function queriesOf(names: SpanMetricNames, histogram?: HistogramKind): string[] {
    const { tracesToMetrics } = v.parse(Settings, traceToMetrics('prom', names, histogram));
    const tags = tracesToMetrics.tags.map(({ key, value }) => `${value || key}="cart"`).join(', ');
    return tracesToMetrics.queries.map(({ query }) => query.replaceAll('$__tags', tags));
  }

  it.each<[string, SpanMetricNames, HistogramKind | undefined, string[]]>([
    [
      'Tempo',
      TEMPO,
      'classic',
      [
        'sum by (span_name) (rate(traces_spanmetrics_calls_total{service="cart"}[5m]))',
        'histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket{service="cart"}[5m])))',
      ],
    ],
    [
      'Tempo, native histograms, as was found out',
      { ...TEMPO, histogram: 'native' },
      undefined,
      [
        'sum by (span_name) (rate(traces_spanmetrics_calls_total{service="cart"}[5m]))',
        'histogram_quantile(0.95, sum(rate(traces_spanmetrics_latency{service="cart"}[5m])))',
      ],
    ],
    [
      'the Collector, both kinds of histograms',
      COLLECTOR,
      'both',
      [
        'sum by (span_name) (rate(traces_span_metrics_calls_total{service_name="cart"}[5m]))',
        'histogram_quantile(0.95, sum by (le) (rate(traces_span_metrics_duration_milliseconds_bucket{service_name="cart"}[5m])))',
      ],
    ],
    [
      'names as OpenTelemetry has them',
      UNTRANSLATED_SPAN_METRICS,
      'classic',
      [
        'sum by ("span.name") (rate({"traces.span.metrics.calls", "service.name"="cart"}[5m]))',
        'histogram_quantile(0.95, sum by (le) (rate({"traces.span.metrics.duration_bucket", "service.name"="cart"}[5m])))',
      ],
    ],
    [
      'names as OpenTelemetry has them, native histograms',
      UNTRANSLATED_SPAN_METRICS,
      'native',
      [
        'sum by ("span.name") (rate({"traces.span.metrics.calls", "service.name"="cart"}[5m]))',
        'histogram_quantile(0.95, sum(rate({"traces.span.metrics.duration", "service.name"="cart"}[5m])))',
      ],
    ],
    [
      'labels of its own',
      { ...TEMPO, serviceLabel: 'app', operationLabel: 'operation' },
      'classic',
      [
        'sum by (operation) (rate(traces_spanmetrics_calls_total{app="cart"}[5m]))',
        'histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket{app="cart"}[5m])))',
      ],
    ],
  ])('of %s', (_, names, histogram, expected) => {
    const queries = queriesOf(names, histogram);
    expect(queries).toEqual(expected);
    expect(queries.filter((query) => !isPromql(query))).toEqual([]);
  });
});

it('asks native histograms without buckets', () => {
  expect(JSON.stringify(traceToMetrics('prom', names, 'native'))).toContain('sum(rate(l{$__tags}[5m]))');
});
