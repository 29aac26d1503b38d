/**
 * PromQL for the calls between two services over time, out of the service graph's series: `(dialect, ends, window) ->
 * expression`. `window` is what stands between the brackets: `$__rate_interval` in panels.
 */
import { type MetricsDialect } from './dialect';
import { matching, selector, sumBy } from './promql-text';
import { type LabelMatcher } from './scope';
import { type CallEnds, callMatchers } from './service-matchers';

/** Who measured a call's latency. */
export type CallSide = 'server' | 'client';

const total = (metric: string, matchers: readonly LabelMatcher[], window: string, rate = 'rate') =>
  `sum(${rate}(${selector(metric, matchers)}[${window}]))`;

/** req/s */
export function callRate(dialect: MetricsDialect, ends: CallEnds, window: string): string {
  return total(dialect.requests, callMatchers(dialect, ends), window);
}

/** Failed req/s; 0 where requests were seen and none failed, nothing where no request was seen. */
export function callFailedRate(dialect: MetricsDialect, ends: CallEnds, window: string): string {
  const { failed, requests } = dialect;
  const matchers = callMatchers(dialect, ends);
  const failing =
    'counter' in failed
      ? total(failed.counter, matchers, window)
      : total(requests, [...matchers, { label: failed.label, operator: '=', value: failed.value }], window);
  return `${failing} or 0 * ${callRate(dialect, ends, window)}`;
}

/** Whose histograms may tell how long the call took: of connections one end of which may send no spans either one's. */
export function callSides({ clientLatency }: MetricsDialect, { call: { connectionType } }: CallEnds): CallSide[] {
  const isOneSided = connectionType === 'virtual_node' || connectionType === 'database';
  return isOneSided && clientLatency !== undefined ? ['server', 'client'] : ['server'];
}

function buckets(
  dialect: MetricsDialect,
  ends: CallEnds,
  sides: readonly CallSide[],
  window: string,
  rate: 'rate' | 'increase'
): string {
  const matchers = callMatchers(dialect, ends);
  const isNative = dialect.histogram === 'native';
  const metricOf = (side: CallSide) =>
    side === 'client' ? (dialect.clientLatency ?? dialect.serverLatency) : dialect.serverLatency;
  // Classic buckets wherever they exist: see `bucketRates` of service-promql.ts.
  const of = (side: CallSide) =>
    isNative
      ? total(metricOf(side), matchers, window, rate)
      : sumBy(['le'], `${rate}(${selector(`${metricOf(side)}_bucket`, matchers)}[${window}])`);
  if (sides.length < 2) {
    return of(sides[0]);
  }
  const time = isNative
    ? `histogram_sum(${total(metricOf('server'), matchers, window)})`
    : total(`${metricOf('server')}_sum`, matchers, window);
  // Observations of 0 are those of an end without spans: see `measuredLatency` of latency-promql.ts.
  return matching('or', matching('unless', of('server'), [], `${time} == 0`), [], of('client'));
}

/** Latency quantile in the dialect's unit. @param sides as `callSides` has them, or the one that is asked for */
export function callQuantile(
  dialect: MetricsDialect,
  ends: CallEnds,
  quantile: number,
  window: string,
  sides: readonly CallSide[] = callSides(dialect, ends)
): string {
  return `histogram_quantile(${quantile}, ${buckets(dialect, ends, sides, window, 'rate')})`;
}

/** Requests in each latency bucket; classic histograms by `le`, for a heatmap. */
export function callHeatmap(dialect: MetricsDialect, ends: CallEnds, window: string): string {
  return buckets(dialect, ends, callSides(dialect, ends), window, 'increase');
}
