/** Entry of each worker: one service with all its instances, or one of the helpers. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { FaultBoard } from '../faults';
import { createRandom } from '../random';
import { type RunningService } from '../service';
import { REGISTRY, type RegisteredService } from '../services/registry';
import { paymentProvider } from '../services/shop-billing';
import { createIdGenerator } from '../span-ids';
import { createTracerProvider, INSTRUMENTATION_SCOPE } from '../tracer-provider';
import { startTraffic } from '../traffic';
import { createBrokerServer } from './broker-server';
import { listen } from './http-exchange';
import { LiveRuntime } from './live-runtime';
import { HELPERS, type ParentMessage, type WorkerMessage, type WorkerSetup } from './messages';

const EXPORT_DELAY_MS = 1000;
const EXPORT_TIMEOUT_MS = 5000;

interface Running {
  services: Array<Pick<RunningService, 'handle'>>;
  /** Begins the work that nobody asks for */
  start(): void;
  /** Sends what is left */
  stop(): Promise<void>;
}

async function run(port: MessagePort, setup: WorkerSetup): Promise<void> {
  let ports: Record<string, number[]> = {};
  const faults = new FaultBoard();
  // Ids differ from run to run, as the spans of an earlier run may still be in the store.
  const runId = `live/${Date.now()}`;
  const createRuntime = (name: string) =>
    new LiveRuntime(createRandom(setup.seed, `live/${name}`), faults, () => ports);
  const running = createRunning(setup, runId, createRuntime);
  const post = (message: WorkerMessage) => port.postMessage(message);
  port.on('message', async (message: ParentMessage) => {
    switch (message.type) {
      case 'go':
        ports = message.ports;
        running.start();
        return;
      case 'fault':
        faults.set(message.id, message.active);
        return;
      case 'stop':
        await running.stop();
        post({ type: 'stopped' });
        return;
    }
  });
  const servers = await Promise.all(running.services.map((service) => listen((request) => service.handle(request))));
  post({ type: 'listening', service: setup.service, ports: servers.map((server) => server.port) });
}

function createRunning(setup: WorkerSetup, runId: string, createRuntime: (name: string) => LiveRuntime): Running {
  const idle = { start() {}, async stop() {} };
  switch (setup.service) {
    case HELPERS.broker:
      return { ...idle, services: [{ handle: createBrokerServer() }] };
    case HELPERS.paymentProvider:
      return { ...idle, services: [paymentProvider(createRuntime(HELPERS.paymentProvider))] };
    case HELPERS.users:
      return {
        ...idle,
        services: [],
        start: () => void startTraffic(createRuntime(HELPERS.users), setup.ratePerSecond),
      };
    default:
      return createInstances(findService(setup.service), setup, runId, createRuntime);
  }
}

function findService(name: string): RegisteredService {
  const found = REGISTRY.find(({ spec }) => spec.name === name);
  if (!found) {
    throw new Error(`no sample service is called '${name}'`);
  }
  return found;
}

function createInstances(
  { spec, create }: RegisteredService,
  { otlpUrl, seed }: WorkerSetup,
  runId: string,
  createRuntime: (name: string) => LiveRuntime
): Running {
  const processor = new BatchSpanProcessor(createExporter(spec.namespace, otlpUrl), {
    scheduledDelayMillis: EXPORT_DELAY_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const services = spec.instances.map((instance) => {
    const ids = createIdGenerator(createRandom(seed, `${runId}/${instance.pod}`));
    const { name, version } = INSTRUMENTATION_SCOPE;
    const tracer = createTracerProvider(spec, instance, processor, ids).getTracer(name, version);
    return create({ spec, instance, runtime: createRuntime(instance.pod), tracer });
  });
  return {
    services,
    start: () => services.forEach((service) => void keepWorking(service)),
    stop: () => processor.shutdown(),
  };
}

/** Both encodings of OTLP/HTTP are in use, one in each sample. */
function createExporter(namespace: string, otlpUrl: string): SpanExporter {
  const options = { url: `${otlpUrl}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS };
  return namespace === 'shop'
    ? new ProtobufTraceExporter({ ...options, compression: CompressionAlgorithm.GZIP })
    : new JsonTraceExporter(options);
}

async function keepWorking(service: RunningService): Promise<void> {
  while (service.work) {
    await service.work();
  }
}

if (parentPort) {
  void run(parentPort, workerData as WorkerSetup);
}
