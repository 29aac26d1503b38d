/**
 * Jaeger's JSON, as its UI downloads and reads it and `/api/traces` answers: `{data: [{traceID, spans, processes}]}`.
 * Mapping of tags: opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger, read backwards.
 */
import {
  type AnyValue,
  type KeyValue,
  type Resource,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
  STATUS_CODES,
} from '../../trace/model';
import { ScopeMemory } from '../../trace/scope-memory';
import { type Steps } from '../../trace/steps';
import { TraceFileError } from './error';
import { hexIdAt, isObject, type JsonObject, listAt, microsAt, objectAt, ownIdAt, textAt } from './json-access';

/** Does the JSON look like one of Jaeger's, whether or not it is a good one? */
export function isJaeger(json: unknown): boolean {
  const list = isObject(json) && Array.isArray(json.data) ? json.data : Array.isArray(json) ? json : [json];
  return list.some(
    (trace) => isObject(trace) && Array.isArray(trace.spans) && ('processes' in trace || 'traceID' in trace)
  );
}

/** @throws TraceFileError */
export function* jaegerSteps(json: unknown): Steps<Span[]> {
  const traces = isObject(json) && Array.isArray(json.data) ? json.data : Array.isArray(json) ? json : [json];
  const base = traces.length === 1 && traces[0] === json ? '$' : isObject(json) ? 'data' : '$';
  const spans: Span[] = [];
  for (const [i, value] of traces.entries()) {
    const path = base === '$' && traces[0] === json ? '$' : `${base}[${i}]`;
    const trace = objectAt(value, path);
    const processes = new JaegerProcesses(trace.processes);
    for (const [j, span] of listAt(trace, 'spans', path).entries()) {
      spans.push(spanOf(objectAt(span, `${path}.spans[${j}]`), `${path}.spans[${j}]`, processes));
      yield;
    }
  }
  return spans;
}

class JaegerProcesses {
  readonly scopes = new ScopeMemory();
  private readonly json: JsonObject;
  private readonly resources = new Map<string, Resource>();

  constructor(processes: unknown) {
    this.json = isObject(processes) ? processes : {};
  }

  /** A span names its process, or has it inside. */
  resource(span: JsonObject, path: string): Resource {
    if (isObject(span.process)) {
      return resourceOf(span.process, `${path}.process`);
    }
    const id = textAt(span, 'processID', path);
    let resource = this.resources.get(id);
    if (!resource) {
      const process = this.json[id];
      resource =
        process === undefined
          ? { attributes: [] }
          : resourceOf(objectAt(process, `processes.${id}`), `processes.${id}`);
      this.resources.set(id, resource);
    }
    return resource;
  }
}

function resourceOf(process: JsonObject, path: string): Resource {
  const service = textAt(process, 'serviceName', path);
  const tags = tagsOf(process, 'tags', path).filter(({ key }) => key !== 'service.name');
  return { attributes: service === '' ? tags : [{ key: 'service.name', value: textValue(service) }, ...tags] };
}

function spanOf(json: JsonObject, path: string, processes: JaegerProcesses): Span {
  const traceId = ownIdAt(json, 'traceID', 32, path);
  const tags = new Tags(tagsOf(json, 'tags', path));
  const start = microsAt(json, 'startTime', path);
  if (start === undefined) {
    throw new TraceFileError(`${path}.startTime is missing.`);
  }
  const { parentSpanId, links } = referencesOf(json, path, traceId);
  const status = STATUS_CODES.find((code) => code.toUpperCase() === tags.take('otel.status_code')?.toUpperCase());
  const hasFailed = tags.isTrue('error');
  return {
    traceId,
    spanId: ownIdAt(json, 'spanID', 16, path),
    parentSpanId,
    traceState: tags.take('w3c.tracestate') ?? '',
    name: textAt(json, 'operationName', path),
    kind: kindOf(tags.take('span.kind')),
    startTimeUnixNano: start,
    endTimeUnixNano: start + (microsAt(json, 'duration', path) ?? BigInt(0)),
    status: { code: status ?? (hasFailed ? 'error' : 'unset'), message: tags.take('otel.status_description') ?? '' },
    resource: processes.resource(json, path),
    scope: processes.scopes.scope(
      tags.take('otel.scope.name') ?? tags.take('otel.library.name') ?? '',
      tags.take('otel.scope.version') ?? tags.take('otel.library.version') ?? ''
    ),
    attributes: [...tags.rest, ...warningsOf(json)],
    events: listAt(json, 'logs', path).map((log, i) =>
      eventOf(objectAt(log, `${path}.logs[${i}]`), `${path}.logs[${i}]`)
    ),
    links,
  };
}

