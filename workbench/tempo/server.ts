import { type Span } from '../../src/trace/model';

import { MetricsGenerator, readGeneratorConfig, startRemoteWrite } from './generator';
import { apiListener } from './http/api-listener';
import { otlpReceiver } from './http/otlp-receiver';
import { listen } from './http/serve';
import { TraceStore } from './store';

/** Tempo's collection interval, ms. */
const COLLECTION_INTERVAL_MS = 15_000;

export interface InMemoryTempoOptions {
  /** Tempo's is 3200; 0 takes a free one. */
  apiPort: number;
  /** OTLP over HTTP, Tempo's is 4318; 0 takes a free one. */
  otlpPort: number;
  /** 127.0.0.1 by default */
  host?: string;
  /** Approximate memory for traces; the oldest go first. */
  maxBytes?: number;
  /** Bytes of one OTLP request after decompression. */
  maxRequestBytes?: number;
  /** Prometheus' `/api/v1/write`. Without it the generator runs, but nobody reads its series. */
  remoteWriteUrl?: string;
  /** ms between collections of the generator's series; 15 s by default. */
  collectionIntervalMs?: number;
  /** ms since the Unix epoch */
  clock?: () => number;
  /** Tempo's default configuration of service graphs and span metrics when not given; `null` for none. */
  generator?: Pick<MetricsGenerator, 'push' | 'collect'> | null;
  log?: (line: string) => void;
}

export interface InMemoryTempo {
  apiUrl: string;
  /** Without the path: exporters append `/v1/traces`. */
  otlpUrl: string;
  store: TraceStore;
  /** As if the spans had come over OTLP: kept, and counted by the generator. */
  ingest(spans: readonly Span[], receivedAtMs: number): void;
  close(): Promise<void>;
}

/** Starts both servers and, with a URL, the remote-write loop. Rejects when a port is taken. */
export async function startInMemoryTempo(options: InMemoryTempoOptions): Promise<InMemoryTempo> {
  const { host = '127.0.0.1', clock = Date.now, log } = options;
  const store = new TraceStore({ maxBytes: options.maxBytes });
  const generator = options.generator === undefined ? defaultGenerator() : options.generator;
  const ingest = (spans: readonly Span[], receivedAtMs: number): void => {
    store.add(spans);
    generator?.push([...spans], receivedAtMs);
  };
  const api = await listen(apiListener({ store, now: clock }), options.apiPort, host);
  const otlp = await listen(
    otlpReceiver({ maxRequestBytes: options.maxRequestBytes, onSpans: (spans) => ingest(spans, clock()), log }),
    options.otlpPort,
    host
  ).catch(async (error: unknown) => {
    await api.close();
    throw error;
  });
  const remoteWrite =
    generator && options.remoteWriteUrl
      ? startRemoteWrite({
          generator,
          url: options.remoteWriteUrl,
          intervalMs: options.collectionIntervalMs ?? COLLECTION_INTERVAL_MS,
          log,
        })
      : undefined;
  return {
    apiUrl: api.url,
    otlpUrl: otlp.url,
    store,
    ingest,
    async close() {
      await remoteWrite?.close();
      await Promise.all([api.close(), otlp.close()]);
    },
  };
}

function defaultGenerator(): MetricsGenerator {
  return new MetricsGenerator(readGeneratorConfig({}));
}
