import { Worker } from 'node:worker_threads';
import { FaultBoard, type FaultId } from './faults';
import { bundleWorker } from './live/bundle-worker';
import { startControlServer } from './live/control-server';
import { HELPERS, type ParentMessage, type WorkerMessage, type WorkerSetup } from './live/messages';
import { REGISTRY } from './services/registry';
import { DEFAULT_RATE } from './traffic';

export interface LoadOptions {
  /** OTLP/HTTP receiver, `http://host:port` */
  otlpUrl: string;
  /** Port on which faults are switched; 0 takes a free one */
  controlPort: number;
  seed?: number;
  /** Requests of users a second, both samples together */
  ratePerSecond?: number;
  log: (line: string) => void;
}

export interface Load {
  /** `http://127.0.0.1:<port>`: GET /faults, PUT /faults/<id> */
  controlUrl: string;
  /** Sends what is left and stops all workers. */
  close(): Promise<void>;
}

const DEFAULT_SEED = 1;
/** A worker that has not sent its last spans by then is stopped all the same. */
const STOP_GRACE_MS = 2000;

/** Starts the sample services, a worker thread each, and people who use them. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const { otlpUrl, controlPort, seed = DEFAULT_SEED, ratePerSecond = DEFAULT_RATE, log } = options;
  const faults = new FaultBoard();
  const workers: Worker[] = [];
  const tellAll = (message: ParentMessage) => workers.forEach((worker) => worker.postMessage(message));
  const switchFault = (id: FaultId, active: boolean) => {
    faults.set(id, active);
    tellAll({ type: 'fault', id, active });
    log(`fault ${id} ${active ? 'on' : 'off'}`);
  };
  const control = await startControlServer(controlPort, faults, switchFault);
  const close = async () => {
    control.server.close();
    control.server.closeAllConnections();
    await Promise.all(workers.map(stopWorker));
  };
  try {
    const program = await bundleWorker();
    const names = [...REGISTRY.map(({ spec }) => spec.name), ...Object.values(HELPERS)];
    const ports: Record<string, number[]> = {};
    await Promise.all(
      names.map(async (service) => {
        const setup: WorkerSetup = { service, otlpUrl, seed, ratePerSecond };
        const worker = new Worker(program, { eval: true, workerData: setup, name: service });
        workers.push(worker);
        ports[service] = await untilListening(worker, service);
        worker.on('error', (error) => log(`${service} stopped: ${error.message}`));
      })
    );
    tellAll({ type: 'go', ports });
    return { controlUrl: control.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function untilListening(worker: Worker, service: string): Promise<number[]> {
  return new Promise((resolve, reject) => {
    worker.once('error', (error) => reject(new Error(`sample service ${service} did not start: ${error.message}`)));
    worker.once('message', (message: WorkerMessage) => {
      if (message.type === 'listening') {
        resolve(message.ports);
      }
    });
  });
}

async function stopWorker(worker: Worker): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, STOP_GRACE_MS);
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'stopped') {
        clearTimeout(timer);
        resolve();
      }
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    worker.postMessage({ type: 'stop' } satisfies ParentMessage);
  });
  await worker.terminate();
}
