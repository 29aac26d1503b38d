import { encodeOtlpJson, encodeTraceProtobuf } from '../src/tempo/otlp';
import { startInMemoryTempo } from '../workbench/tempo/server';

import { type BenchResult, median } from './bench-result';
import { workload } from './tempo-workload';

const TRACES = 2000;
const TRACES_PER_REQUEST = 50;
const SPANS = TRACES * 20;
const RUNS = 3;

interface Format {
  name: string;
  contentType: string;
  bodies: Array<Uint8Array<ArrayBuffer>>;
}

/** Spans per second from the first byte sent to the last answer received, one request after the other. */
export async function run(): Promise<BenchResult> {
  const rows: BenchResult['rows'] = [];
  for (const format of formats()) {
    const figures: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      figures.push(await spansPerSecond(format));
    }
    const megabytes = format.bodies.reduce((total, { length }) => total + length, 0) / 1e6;
    rows.push({
      format: format.name,
      spans: SPANS,
      'size (MB)': megabytes.toFixed(1),
      'spans/s': Math.round(median(figures)),
    });
  }
  return {
    name: 'In-memory Tempo: OTLP/HTTP ingest',
    rows,
    notes: [`Median of ${RUNS}. Client and server share a process; the metrics generator counts every span.`],
  };
}

function formats(): Format[] {
  const requests = batches();
  return [
    {
      name: 'protobuf',
      contentType: 'application/x-protobuf',
      bodies: requests.map((spans) => Uint8Array.from(encodeTraceProtobuf(spans))),
    },
    {
      name: 'JSON',
      contentType: 'application/json',
      bodies: requests.map((spans) => Uint8Array.from(Buffer.from(JSON.stringify(encodeOtlpJson(spans))))),
    },
  ];
}

function batches(): Array<Parameters<typeof encodeTraceProtobuf>[0]> {
  const traces = [...workload(TRACES)];
  const groups: Array<Parameters<typeof encodeTraceProtobuf>[0]> = [];
  for (let i = 0; i < traces.length; i += TRACES_PER_REQUEST) {
    groups.push(traces.slice(i, i + TRACES_PER_REQUEST).flat());
  }
  return groups;
}

async function spansPerSecond({ contentType, bodies }: Format): Promise<number> {
  const tempo = await startInMemoryTempo({ apiPort: 0, otlpPort: 0 });
  const started = performance.now();
  for (const body of bodies) {
    const response = await fetch(`${tempo.otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body,
    });
    await response.arrayBuffer();
    if (!response.ok) {
      throw new Error(`The in-memory Tempo refused the workload: ${response.status}`);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const kept = tempo.store.spanCount;
  await tempo.close();
  if (kept !== SPANS) {
    throw new Error(`Sent ${SPANS} spans, kept ${kept}`);
  }
  return SPANS / seconds;
}
