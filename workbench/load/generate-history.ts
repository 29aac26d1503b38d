import { type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type Span } from '../../src/trace/model';
import { Broker } from './broker';
import { FaultBoard } from './faults';
import { type Incident, planIncidents, USUAL_INCIDENTS } from './incidents';
import { createRandom } from './random';
import { REGISTRY } from './services/registry';
import { paymentProvider } from './services/shop-billing';
import { createIdGenerator } from './span-ids';
import { PAYMENT_PROVIDER } from './topology';
import { createTracerProvider, INSTRUMENTATION_SCOPE } from './tracer-provider';
import { DEFAULT_RATE, startTraffic } from './traffic';
import { SpanConverter } from './virtual/span-conversion';
import { VirtualClock } from './virtual/virtual-clock';
import { Services, VirtualRuntime } from './virtual/virtual-runtime';

export interface HistoryOptions {
  /** ms since the Unix epoch */
  from: number;
  /** ms since the Unix epoch; asked anew for each batch when a function, so that history can catch up with the present */
  to: number | (() => number);
  seed: number;
  /** Requests of users a second, both samples together */
  ratePerSecond?: number;
  /** What goes wrong, and when */
  incidents?: readonly Incident[];
}

export interface SpanBatch {
  /** When the spans reached the backend, ms since the Unix epoch */
  atMs: number;
  /** Not empty; in the order in which they ended */
  spans: Span[];
}

/** How often the services' exporters send. */
const EXPORT_INTERVAL_MS = 1000;
/** No new requests in the last moments, so that those under way can end. */
const WIND_DOWN_MS = 2500;

/**
 * What the sample services would have sent between `from` and `to`: the same services as live, with
 * OpenTelemetry's SDK, on a virtual clock. The same options give the same spans.
 */
export async function* generateHistory(options: HistoryOptions): AsyncGenerator<SpanBatch> {
  const { from, seed, ratePerSecond = DEFAULT_RATE, incidents = USUAL_INCIDENTS } = options;
  const end = () => (typeof options.to === 'number' ? options.to : options.to());
  const clock = new VirtualClock(from);
  const faults = new FaultBoard();
  for (const { atMs, fault, active } of planIncidents(incidents, from, end())) {
    clock.schedule(atMs - from, () => faults.set(fault, active));
  }
  const collector = new SpanCollector();
  const runtimes = startServices(clock, faults, collector, seed);
  const traffic = startTraffic(runtimes('users'), ratePerSecond);

  for (let atMs = from + EXPORT_INTERVAL_MS; atMs <= end(); atMs += EXPORT_INTERVAL_MS) {
    if (atMs > end() - WIND_DOWN_MS) {
      traffic.stop();
    }
    await clock.runUntil(atMs);
    const spans = collector.take();
    if (spans.length > 0) {
      yield { atMs, spans };
    }
  }
}

/** Starts all instances; the result gives further runtimes of the same world. */
function startServices(clock: VirtualClock, faults: FaultBoard, collector: SpanCollector, seed: number) {
  const services = new Services();
  const broker = new Broker();
  const runtime = (name: string) =>
    new VirtualRuntime(clock, createRandom(seed, `history/${name}`), faults, services, broker);
  services.add(PAYMENT_PROVIDER.name, paymentProvider(runtime(PAYMENT_PROVIDER.name)));
  for (const { spec, create } of REGISTRY) {
    for (const instance of spec.instances) {
      const ids = createIdGenerator(createRandom(seed, `history/ids/${instance.pod}`));
      const provider = createTracerProvider(spec, instance, collector, ids);
      const { name, version } = INSTRUMENTATION_SCOPE;
      const service = create({
        spec,
        instance,
        runtime: runtime(instance.pod),
        tracer: provider.getTracer(name, version),
      });
      services.add(spec.name, service);
      void keepWorking(service.work?.bind(service));
    }
  }
  return runtime;
}

/** Ends with the clock: what waits for a time that never comes is collected as garbage. */
async function keepWorking(work?: () => Promise<void>): Promise<void> {
  while (work) {
    await work();
  }
}

class SpanCollector implements SpanProcessor {
  private readonly converter = new SpanConverter();
  private ended: Span[] = [];

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    this.ended.push(this.converter.convert(span));
  }

  take(): Span[] {
    const spans = this.ended;
    this.ended = [];
    return spans;
  }

  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}
