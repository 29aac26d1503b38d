import { type AnyValue, type KeyValue, type Span } from '../../../src/trace/model';
import { serviceName } from '../engine';

import { type ApiAnswer } from './answer';

/** `application/vnd.grafana.llm`: hex ids and plain attribute maps. */
export function llmTraceAnswer(spans: readonly Span[], partial: boolean): ApiAnswer {
  const body = {
    trace: { traceId: spans[0]?.traceId ?? '', services: services(spans) },
    metrics: {},
    status: partial ? 'PARTIAL' : 'COMPLETE',
  };
  return { status: 200, contentType: 'application/vnd.grafana.llm+json', body: JSON.stringify(body) };
}

function services(spans: readonly Span[]): unknown[] {
  const byResource = groupBy(spans, (span) => span.resource);
  return [...byResource].map(([resource, own]) => ({
    serviceName: serviceName(resource),
    ...optional('resource', otherAttributes(resource.attributes)),
    scopes: [...groupBy(own, (span) => span.scope)].map(([scope, scopeSpans]) => ({
      ...(scope.name === '' ? {} : { name: scope.name }),
      spans: scopeSpans.map(spanJson),
    })),
  }));
}

function otherAttributes(attributes: KeyValue[]): Record<string, unknown> {
  return attributeMap(attributes.filter(({ key }) => key !== 'service.name'));
}

function optional(key: string, map: Record<string, unknown>): Record<string, unknown> {
  return Object.keys(map).length === 0 ? {} : { [key]: map };
}

function groupBy<Key>(spans: readonly Span[], keyOf: (span: Span) => Key): Map<Key, Span[]> {
  const groups = new Map<Key, Span[]>();
  for (const span of spans) {
    const group = groups.get(keyOf(span));
    if (group) {
      group.push(span);
    } else {
      groups.set(keyOf(span), [span]);
    }
  }
  return groups;
}

function spanJson(span: Span): unknown {
  return {
    spanId: span.spanId,
    name: span.name,
    ...(span.parentSpanId === '' ? {} : { parentSpanId: span.parentSpanId }),
    kind: `SPAN_KIND_${span.kind.toUpperCase()}`,
    startTimeUnixNano: String(span.startTimeUnixNano),
    endTimeUnixNano: String(span.endTimeUnixNano),
    durationMs: Number(span.endTimeUnixNano - span.startTimeUnixNano) / 1e6,
    ...optional('attributes', attributeMap(span.attributes)),
    ...(span.events.length === 0 ? {} : { events: span.events.map(eventJson) }),
    ...(span.links.length === 0 ? {} : { links: span.links.map(linkJson) }),
    status: {
      code: `STATUS_CODE_${span.status.code.toUpperCase()}`,
      message: span.status.message,
    },
  };
}

function eventJson({ name, timeUnixNano, attributes }: Span['events'][number]): unknown {
  return { name, timeUnixNano: String(timeUnixNano), ...optional('attributes', attributeMap(attributes)) };
}

function linkJson({ traceId, spanId, attributes }: Span['links'][number]): unknown {
  return { traceId, spanId, ...optional('attributes', attributeMap(attributes)) };
}

function attributeMap(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: AnyValue): unknown {
  switch (value.type) {
    case 'empty':
      return null;
    case 'int':
      return typeof value.value === 'bigint' ? String(value.value) : value.value;
    case 'array':
      return value.value.map(plainValue);
    case 'kvlist':
      return attributeMap(value.value);
    case 'bytes':
      return Buffer.from(value.value).toString('base64');
    default:
      return value.value;
  }
}