/** Some tags are fields of their own in OpenTelemetry. */
class Tags {
  readonly rest: KeyValue[];

  constructor(tags: KeyValue[]) {
    this.rest = tags;
  }

  /** The text of a tag, which is then no attribute any more. */
  take(key: string): string | undefined {
    const index = this.rest.findIndex((tag) => tag.key === key && tag.value.type === 'string');
    if (index < 0) {
      return undefined;
    }
    const [{ value }] = this.rest.splice(index, 1);
    return value.type === 'string' ? value.value : undefined;
  }

  /** Stays an attribute, as people search for it. */
  isTrue(key: string): boolean {
    return this.rest.some(
      ({ key: name, value }) =>
        name === key && (value.type === 'bool' || value.type === 'string') && String(value.value) === 'true'
    );
  }
}

function kindOf(text: string | undefined): SpanKind {
  return SPAN_KINDS.find((kind) => kind === text?.toLowerCase()) ?? 'unspecified';
}

/** The first CHILD_OF of the same trace is the parent (else the first FOLLOWS_FROM of it); all others are links. */
function referencesOf(json: JsonObject, path: string, traceId: string): { parentSpanId: string; links: SpanLink[] } {
  const references = listAt(json, 'references', path).map((value, i) => {
    const at = `${path}.references[${i}]`;
    const reference = objectAt(value, at);
    return {
      type: textAt(reference, 'refType', at),
      traceId: hexIdAt(reference, 'traceID', 32, at) || traceId,
      spanId: hexIdAt(reference, 'spanID', 16, at),
    };
  });
  const own = references.filter((reference) => reference.traceId === traceId && reference.spanId !== '');
  const parent = own.find(({ type }) => type === 'CHILD_OF') ?? own.find(({ type }) => type === 'FOLLOWS_FROM');
  return {
    parentSpanId: parent?.spanId ?? hexIdAt(json, 'parentSpanID', 16, path),
    links: references
      .filter((reference) => reference !== parent && reference.spanId !== '')
      .map(({ traceId: linked, spanId, type }) => ({
        traceId: linked,
        spanId,
        traceState: '',
        attributes: type === '' ? [] : [{ key: 'opentracing.ref_type', value: textValue(type.toLowerCase()) }],
      })),
  };
}

function eventOf(json: JsonObject, path: string): SpanEvent {
  const fields = tagsOf(json, 'fields', path);
  const name = fields.find(({ key, value }) => key === 'event' && value.type === 'string');
  return {
    timeUnixNano: microsAt(json, 'timestamp', path) ?? BigInt(0),
    name: name?.value.type === 'string' ? name.value.value : '',
    attributes: fields.filter((field) => field !== name),
  };
}

function warningsOf(json: JsonObject): KeyValue[] {
  const warnings = Array.isArray(json.warnings) ? json.warnings.filter((text) => typeof text === 'string') : [];
  return warnings.map((text) => ({ key: 'jaeger.warning', value: textValue(text) }));
}

function tagsOf(json: JsonObject, field: string, path: string): KeyValue[] {
  return listAt(json, field, path).map((value, i) => {
    const at = `${path}.${field}[${i}]`;
    const tag = objectAt(value, at);
    return { key: textAt(tag, 'key', at), value: tagValue(tag) };
  });
}

/** `type` says what the value is; the value itself may be text all the same. */
function tagValue({ type, value }: JsonObject): AnyValue {
  if (typeof value === 'boolean') {
    return { type: 'bool', value };
  }
  if (type === 'bool' && (value === 'true' || value === 'false')) {
    return { type: 'bool', value: value === 'true' };
  }
  if (type === 'int64' && (typeof value === 'number' || typeof value === 'string')) {
    return int64(value) ?? textValue(String(value));
  }
  if (type === 'float64' && (typeof value === 'number' || typeof value === 'string')) {
    const number = Number(value);
    return value === '' || Number.isNaN(number) ? textValue(String(value)) : { type: 'double', value: number };
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { type: 'int', value } : { type: 'double', value };
  }
  if (value === undefined || value === null) {
    return { type: 'empty' };
  }
  return textValue(typeof value === 'string' ? value : JSON.stringify(value));
}

function int64(value: number | string): AnyValue | undefined {
  if (!/^-?\d{1,19}$/.test(String(value))) {
    return undefined;
  }
  const number = Number(value);
  return { type: 'int', value: Number.isSafeInteger(number) ? number : BigInt.asIntN(64, BigInt(value)) };
}

function textValue(value: string): AnyValue {
  return { type: 'string', value };
}
