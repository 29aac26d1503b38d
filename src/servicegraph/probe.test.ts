import { METRICS_DIALECTS } from './dialect';
import { chooseDialect, probeDialect } from './probe';
import { type PromqlRow } from './run-promql';

const TOTAL = 'traces_service_graph_request_total';
const SERVER = 'traces_service_graph_request_server';

describe('chooseDialect', () => {
  it.each([
    ['Tempo, classic', [TOTAL, `${SERVER}_seconds_count`, 'traces_spanmetrics_calls_total'], false, 'tempo', 'classic'],
    ['Tempo, native only', [TOTAL, `${SERVER}_seconds`, 'traces_spanmetrics_calls_total'], false, 'tempo', 'native'],
    ['Tempo, both', [TOTAL, `${SERVER}_seconds`, `${SERVER}_seconds_count`], false, 'tempo', 'both'],
    ['Collector', [TOTAL, `${SERVER}_seconds_count`], true, 'otel', 'classic'],
    ['Collector without suffixes', [TOTAL, `${SERVER}_count`], true, 'otel-unsuffixed', 'classic'],
    ['Collector, exponential histograms', [TOTAL, SERVER], true, 'otel-unsuffixed', 'native'],
    ['Collector, ms', [TOTAL, `${SERVER}_milliseconds_count`], true, 'otel-milliseconds', 'classic'],
    ['Collector, old', [TOTAL, 'traces_service_graph_request_duration_seconds_count'], true, 'otel-legacy', 'classic'],
    ['request counter alone', [TOTAL], false, 'tempo', 'classic'],
  ])('%s', (_, names, failedLabel, id, histogram) => {
    const { dialect, found } = chooseDialect(names, failedLabel);
    expect({ id: dialect.id, histogram: dialect.histogram, found }).toEqual({ id, histogram, found: true });
  });

  it.each([
    ['traces_spanmetrics_calls_total', 'traces_spanmetrics_latency_count', 'service', 's'],
    ['traces_span_metrics_calls_total', 'traces_span_metrics_duration_milliseconds_count', 'service_name', 'ms'],
    ['traces_span_metrics_calls_total', 'traces_span_metrics_duration_seconds_count', 'service_name', 's'],
    ['calls_total', 'duration_milliseconds_count', 'service_name', 'ms'],
  ])('span metrics %s with %s', (calls, latency, serviceLabel, unit) => {
    expect(chooseDialect([TOTAL, calls, latency], false).dialect.spanMetrics).toMatchObject({
      calls,
      serviceLabel,
      unit,
    });
  });

  it('says that it found nothing, and asks for no span metrics', () => {
    const { dialect, found } = chooseDialect([], false);
    expect(found).toBe(false);
    expect(dialect.requests).toBe(METRICS_DIALECTS[0].requests);
    expect(dialect.spanMetrics).toBeUndefined();
  });
});

describe('probeDialect', () => {
  const SPANS = 'traces_spanmetrics_calls_total';

  /** Series by the window in which they are seen */
  async function probe(window: number, namesIn: Record<string, string[]>) {
    const asked: string[] = [];
    const { dialect, found } = await probeDialect(
      async ([{ expr }]) => {
        const seen = /\[\d+s\]/.exec(expr)?.[0] ?? '';
        asked.push(seen);
        return { names: (namesIn[seen] ?? []).map((name): PromqlRow => ({ labels: { __name__: name }, value: 1 })) };
      },
      { from: 0, to: window * 1000 },
      new AbortController().signal
    );
    return { asked, found, hasSpans: dialect.spanMetrics !== undefined };
  }

  it.each([
    ['a short range is read once', 120, { '[120s]': [TOTAL] }, ['[120s]'], true, false],
    [
      'the end of a long one is enough where all is there',
      86_400,
      { '[300s]': [TOTAL, SPANS] },
      ['[300s]'],
      true,
      true,
    ],
    [
      'span metrics that pause are found in the whole range',
      3600,
      { '[300s]': [TOTAL], '[3600s]': [TOTAL, SPANS] },
      ['[300s]', '[3600s]'],
      true,
      true,
    ],
    ['series that ended, too', 3600, { '[3600s]': [TOTAL] }, ['[300s]', '[3600s]'], true, false],
    ['nothing is not found', 3600, {}, ['[300s]', '[3600s]'], false, false],
  ])('%s', async (_, window, namesIn, asked, found, hasSpans) => {
    expect(await probe(window, namesIn)).toEqual({ asked, found, hasSpans });
  });

  it('tells failures by a label', async () => {
    const names: PromqlRow[] = [
      { labels: { __name__: TOTAL, failed: 'false' }, value: 1 },
      { labels: { __name__: SERVER }, value: 1 },
    ];
    const range = { from: 0, to: 900_000 };
    const { dialect } = await probeDialect(async () => ({ names }), range, new AbortController().signal);
    expect(dialect.id).toBe('otel-unsuffixed');
  });
});
