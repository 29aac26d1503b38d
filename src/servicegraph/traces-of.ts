/** TraceQL for the traces behind a service or a call of the graph. */
import { UNNAMED } from './ends';
import { quoteString } from '../traceql/syntax/go-string';
import { type Service, type ServiceCall } from './model';

/**
 * Where a client span may name a callee that sends no spans: the peer attributes that Tempo's generator
 * and Collector connectors look at by default, and their successors in the semantic conventions.
 */
const PEER_ATTRIBUTES = [
  'peer.service',
  'db.name',
  'db.namespace',
  'db.system',
  'db.system.name',
  'messaging.system',
  'server.address',
  'net.peer.name',
];

function serviceCondition({ name, namespace }: Service): string {
  const own = name === UNNAMED ? '' : name;
  const condition = `resource.service.name = ${quoteString(own)}`;
  return namespace ? `${condition} && resource.service.namespace = ${quoteString(namespace)}` : condition;
}

function peerCondition({ name }: Service): string {
  return `(${PEER_ATTRIBUTES.map((attribute) => `span.${attribute} = ${quoteString(name)}`).join(' || ')})`;
}

function sendsSpans({ kind }: Service): boolean {
  return kind === 'service';
}

/** Traces that a service took part in; of one without spans, those with a span that names it. */
export function tracesOfService(service: Service): string {
  if (service.kind === 'user') {
    return '{ nestedSetParent < 0 && kind = server }';
  }
  return sendsSpans(service) ? `{ ${serviceCondition(service)} }` : `{ ${peerCondition(service)} }`;
}

/** Spans as TraceQL conditions without braces: those that meet `condition`, below one that meets `parent` when it is given. */
export interface SpanSelection {
  condition: string;
  parent?: string;
}

/** `{ condition }`, or `{ parent } > { condition }`. @param more further conditions on the spans */
export function spansQuery({ condition, parent }: SpanSelection, ...more: string[]): string {
  const conditions = [condition, ...more].filter((part) => part !== '');
  const spans = conditions.length === 0 ? '{ }' : `{ ${conditions.join(' && ')} }`;
  return parent === undefined ? spans : `{ ${parent} } > ${spans}`;
}

/** The spans in which this call is seen: the callee's, or the caller's where the callee sends none. */
function spansOfCall(call: Pick<ServiceCall, 'connectionType'>, source: Service, target: Service): SpanSelection {
  if (call.connectionType === 'database' || (sendsSpans(source) && !sendsSpans(target))) {
    return { condition: `${serviceCondition(source)} && ${peerCondition(target)}` };
  }
  if (source.kind === 'user') {
    return { condition: `${serviceCondition(target)} && nestedSetParent < 0` };
  }
  if (!sendsSpans(source)) {
    return { condition: `${serviceCondition(target)} && nestedSetParent < 0 && ${peerCondition(source)}` };
  }
  return { parent: serviceCondition(source), condition: serviceCondition(target) };
}

/** The spans that stand for the requests of this call, one each. */
export function requestsOfCall(
  call: Pick<ServiceCall, 'connectionType'>,
  source: Service,
  target: Service
): SpanSelection {
  const spans = spansOfCall(call, source, target);
  const isSeenByCallee = sendsSpans(target) && call.connectionType !== 'database';
  const kinds = isSeenByCallee ? '(kind = server || kind = consumer)' : '(kind = client || kind = producer)';
  return { ...spans, condition: `${spans.condition} && ${kinds}` };
}

/** Traces in which exactly this call happened. */
export function tracesOfCall(call: ServiceCall, source: Service, target: Service): string {
  return spansQuery(spansOfCall(call, source, target));
}
