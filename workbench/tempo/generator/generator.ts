import { type Span } from '../../../src/trace/model';

import { type GeneratorConfig } from './config';
import { HostInfo } from './host-info';
import { Registry } from './registry';
import { ServiceGraphs } from './service-graphs';
import { SpanMetrics } from './span-metrics';
import { type WriteRequest } from './write-request';

const NANOS_PER_MS = BigInt(1_000_000);

/**
 * Tempo's metrics generator: spans in, Prometheus series out. It has no clock: every call says what time it is, so it
 * also makes the series of times long past, given the spans and the times in order.
 */
export class MetricsGenerator {
  private readonly registry: Registry;
  private readonly serviceGraphs?: ServiceGraphs;
  private readonly spanMetrics?: SpanMetrics;
  private readonly hostInfo?: HostInfo;
  private readonly slackNanos: bigint;

  constructor(config: GeneratorConfig) {
    const { processors } = config.overrides.defaults.metrics_generator;
    const settings = config.metrics_generator.processor;
    this.registry = new Registry(config);
    this.slackNanos = BigInt(Math.round(config.metrics_generator.metrics_ingestion_time_range_slack)) * NANOS_PER_MS;
    if (processors.some((name) => name.startsWith('service-graphs'))) {
      this.serviceGraphs = new ServiceGraphs(settings.service_graphs, processors, this.registry);
    }
    if (processors.some((name) => name.startsWith('span-metrics'))) {
      this.spanMetrics = new SpanMetrics(settings.span_metrics, processors, this.registry);
    }
    if (processors.includes('host-info')) {
      this.hostInfo = new HostInfo(settings.host_info, this.registry);
    }
  }

  /** Takes spans in; those that ended longer ago than the slack, or lie as far ahead, do not count. */
  push(spans: readonly Span[], nowMs: number): void {
    const now = BigInt(Math.floor(nowMs)) * NANOS_PER_MS;
    const [earliest, latest] = [now - this.slackNanos, now + this.slackNanos];
    const timely = spans.filter(({ endTimeUnixNano: end }) => end >= earliest && end <= latest);
    this.serviceGraphs?.expire(nowMs);
    this.serviceGraphs?.push(timely, nowMs);
    this.spanMetrics?.push(timely, nowMs);
    this.hostInfo?.push(timely, nowMs);
  }

  /** The state of all series, stamped with `nowMs`. Exemplars since the last collection come along once. */
  collect(nowMs: number): WriteRequest {
    this.serviceGraphs?.expire(nowMs);
    return this.registry.collect(nowMs);
  }
}
