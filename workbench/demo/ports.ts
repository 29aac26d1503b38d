import { createServer } from 'node:net';
import { PORT_OPTIONS, type Ports } from './options';

const LOOPBACK = '127.0.0.1';

const LISTENERS: Readonly<Record<keyof Ports, string>> = {
  host: 'the page',
  tempo: "Tempo's API",
  otlp: 'OTLP',
  prometheus: 'Prometheus',
  load: 'the sample services',
};

/** Rejects with one line that says which option changes the port, when one is taken or asked for twice. */
export async function requirePorts(ports: Partial<Ports>): Promise<void> {
  const seen = new Map<number, keyof Ports>();
  for (const part of Object.keys(ports) as Array<keyof Ports>) {
    const port = ports[part];
    if (port === undefined) {
      continue;
    }
    const other = seen.get(port);
    if (other) {
      throw new Error(
        `Port ${port} is asked for twice, for ${LISTENERS[other]} and ${LISTENERS[part]}: change ${PORT_OPTIONS[part]}.`
      );
    }
    seen.set(port, part);
    if (!(await isFree(port))) {
      throw new Error(
        `Port ${port} for ${LISTENERS[part]} is taken: stop what listens there, or choose another with ${PORT_OPTIONS[part]} <n>.`
      );
    }
  }
}

/** As many ports as there are parts, none of them in use. */
export async function findFreePorts(): Promise<Ports> {
  const [host, tempo, otlp, prometheus, load] = await freePorts(5);
  return { host, tempo, otlp, prometheus, load };
}

async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, () => hold(0, LOOPBACK)));
  await Promise.all(held.map(({ release }) => release()));
  return held.map(({ port }) => port);
}

/** Some systems let one listen on the loopback address beside another who listens on all: both are tried. */
async function isFree(port: number): Promise<boolean> {
  for (const address of [LOOPBACK, undefined]) {
    try {
      await (await hold(port, address)).release();
    } catch {
      return false;
    }
  }
  return true;
}

async function hold(port: number, address?: string): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: address, exclusive: true }, resolve);
  });
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
