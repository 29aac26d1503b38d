/** Zipkin's JSON, version 2: a list of spans, or a list of such lists (zipkin.io/zipkin-api/zipkin2-api.yaml). */
import { anyValueFromJson } from '../../trace/attribute-text';
import { type AnyValue, type KeyValue, type Resource, type Span, type SpanKind } from '../../trace/model';
import { type Steps } from '../../trace/steps';
import { TraceFileError } from './error';
import { hexIdAt, isObject, type JsonObject, listAt, microsAt, objectAt, ownIdAt, textAt } from './json-access';

const KINDS: Readonly<Record<string, SpanKind>> = {
  CLIENT: 'client',
  SERVER: 'server',
  PRODUCER: 'producer',
  CONSUMER: 'consumer',
};
const SCOPE = { name: '', version: '', attributes: [] };

/** Does the JSON look like one of Zipkin's, whether or not it is a good one? */
export function isZipkin(json: unknown): boolean {
  return Array.isArray(json) && json.flat().some((span) => isObject(span) && 'traceId' in span && 'id' in span);
}

/** @throws TraceFileError */
export function* zipkinSteps(json: unknown): Steps<Span[]> {
  if (!Array.isArray(json)) {
    throw new TraceFileError('Zipkin traces are a list of spans.');
  }
  const resources = new Map<string, Resource>();
  const spans: Span[] = [];
  for (const [i, item] of json.entries()) {
    for (const [j, value] of (Array.isArray(item) ? item : [item]).entries()) {
      const path = Array.isArray(item) ? `$[${i}][${j}]` : `$[${i}]`;
      spans.push(spanOf(objectAt(value, path), path, resources));
      yield;
    }
  }
  // A client and its server may report under one id, which is that of the client.
  return splitShared(spans, json.flat());
}

function spanOf(json: JsonObject, path: string, resources: Map<string, Resource>): Span {
  const start = microsAt(json, 'timestamp', path) ?? firstAnnotation(json, path);
  const tags = json.tags === undefined || json.tags === null ? {} : objectAt(json.tags, `${path}.tags`);
  const attributes = Object.entries(tags).map(([key, value]): KeyValue => ({ key, value: valueOf(value) }));
  const message = typeof tags.error === 'string' && tags.error !== 'true' ? tags.error : '';
  return {
    traceId: ownIdAt(json, 'traceId', 32, path),
    spanId: ownIdAt(json, 'id', 16, path),
    parentSpanId: hexIdAt(json, 'parentId', 16, path),
    traceState: '',
    name: textAt(json, 'name', path),
    kind: KINDS[textAt(json, 'kind', path).toUpperCase()] ?? 'unspecified',
    startTimeUnixNano: start,
    endTimeUnixNano: start + (microsAt(json, 'duration', path) ?? BigInt(0)),
    // Zipkin's rule: the tag `error`, whatever its value, means failed; 'false' is what some libraries write nevertheless.
    status: { code: 'error' in tags && tags.error !== 'false' ? 'error' : 'unset', message },
    resource: resourceOf(json, path, resources),
    scope: SCOPE,
    attributes: [...attributes, ...peerOf(json, path)],
    events: listAt(json, 'annotations', path).map((value, i) => {
      const at = `${path}.annotations[${i}]`;
      const annotation = objectAt(value, at);
      return {
        timeUnixNano: microsAt(annotation, 'timestamp', at) ?? BigInt(0),
        name: textAt(annotation, 'value', at),
        attributes: [],
      };
    }),
    links: [],
  };
}

function firstAnnotation(json: JsonObject, path: string): bigint {
  for (const [i, annotation] of listAt(json, 'annotations', path).entries()) {
    const time = isObject(annotation) ? microsAt(annotation, 'timestamp', `${path}.annotations[${i}]`) : undefined;
    if (time !== undefined) {
      return time;
    }
  }
  throw new TraceFileError(`${path}.timestamp is missing.`);
}

function resourceOf(json: JsonObject, path: string, resources: Map<string, Resource>): Resource {
  const endpoint = isObject(json.localEndpoint) ? json.localEndpoint : {};
  const key = JSON.stringify(endpoint);
  let resource = resources.get(key);
  if (!resource) {
    const service = textAt(endpoint, 'serviceName', `${path}.localEndpoint`);
    const address =
      textAt(endpoint, 'ipv4', `${path}.localEndpoint`) || textAt(endpoint, 'ipv6', `${path}.localEndpoint`);
    resource = { attributes: [...pair('service.name', service), ...pair('net.host.ip', address)] };
    resources.set(key, resource);
  }
  return resource;
}

function peerOf(json: JsonObject, path: string): KeyValue[] {
  const endpoint = isObject(json.remoteEndpoint) ? json.remoteEndpoint : {};
  const at = `${path}.remoteEndpoint`;
  return [
    ...pair('peer.service', textAt(endpoint, 'serviceName', at)),
    ...pair('net.peer.ip', textAt(endpoint, 'ipv4', at) || textAt(endpoint, 'ipv6', at)),
    ...(typeof endpoint.port === 'number' && endpoint.port > 0
      ? [{ key: 'net.peer.port', value: valueOf(endpoint.port) }]
      : []),
  ];
}

/**
 * With `shared: true` a server continues the client's span under the same id. OpenTelemetry has one span for each id, so
 * the server's half becomes a child of the client's, under an id derived from it; children of the server follow it.
 */
function splitShared(spans: Span[], json: unknown[]): Span[] {
  const clients = new Set(
    spans.filter(({ kind }) => kind === 'client').map(({ traceId, spanId }) => `${traceId}-${spanId}`)
  );
  const known = new Set(spans.map(({ traceId, spanId }) => `${traceId}-${spanId}`));
  const moved = new Map<string, string>();
  const split = spans.map((span, i) => {
    const item = json[i];
    const key = `${span.traceId}-${span.spanId}`;
    if (!isObject(item) || item.shared !== true || !clients.has(key) || moved.has(key)) {
      return span;
    }
    let id = BigInt(`0x${span.spanId}`);
    let spanId = span.spanId;
    while (known.has(`${span.traceId}-${spanId}`)) {
      id = BigInt.asUintN(64, id + BigInt(1)) || BigInt(1);
      spanId = id.toString(16).padStart(16, '0');
    }
    known.add(`${span.traceId}-${spanId}`);
    moved.set(key, spanId);
    return { ...span, spanId, parentSpanId: span.spanId };
  });
  const serviceOf = (span: Span) => JSON.stringify(span.resource);
  const services = new Map(split.map((span) => [`${span.traceId}-${span.spanId}`, serviceOf(span)]));
  return split.map((span) => {
    const server = moved.get(`${span.traceId}-${span.parentSpanId}`);
    const isOfServer = server !== undefined && services.get(`${span.traceId}-${server}`) === serviceOf(span);
    return isOfServer && span.spanId !== server ? { ...span, parentSpanId: server } : span;
  });
}

function pair(key: string, text: string): KeyValue[] {
  return text === '' ? [] : [{ key, value: { type: 'string', value: text } }];
}

/** Of what Zipkin's JSON should not have, lists and objects, the text. */
function valueOf(value: unknown): AnyValue {
  return typeof value === 'object' && value !== null
    ? { type: 'string', value: JSON.stringify(value) }
    : anyValueFromJson(value);
}
