/**
 * PromQL for the calls between two services over time, out of the service graph's series: `(dialect, ends, window) ->
 * expression`. `window` is what stands between the brackets: `$__rate_interval` in panels.
 */
import { type MetricsDialect } from './dialect';
import { selector, sumBy } from './promql-text';
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

/** Whose histograms tell how long the call took; of a callee without spans only the caller's may. */
export function callSides({ clientLatency }: MetricsDialect, { target }: CallEnds): CallSide[] {
  return target.kind === 'service' || clientLatency === undefined ? ['server'] : ['server', 'client'];
}

function buckets(
  dialect: MetricsDialect,
  ends: CallEnds,
  sides: readonly CallSide[],
  window: string,
  rate: 'rate' | 'increase'
): string {
  const matchers = callMatchers(dialect, ends);
  return sides
    .map((side) => {
      const metric = side === 'client' ? (dialect.clientLatency ?? dialect.serverLatency) : dialect.serverLatency;
      // Classic buckets wherever they exist: see `bucketRates` of service-promql.ts.
      return dialect.histogram === 'native'
        ? total(metric, matchers, window, rate)
        : sumBy(['le'], `${rate}(${selector(`${metric}_bucket`, matchers)}[${window}])`);
    })
    .join(' or ');
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
