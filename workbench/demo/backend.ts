import path from 'node:path';
import { generateHistory } from '../load/generate-history';
import { type Load, startLoad } from '../load/start-load';
import { type RunningPrometheus, startPrometheus } from '../prometheus/prometheus';
import { MetricsGenerator, type ProcessorName, readGeneratorConfig } from '../tempo/generator';
import { writeHistory } from '../tempo/generator/remote-write';
import { type InMemoryTempo, startInMemoryTempo } from '../tempo/server';
import { GeneratorGate } from './generator-gate';
import { logTo } from './log-to';
import { type DemoOptions, type Ports } from './options';
import { type Progress } from './progress';
import { type Resources } from './resources';
import { replayHistory, type SeedTotals } from './seed-history';

export interface Backend {
  prometheus: RunningPrometheus;
  tempo: InMemoryTempo;
  load?: Load;
}

const HISTORY_MS = 3_600_000;
const SEED = 1;
const COLLECTION_INTERVAL_MS = 15_000;
/** As docker/tempo/tempo.yaml has it. */
const PROCESSOR = {
  service_graphs: {
    dimensions: ['service.namespace', 'k8s.cluster.name'],
    enable_client_server_prefix: true,
    enable_virtual_node_label: true,
    enable_messaging_system_latency_histogram: true,
  },
  span_metrics: { dimensions: ['service.namespace', 'service.version'] },
};

/** Starts what the plugin reads from: Prometheus, Tempo with an hour of history, and the sample services. */
export async function startBackend(
  { load: withLoad, broken }: Pick<DemoOptions, 'load' | 'broken'>,
  ports: Ports,
  dataDir: string,
  resources: Resources,
  progress: Progress
): Promise<Backend> {
  const log = logTo(progress, resources);
  const prometheus = await progress.step('Prometheus', () =>
    resources.add(
      startPrometheus({
        port: ports.prometheus,
        dataDir: path.join(dataDir, 'prometheus'),
        exemplarStorage: !broken,
        log,
      })
    )
  );
  const generator = createGenerator(prometheus, broken ? ['span-metrics'] : ['service-graphs', 'span-metrics']);
  const gate = new GeneratorGate(generator);
  const tempo = await progress.step('Tempo', () =>
    resources.add(
      startInMemoryTempo({
        apiPort: ports.tempo,
        otlpPort: ports.otlp,
        remoteWriteUrl: prometheus.writeUrl,
        collectionIntervalMs: COLLECTION_INTERVAL_MS,
        generator: gate,
        log,
      })
    )
  );
  if (!withLoad) {
    gate.open();
    return { prometheus, tempo };
  }
  await progress.step('history', () => seed(tempo, generator, prometheus.writeUrl, resources.signal), describeTotals);
  gate.open();
  const load = await progress.step('sample services', () =>
    resources.add(startLoad({ otlpUrl: tempo.otlpUrl, controlPort: ports.load, seed: SEED, log }))
  );
  return { prometheus, tempo, load };
}

/** Native histograms beside the classic ones where this Prometheus can hold them. */
function createGenerator({ nativeHistograms }: RunningPrometheus, processors: ProcessorName[]): MetricsGenerator {
  const mode = nativeHistograms ? 'both' : 'classic';
  return new MetricsGenerator(
    readGeneratorConfig({
      metrics_generator: { processor: PROCESSOR },
      overrides: { defaults: { metrics_generator: { processors, generate_native_histograms: mode } } },
    })
  );
}

async function seed(
  { store }: InMemoryTempo,
  generator: MetricsGenerator,
  writeUrl: string,
  signal: AbortSignal
): Promise<SeedTotals> {
  let totals: SeedTotals = { traces: 0, spans: 0 };
  // It ends at the present of its last batch, however long it takes to get there.
  const history = generateHistory({ from: Date.now() - HISTORY_MS, to: Date.now, seed: SEED });
  const collections = replayHistory(
    history,
    { store, generator },
    COLLECTION_INTERVAL_MS,
    (result) => (totals = result)
  );
  await writeHistory(writeUrl, stopWith(collections, signal));
  return totals;
}

async function* stopWith<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  for await (const item of items) {
    signal.throwIfAborted();
    yield item;
  }
}

function describeTotals({ traces, spans }: SeedTotals): string {
  return `an hour, ${traces.toLocaleString('en')} traces, ${spans.toLocaleString('en')} spans`;
}
