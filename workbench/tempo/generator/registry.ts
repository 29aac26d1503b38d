import { type GeneratorConfig } from './config';
import { createCounter, createGauge } from './counter';
import { createHistogram } from './histogram';
import { type Collection, type Counter, type Gauge, type Histogram, type Metric } from './metric';
import { type TimeSeries, type WriteRequest } from './write-request';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** Stands in for the host name that Tempo puts there. */
const INSTANCE_LABEL = '__metrics_gen_instance';
const DEFAULT_INSTANCE = 'tempo-0';

/** Holds the metrics of all processors, and collects them. */
export class Registry {
  private readonly metrics: Metric[] = [];
  private readonly externalLabels: Readonly<Record<string, string>>;
  private readonly staleMs: number;
  private readonly histogramSettings: GeneratorConfig['overrides']['defaults']['metrics_generator'];
  /** Key of each series that was sent lately, with the time of its latest sample. */
  private readonly lastSentMs = new Map<string, number>();

  constructor(config: GeneratorConfig) {
    const { external_labels, stale_duration } = config.metrics_generator.registry;
    this.externalLabels = { [INSTANCE_LABEL]: DEFAULT_INSTANCE, ...external_labels };
    this.staleMs = stale_duration;
    this.histogramSettings = config.overrides.defaults.metrics_generator;
  }

  counter(name: string): Counter {
    return this.add(createCounter(name, this.externalLabels));
  }

  gauge(name: string): Gauge {
    return this.add(createGauge(name, this.externalLabels));
  }

  histogram(name: string, buckets: readonly number[]): Histogram {
    const settings = this.histogramSettings;
    return this.add(
      createHistogram({
        name,
        buckets,
        mode: settings.generate_native_histograms,
        externalLabels: this.externalLabels,
        traceIdLabelName: settings.trace_id_label_name || 'traceID',
        nativeBucketFactor: settings.native_histogram_bucket_factor,
        nativeMaxBuckets: settings.native_histogram_max_bucket_number,
        nativeMinResetMs: settings.native_histogram_min_reset_duration,
      })
    );
  }

  /** The state of every series at `nowMs`, without those that had no update for the stale duration. */
  collect(nowMs: number): WriteRequest {
    const timeseries: TimeSeries[] = [];
    const zeroMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS - SECOND_MS;
    const collection: Collection = {
      timestampMs: nowMs,
      zeroTimestampMs: (key) => ((this.lastSentMs.get(key) ?? -Infinity) < zeroMs ? zeroMs : undefined),
      add: (key, series) => {
        this.lastSentMs.set(key, nowMs);
        timeseries.push(series);
      },
    };
    for (const metric of this.metrics) {
      metric.removeStale(nowMs - this.staleMs);
      metric.collect(collection);
    }
    this.forgetSent(zeroMs);
    return { timeseries };
  }

  /** Only samples later than the next zero can get in its way. */
  private forgetSent(beforeMs: number): void {
    for (const [key, sentMs] of this.lastSentMs) {
      if (sentMs < beforeMs) {
        this.lastSentMs.delete(key);
      }
    }
  }

  private add<M extends Metric>(metric: M): M {
    this.metrics.push(metric);
    return metric;
  }
}
