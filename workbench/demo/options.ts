import { parseArgs } from 'node:util';

/** Ports by the part that listens on them. */
export interface Ports {
  host: number;
  tempo: number;
  otlp: number;
  prometheus: number;
  load: number;
}

export interface DemoOptions {
  ports: Ports;
  /** The sample services run. */
  load: boolean;
  /** Start on free ports, see whether everything works together, stop. */
  check: boolean;
  /** A real Grafana in place of the host page. */
  grafana: boolean;
  /** Wired wrongly, for the set-up check to find. */
  broken: boolean;
  help: boolean;
}

export const DEFAULT_PORTS: Readonly<Ports> = { host: 3000, tempo: 3200, otlp: 4318, prometheus: 9090, load: 8079 };

/** Which option changes which port. */
export const PORT_OPTIONS: Readonly<Record<keyof Ports, string>> = {
  host: '--port',
  tempo: '--tempo-port',
  otlp: '--otlp-port',
  prometheus: '--prometheus-port',
  load: '--load-port',
};

const MAX_PORT = 65535;

export const HELP = `Trace Atlas demo: the plugin with Prometheus, an in-memory Tempo and sample services. No Docker needed.

Usage: npm run demo -- [options]

  --port <n>             page or Grafana (default ${DEFAULT_PORTS.host})
  --tempo-port <n>       Tempo's query API (default ${DEFAULT_PORTS.tempo})
  --otlp-port <n>        OTLP/HTTP: send your own traces here (default ${DEFAULT_PORTS.otlp})
  --prometheus-port <n>  Prometheus (default ${DEFAULT_PORTS.prometheus})
  --load-port <n>        switches of the sample services' faults (default ${DEFAULT_PORTS.load})
  --no-load              without the sample services and their history
  --grafana              the Grafana installed here (on PATH or GRAFANA_HOME) in place of the page
  --broken               wired wrongly in four places, for the set-up check to find
  --check                start all on free ports, see that the parts work together, stop
  --help                 this text

PROMETHEUS_BIN or PROMETHEUS_URL say which Prometheus to use; without them the one on PATH is taken.`;

/** Throws an Error whose message is meant for the person at the terminal. */
export function parseOptions(args: string[]): DemoOptions {
  const { values } = parseArgs({
    args,
    strict: true,
    allowPositionals: false,
    options: {
      port: { type: 'string' },
      'tempo-port': { type: 'string' },
      'otlp-port': { type: 'string' },
      'prometheus-port': { type: 'string' },
      'load-port': { type: 'string' },
      'no-load': { type: 'boolean', default: false },
      grafana: { type: 'boolean', default: false },
      broken: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.check && values['no-load']) {
    throw new Error('--check needs the sample services: leave out --no-load.');
  }
  if (values.check && values.broken) {
    throw new Error('--check needs a set-up that works: leave out --broken.');
  }
  return {
    ports: {
      host: readPort('--port', values.port, DEFAULT_PORTS.host),
      tempo: readPort('--tempo-port', values['tempo-port'], DEFAULT_PORTS.tempo),
      otlp: readPort('--otlp-port', values['otlp-port'], DEFAULT_PORTS.otlp),
      prometheus: readPort('--prometheus-port', values['prometheus-port'], DEFAULT_PORTS.prometheus),
      load: readPort('--load-port', values['load-port'], DEFAULT_PORTS.load),
    },
    load: !values['no-load'],
    check: values.check,
    grafana: values.grafana,
    broken: values.broken,
    help: values.help,
  };
}

function readPort(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) {
    return fallback;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
    throw new Error(`${option} must be a port number from 1 to ${MAX_PORT}, not '${text}'.`);
  }
  return port;
}
