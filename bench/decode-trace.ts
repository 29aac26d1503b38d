import { type KeyValue, type Resource, type Span, type SpanKind, type Trace } from '../src/trace/model';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const START = BigInt(1_795_255_500_000_000_000);
const SERVICES = 20;
/** Children of a span before the next one gets some. */
const FAN_OUT = 5;
const KINDS: readonly SpanKind[] = ['server', 'client', 'internal'];

function text(key: string, value: string): KeyValue {
  return { key, value: { type: 'string', value } };
}

function int(key: string, value: number): KeyValue {
  return { key, value: { type: 'int', value } };
}

function resourceOf(service: number): Resource {
  return {
    attributes: [
      text('service.name', `service-${service}`),
      text('service.namespace', 'shop'),
      text('deployment.environment', 'production'),
      text('k8s.pod.name', `service-${service}-6c9f7d5b4-x${service}`),
      text('telemetry.sdk.name', 'opentelemetry'),
      text('telemetry.sdk.language', 'go'),
    ],
  };
}

/** One trace as a large batch job leaves it: 20 services, 8 attributes a span, an event on every tenth. The same on every call. */
export function largeTrace(spanCount: number): Trace {
  const resources = Array.from({ length: SERVICES }, (_, service) => resourceOf(service));
  const scope = { name: 'io.opentelemetry.http', version: '2.1.0', attributes: [] };
  const spanId = (index: number) => (index + 1).toString(16).padStart(16, '0');
  const spans = Array.from({ length: spanCount }, (_, index): Span => {
    const start = START + BigInt(index * 1_000);
    const isFailed = index % 50 === 49;
    return {
      traceId: TRACE_ID,
      spanId: spanId(index),
      parentSpanId: index === 0 ? '' : spanId(Math.floor((index - 1) / FAN_OUT)),
      traceState: '',
      name: `GET /api/items/${index % 40}`,
      kind: KINDS[index % KINDS.length],
      startTimeUnixNano: start,
      endTimeUnixNano: start + BigInt(50_000_000 - (index % 1000) * 40_000),
      attributes: [
        text('http.request.method', 'GET'),
        text('url.full', `https://shop.example.com/api/items/${index}?page=${index % 7}`),
        text('server.address', 'shop.example.com'),
        int('http.response.status_code', isFailed ? 500 : 200),
        int('server.port', 443),
        text('user.id', `user-${index % 5000}`),
        { key: 'cache.hit', value: { type: 'bool', value: index % 2 === 0 } },
        { key: 'queue.wait', value: { type: 'double', value: index / 7 } },
      ],
      events:
        index % 10 === 0
          ? [{ timeUnixNano: start, name: 'retry', attributes: [int('attempt', 1), text('reason', 'time-out')] }]
          : [],
      links: [],
      status: { code: isFailed ? 'error' : 'unset', message: isFailed ? 'upstream failed' : '' },
      resource: resources[index % SERVICES],
      scope,
    };
  });
  return { traceId: TRACE_ID, spans };
}
