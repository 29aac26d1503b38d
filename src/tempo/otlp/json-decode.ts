import {
  type InstrumentationScope,
  type Resource,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanLink,
  STATUS_CODES,
} from '../../trace/model';
import { runSteps, type Steps } from '../../trace/steps';
import { OtlpDecodeError } from './error';
import { hexOf, isZeroId, parentIdOf, SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids';
import { keyValues } from './json-attributes';
import {
  bytesOfBase64,
  dropped,
  enumOf,
  type JsonDialect,
  type JsonObject,
  mapEach,
  nanosOf,
  objectAt,
  objectsOf,
  parseJson,
  stringOf,
} from './json-fields';
import { type TraceByIdAnswer } from './protobuf-decode';

/**
 * OTLP/JSON's ExportTraceServiceRequest, and files in its shape: `{resourceSpans}`, `{batches}` (as Tempo's v1 answers),
 * a bare list of ResourceSpans, and `instrumentationLibrarySpans` of before opentelemetry-proto 0.15. Ids must be complete.
 * @throws OtlpDecodeError
 */
export function decodeExportRequestJson(text: string): Span[] {
  return runSteps(resourceSpansSteps(parseJson(text), 'otlp'));
}

/**
 * The same of a value that JSON.parse gave, interruptible after each span.
 * @throws OtlpDecodeError
 */
export function resourceSpansSteps(json: unknown, dialect: JsonDialect): Steps<Span[]> {
  const message = Array.isArray(json) ? { resourceSpans: json } : objectAt(json, '$');
  return new JsonDecoder(dialect).resourceSpans(message);
}

/**
 * Tempo's trace by id as JSON: `{trace: {resourceSpans}}` of v2 or `{batches}` of v1; ids in base64 (hex is taken too).
 * @throws OtlpDecodeError
 */
export function decodeTempoTraceJson(text: string): TraceByIdAnswer {
  return runSteps(decodeTempoTraceJsonSteps(text));
}

/**
 * The same, interruptible after each span once the text is parsed.
 * @throws OtlpDecodeError
 */
export function* decodeTempoTraceJsonSteps(text: string): Steps<TraceByIdAnswer> {
  const json = objectAt(parseJson(text), '$');
  if (!('trace' in json) && !('batches' in json) && !('resourceSpans' in json) && Object.keys(json).length > 0) {
    throw new OtlpDecodeError('This JSON is no trace: it has neither "trace" nor "batches".');
  }
  const trace = 'trace' in json ? objectAt(json.trace ?? {}, 'trace') : json;
  return {
    spans: yield* new JsonDecoder('tempo').resourceSpans(trace),
    partial: json.status === 'PARTIAL' || json.status === 1,
    message: typeof json.message === 'string' ? json.message : '',
  };
}

class JsonDecoder {
  private readonly spans: Span[] = [];

  constructor(private readonly dialect: JsonDialect) {}

  *resourceSpans(message: JsonObject): Steps<Span[]> {
    const field = 'batches' in message ? 'batches' : 'resourceSpans';
    for (const [group, path] of objectsOf(message, field, field)) {
      const resource: Resource = { attributes: keyValues(objectAt(group.resource ?? {}, `${path}.resource`), path) };
      for (const scopes of ['scopeSpans', 'instrumentationLibrarySpans']) {
        for (const [scopeSpans, scopePath] of objectsOf(group, scopes, `${path}.${scopes}`)) {
          yield* this.scopeSpans(scopeSpans, scopePath, resource);
        }
      }
    }
    return this.spans;
  }

  private *scopeSpans(group: JsonObject, path: string, resource: Resource): Steps<void> {
    const scopeJson = objectAt(group.scope ?? group.instrumentationLibrary ?? {}, `${path}.scope`);
    const scope: InstrumentationScope = {
      name: stringOf(scopeJson, 'name', path),
      version: stringOf(scopeJson, 'version', path),
      attributes: keyValues(scopeJson, path),
    };
    for (const [json, spanPath] of objectsOf(group, 'spans', `${path}.spans`)) {
      this.spans.push(this.span(json, spanPath, resource, scope));
      yield;
    }
  }

  private span(json: JsonObject, path: string, resource: Resource, scope: InstrumentationScope): Span {
    const status = objectAt(json.status ?? {}, `${path}.status`);
    return {
      traceId: this.ownId(json, 'traceId', TRACE_ID_BYTES, path),
      spanId: this.ownId(json, 'spanId', SPAN_ID_BYTES, path),
      parentSpanId: this.parentId(json, path),
      traceState: stringOf(json, 'traceState', path),
      name: stringOf(json, 'name', path),
      kind: enumOf(json.kind, SPAN_KINDS, 'SPAN_KIND_', `${path}.kind`, this.dialect),
      startTimeUnixNano: nanosOf(json, 'startTimeUnixNano', path),
      endTimeUnixNano: nanosOf(json, 'endTimeUnixNano', path),
      attributes: keyValues(json, path),
      events: mapEach(json, 'events', path, eventOf),
      links: mapEach(json, 'links', path, (link, linkPath) => this.link(link, linkPath)),
      status: {
        code: enumOf(status.code, STATUS_CODES, 'STATUS_CODE_', `${path}.status.code`, this.dialect),
        message: stringOf(status, 'message', path),
      },
      ...dropped(json, 'droppedAttributesCount', path),
      ...dropped(json, 'droppedEventsCount', path),
      ...dropped(json, 'droppedLinksCount', path),
      ...dropped(json, 'flags', path),
      resource,
      scope,
    };
  }

  private link(json: JsonObject, path: string): SpanLink {
    return {
      traceId: this.id(json, 'traceId', TRACE_ID_BYTES, path).padStart(2 * TRACE_ID_BYTES, '0'),
      spanId: this.id(json, 'spanId', SPAN_ID_BYTES, path).padStart(2 * SPAN_ID_BYTES, '0'),
      traceState: stringOf(json, 'traceState', path),
      attributes: keyValues(json, path),
      ...dropped(json, 'droppedAttributesCount', path),
      ...dropped(json, 'flags', path),
    };
  }

  private ownId(json: JsonObject, field: string, bytes: number, path: string): string {
    const id = this.id(json, field, bytes, path);
    if (isZeroId(id)) {
      throw new OtlpDecodeError(`${path}.${field} is ${id === '' ? 'missing' : 'all zeros'}.`);
    }
    return this.sized(id, bytes, `${path}.${field}`);
  }

  private parentId(json: JsonObject, path: string): string {
    const id = this.id(json, 'parentSpanId', SPAN_ID_BYTES, path);
    return id === '' ? '' : parentIdOf(this.sized(id, SPAN_ID_BYTES, `${path}.parentSpanId`));
  }

  private sized(id: string, bytes: number, path: string): string {
    if (this.dialect === 'otlp' && id.length !== 2 * bytes) {
      throw new OtlpDecodeError(`${path} "${id}" has ${id.length} hex digits, expected ${2 * bytes}.`);
    }
    return id.padStart(2 * bytes, '0');
  }

  /** Lower-case hex, at most of `bytes` bytes; '' when absent. */
  private id(json: JsonObject, field: string, bytes: number, path: string): string {
    const text = stringOf(json, field, path);
    if (text === '') {
      return '';
    }
    const hex = isHexId(text, bytes, this.dialect) ? text.toLowerCase() : this.base64Id(text, `${path}.${field}`);
    if (hex.length > 2 * bytes) {
      throw new OtlpDecodeError(`${path}.${field} "${text}" is longer than ${bytes} bytes.`);
    }
    return hex;
  }

  private base64Id(text: string, path: string): string {
    if (this.dialect === 'otlp') {
      throw new OtlpDecodeError(`${path} "${text}" is not hexadecimal.`);
    }
    return hexOf(bytesOfBase64(text, path));
  }
}

const HEX_DIGITS = /^[0-9a-f]+$/i;

/** Base64 of a complete id is never as long as its hex form, and ends with `=`. */
function isHexId(text: string, bytes: number, dialect: JsonDialect): boolean {
  return HEX_DIGITS.test(text) && (dialect !== 'tempo' || text.length === 2 * bytes);
}

function eventOf(json: JsonObject, path: string): SpanEvent {
  return {
    timeUnixNano: nanosOf(json, 'timeUnixNano', path),
    name: stringOf(json, 'name', path),
    attributes: keyValues(json, path),
    ...dropped(json, 'droppedAttributesCount', path),
  };
}
