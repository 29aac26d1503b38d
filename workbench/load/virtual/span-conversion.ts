import { type Attributes, type AttributeValue, type HrTime } from '@opentelemetry/api';
import { type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import {
  type AnyValue,
  type InstrumentationScope,
  type KeyValue,
  type Resource,
  type Span,
  SPAN_KINDS,
  STATUS_CODES,
} from '../../../src/trace/model';

/** Turns the SDK's finished spans into the model, as sending them by OTLP and reading them back would. */
export class SpanConverter {
  private readonly resources = new WeakMap<object, Resource>();
  private readonly scopes = new WeakMap<object, InstrumentationScope>();

  convert(span: ReadableSpan): Span {
    const { traceId, spanId, traceState } = span.spanContext();
    return {
      traceId,
      spanId,
      parentSpanId: span.parentSpanContext?.spanId ?? '',
      traceState: traceState?.serialize() ?? '',
      name: span.name,
      // The SDK's enum begins with INTERNAL, OTLP's with UNSPECIFIED.
      kind: SPAN_KINDS[span.kind + 1],
      startTimeUnixNano: toUnixNano(span.startTime),
      endTimeUnixNano: toUnixNano(span.endTime),
      attributes: toKeyValues(span.attributes),
      events: span.events.map(({ time, name, attributes }) => ({
        timeUnixNano: toUnixNano(time),
        name,
        attributes: toKeyValues(attributes ?? {}),
      })),
      links: span.links.map(({ context, attributes }) => ({
        traceId: context.traceId,
        spanId: context.spanId,
        traceState: context.traceState?.serialize() ?? '',
        attributes: toKeyValues(attributes ?? {}),
      })),
      status: { code: STATUS_CODES[span.status.code], message: span.status.message ?? '' },
      resource: this.resource(span),
      scope: this.scope(span),
    };
  }

  private resource({ resource }: ReadableSpan): Resource {
    const known = this.resources.get(resource);
    if (known) {
      return known;
    }
    const converted = { attributes: toKeyValues(resource.attributes) };
    this.resources.set(resource, converted);
    return converted;
  }

  private scope({ instrumentationScope }: ReadableSpan): InstrumentationScope {
    const known = this.scopes.get(instrumentationScope);
    if (known) {
      return known;
    }
    const { name, version = '' } = instrumentationScope;
    const converted = { name, version, attributes: [] };
    this.scopes.set(instrumentationScope, converted);
    return converted;
  }
}

function toUnixNano([seconds, nanos]: HrTime): bigint {
  return BigInt(seconds) * BigInt(1_000_000_000) + BigInt(nanos);
}

function toKeyValues(attributes: Attributes): KeyValue[] {
  const result: KeyValue[] = [];
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    if (value !== undefined) {
      result.push({ key, value: toAnyValue(value) });
    }
  }
  return result;
}

/** The mapping of JavaScript values that OpenTelemetry's JavaScript exporters have. */
function toAnyValue(value: AttributeValue | null | undefined): AnyValue {
  switch (typeof value) {
    case 'string':
      return { type: 'string', value };
    case 'boolean':
      return { type: 'bool', value };
    case 'number':
      return Number.isInteger(value) ? { type: 'int', value } : { type: 'double', value };
    default:
      return value == null ? { type: 'empty' } : { type: 'array', value: value.map(toAnyValue) };
  }
}
