import { type DataFrame } from '@grafana/data';
import { anyValueFromJson } from './attribute-text';
import { traceOfFrame } from './frame-source';
import { normalizeSpanId, normalizeTraceId } from './ids';
import {
  type KeyValue,
  type Resource,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
  STATUS_CODES,
  type Trace,
} from './model';
import { ScopeMemory } from './scope-memory';
import { NO_SERVICE_NAME } from './service-name';
import { runSteps, type Steps } from './steps';

/** A trace out of a frame, and what the frame says about it. */
export interface FrameTrace {
  trace: Trace;
  /** Why the trace is not complete */
  partial?: string;
  /** Rows left out, as they have no span id or no start */
  skippedRows: number;
}

/** Is this a frame with the spans of one trace, in the form of Grafana's trace view? */
export function isTraceFrame(frame: DataFrame): boolean {
  const names = new Set(frame.fields.map(({ name }) => name));
  return names.has('traceID') && names.has('spanID') && names.has('startTime') && names.has('duration');
}

/**
 * Reads the frame that Tempo data sources (ours and Grafana's) answer a trace by id with. A frame of ours that nobody
 * changed gives back the very trace it was made of. Of any other, what it cannot hold is lost: the type of lists and maps
 * (they are JSON text), ns below the precision of a double (about 0.2 µs).
 */
export function traceFromFrame(frame: DataFrame): FrameTrace {
  return runSteps(traceFromFrameSteps(frame));
}

/** The same, interruptible after each row. */
export function* traceFromFrameSteps(frame: DataFrame): Steps<FrameTrace> {
  const source = traceOfFrame(frame);
  if (source) {
    return { trace: source, partial: partialOf(frame), skippedRows: 0 };
  }
  const reader = new FrameReader(frame);
  const spans: Span[] = [];
  let traceId = '';
  for (let row = 0; row < frame.length; row++) {
    const span = reader.span(row);
    if (span) {
      traceId = traceId || span.traceId;
      spans.push(span);
    }
    yield;
  }
  return { trace: { traceId, spans }, partial: partialOf(frame), skippedRows: frame.length - spans.length };
}

const KIND_BY_NAME: ReadonlyMap<string, SpanKind> = new Map(SPAN_KINDS.map((kind) => [kind, kind]));

class FrameReader {
  private readonly columns: ReadonlyMap<string, unknown[]>;
  private readonly resources = new Map<string, Resource>();
  private readonly scopes = new ScopeMemory();
  /** JSON.stringify of shared tag lists only once. */
  private readonly resourceByTags = new WeakMap<Readable, Resource>();

  constructor(frame: DataFrame) {
    this.columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  }

  span(row: number): Span | undefined {
    const spanId = normalizeSpanId(this.text('spanID', row));
    const startMs = this.number('startTime', row);
    if (spanId === undefined || startMs === undefined) {
      return undefined;
    }
    const start = msToNanos(startMs);
    return {
      traceId: normalizeTraceId(this.text('traceID', row)) ?? '',
      spanId,
      parentSpanId: normalizeSpanId(this.text('parentSpanID', row)) ?? '',
      traceState: this.text('traceState', row),
      name: this.text('operationName', row),
      kind: KIND_BY_NAME.get(this.text('kind', row)) ?? 'unspecified',
      startTimeUnixNano: start,
      endTimeUnixNano: start + msToNanos(this.number('duration', row) ?? 0),
      attributes: pairs(this.value('tags', row)),
      events: list(this.value('logs', row)).map(eventOf),
      links: list(this.value('references', row)).map(linkOf),
      status: {
        code: STATUS_CODES[this.number('statusCode', row) ?? 0] ?? 'unset',
        message: this.text('statusMessage', row),
      },
      resource: this.resource(row),
      scope: this.scopes.scope(
        this.text('instrumentationLibraryName', row),
        this.text('instrumentationLibraryVersion', row)
      ),
    };
  }

  private resource(row: number): Resource {
    const tags = this.value('serviceTags', row);
    const known = isObject(tags) ? this.resourceByTags.get(tags) : undefined;
    if (known) {
      return known;
    }
    const service = this.text('serviceName', row);
    const key = `${service}\n${JSON.stringify(tags) ?? ''}`;
    let resource = this.resources.get(key);
    if (!resource) {
      resource = { attributes: withServiceName(pairs(tags), service) };
      this.resources.set(key, resource);
    }
    if (isObject(tags)) {
      this.resourceByTags.set(tags, resource);
    }
    return resource;
  }

  private value(name: string, row: number): unknown {
    return this.columns.get(name)?.[row];
  }

  private text(name: string, row: number): string {
    const value = this.value(name, row);
    return typeof value === 'string' ? value : '';
  }

  private number(name: string, row: number): number | undefined {
    const value = this.value(name, row);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }
}

/** serviceName is a column of its own; other producers (Jaeger, Zipkin) do not repeat it among the tags. */
function withServiceName(attributes: KeyValue[], service: string): KeyValue[] {
  const isKnown = service === '' || service === NO_SERVICE_NAME || attributes.some(({ key }) => key === 'service.name');
  return isKnown ? attributes : [...attributes, { key: 'service.name', value: { type: 'string', value: service } }];
}

function eventOf({ timestamp, name, fields }: Readable): SpanEvent {
  return {
    timeUnixNano: msToNanos(typeof timestamp === 'number' ? timestamp : 0),
    name: typeof name === 'string' ? name : '',
    attributes: pairs(fields),
  };
}

function linkOf({ traceID, spanID, tags }: Readable): SpanLink {
  return {
    traceId: normalizeTraceId(String(traceID ?? '')) ?? '',
    spanId: normalizeSpanId(String(spanID ?? '')) ?? '',
    traceState: '',
    attributes: pairs(tags),
  };
}

function pairs(tags: unknown): KeyValue[] {
  const attributes: KeyValue[] = [];
  for (const { key, value } of list(tags)) {
    if (typeof key === 'string') {
      attributes.push({ key, value: anyValueFromJson(value) });
    }
  }
  return attributes;
}

/** An object of unknown content: every property may be anything. */
type Readable = Record<string, unknown>;

function list(value: unknown): Readable[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Readable {
  return typeof value === 'object' && value !== null;
}

function partialOf(frame: DataFrame): string | undefined {
  const { partial, message } = isObject(frame.meta?.custom) ? frame.meta.custom : {};
  if (partial !== true) {
    return undefined;
  }
  return typeof message === 'string' && message !== '' ? message : 'Only a part of the trace was returned.';
}

const NANOS_PER_MS = BigInt(1_000_000);

function msToNanos(ms: number): bigint {
  const whole = Math.floor(ms);
  return BigInt(whole) * NANOS_PER_MS + BigInt(Math.round((ms - whole) * 1e6));
}
