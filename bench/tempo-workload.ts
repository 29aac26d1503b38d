import { type KeyValue, type Resource, type Span } from '../src/trace/model';

const SPANS_PER_TRACE = 20;
const SERVICES = 20;
const MS = BigInt(1_000_000);

/** s since the Unix epoch */
export const WORKLOAD_START = 1_795_255_500;
export const WORKLOAD_SECONDS = 600;

/** Numbers in [0, 1), the same ones every time. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

function text(key: string, value: string): KeyValue {
  return { key, value: { type: 'string', value } };
}

function int(key: string, value: number): KeyValue {
  return { key, value: { type: 'int', value } };
}

/** Traces of 20 spans over 20 services, spread over ten minutes; 5 % errors, five attributes a span. Same every time. */
export function* workload(traces: number): Iterable<Span[]> {
  const random = seededRandom(7);
  const scope = { name: 'bench', version: '1', attributes: [] };
  const resources = Array.from({ length: SERVICES }, (_, i): Resource => ({
    attributes: [
      text('service.name', `service-${i}`),
      text('deployment.environment', 'bench'),
      text('k8s.pod.name', `pod-${i}`),
    ],
  }));
  const spacing = BigInt(WORKLOAD_SECONDS * 1_000_000_000) / BigInt(traces);
  for (let trace = 0; trace < traces; trace++) {
    const spans: Span[] = [];
    const traceStart = BigInt(WORKLOAD_START) * BigInt(1_000_000_000) + BigInt(trace) * spacing;
    for (let i = 0; i < SPANS_PER_TRACE; i++) {
      const start = traceStart + BigInt(i) * MS;
      const parent = spans[Math.floor(random() * spans.length)];
      spans.push({
        traceId: (trace + 1).toString(16).padStart(32, 'b'),
        spanId: (trace * SPANS_PER_TRACE + i + 1).toString(16).padStart(16, 'c'),
        parentSpanId: parent?.spanId ?? '',
        traceState: '',
        name: `GET /route/${i % 7}`,
        kind: i % 2 === 0 ? 'server' : 'client',
        startTimeUnixNano: start,
        endTimeUnixNano: start + BigInt(Math.floor(random() * 500)) * MS,
        attributes: [
          text('http.request.method', 'GET'),
          int('http.response.status_code', random() < 0.05 ? 500 : 200),
          text('http.route', `/route/${i % 7}`),
          text('user.id', `user-${Math.floor(random() * 1000)}`),
          int('retry', i % 4),
        ],
        events: [],
        links: [],
        status: { code: random() < 0.05 ? 'error' : 'unset', message: '' },
        resource: resources[(trace + i) % SERVICES],
        scope,
      });
    }
    yield spans;
  }
}
