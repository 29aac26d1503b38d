import { APP_BASE_URL, ROUTES, SPAN_PARAM, VARIABLES } from '../constants';
import { readServiceId } from '../servicegraph/model';
import { normalizeTraceId } from '../trace/ids';

/** What links between pages carry on. Absent parts are left out of the URL, so that the target's defaults apply. */
export interface LinkContext {
  /** Grafana's URL form: `now-1h`, or ms since the Unix epoch */
  from?: string | number;
  to?: string | number;
  /** uid of the Tempo data source */
  tempo?: string;
  /** uid of the PromQL data source */
  prometheus?: string;
}

type Params = Array<[name: string, value: string | number | undefined]>;

interface MapContext extends LinkContext {
  namespace?: string;
  /** Service.id whose surroundings are shown */
  focus?: string;
  /** Service.id whose details are open */
  selected?: string;
}

export function serviceMapUrl({ focus, selected, ...context }: MapContext): string {
  return appUrl(ROUTES.serviceMap, [
    ...contextParams(context),
    namespaceParam(context),
    ['focus', focus],
    ['selected', selected],
  ]);
}

interface ServiceContext extends LinkContext {
  namespace?: string;
  /** Span name; only the requests of this operation */
  operation?: string;
  /** Service.id of a caller; only its calls, see `callUrl` */
  caller?: string;
}

export function serviceUrl(service: string, { operation, caller, ...context }: ServiceContext): string {
  return appUrl(`${ROUTES.service}/${pathSegment(service)}`, [
    ...contextParams(context),
    namespaceParam(context),
    ['operation', operation],
    ['caller', caller],
  ]);
}

/**
 * The calls between two services, on the page of the one that is called: its numbers, latencies and exemplars as the service
 * graph has them. `caller` and `callee` are `Service.id`s.
 */
export function callUrl(caller: string, callee: string, context: LinkContext): string {
  const { name, namespace } = readServiceId(callee);
  return serviceUrl(name, { ...context, namespace, caller });
}

/** The page of one trace; `traceId` may be Tempo's short form. */
export function traceUrl(traceId: string, { spanId, ...context }: LinkContext & { spanId?: string }): string {
  const id = normalizeTraceId(traceId) ?? traceId;
  return appUrl(`${ROUTES.trace}/${pathSegment(id)}`, [...contextParams(context), [SPAN_PARAM, spanId]]);
}

/** The search page with a TraceQL query. */
export function searchUrl(query: string, context: LinkContext): string {
  return appUrl(ROUTES.search, [...contextParams(context), ['q', query]]);
}

export interface SpanComparison {
  /** The spans compared, as a TraceQL spanset filter: `{ resource.service.name = "checkout" }` */
  query: string;
  /** Which of them are set against the rest, as a TraceQL spanset filter: `{ duration > 500ms }` */
  selection: string;
  /** ms since the Unix epoch; the selection holds only within these, when given */
  selectionFrom?: number;
  selectionTo?: number;
}

/** The page that ranks the attributes by which the selected spans differ from the rest. */
export function compareSpansUrl(comparison: SpanComparison, context: LinkContext): string {
  return appUrl(ROUTES.compare, [
    ...contextParams(context),
    ['q', comparison.query],
    ['sel', comparison.selection],
    ['selFrom', comparison.selectionFrom],
    ['selTo', comparison.selectionTo],
  ]);
}

/** The page that checks how the data sources are wired. */
export function setupUrl(context: LinkContext): string {
  return appUrl(ROUTES.setup, contextParams(context));
}

export interface ExplorePane {
  datasource: { uid: string; type: string };
  /** The query as the data source stores it; refId and data source are filled in. */
  query: object;
  from: string | number;
  to: string | number;
  /** Opens a trace at this span (16 hex digits). */
  spanId?: string;
}

/** Explore with one query, in the URL form of Grafana 10 and later. */
export function exploreUrl({ datasource, query, from, to, spanId }: ExplorePane): string {
  const pane = {
    datasource: datasource.uid,
    queries: [{ ...query, refId: 'A', datasource }],
    range: { from: String(from), to: String(to) },
    ...(spanId === undefined ? {} : { panelsState: { trace: { spanId } } }),
  };
  return withParams('/explore', [
    ['schemaVersion', 1],
    ['panes', JSON.stringify({ A: pane })],
  ]);
}

/** The value as a link target when it is an absolute http or https URL: attribute values are data, not code. */
export function safeUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) {
    return undefined;
  }
  try {
    return new URL(value).href;
  } catch {
    return undefined;
  }
}

function contextParams({ from, to, tempo, prometheus }: LinkContext): Params {
  return [
    ['from', from],
    ['to', to],
    [variableParam('tempo'), tempo],
    [variableParam('prometheus'), prometheus],
  ];
}

function namespaceParam({ namespace }: { namespace?: string }): Params[number] {
  return [variableParam('namespace'), namespace];
}

function variableParam(name: keyof typeof VARIABLES): string {
  return `var-${VARIABLES[name]}`;
}

/**
 * Text as a segment of a path. Grafana's router decodes a path anew each time that the page's address changes, and fails on a
 * "%" that is left then; browsers resolve "." and ".." as directories. These are written as "~" and two hex digits.
 */
function pathSegment(text: string): string {
  const safe = text
    .replace(/[~%]/g, escapeCharacter)
    .replace(/^\.{1,2}$/, (dots) => dots.replace(/\./g, escapeCharacter));
  return encodeURIComponent(safe);
}

function escapeCharacter(character: string): string {
  return `~${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** What `pathSegment` was made of; `segment` is decoded already. */
export function textOfSegment(segment: string): string {
  return segment.replace(/~(7E|25|2E)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function appUrl(path: string, params: Params): string {
  return withParams(`${APP_BASE_URL}/${path}`, params);
}

function withParams(path: string, params: Params): string {
  const search = new URLSearchParams();
  for (const [name, value] of params) {
    if (value !== undefined && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}
