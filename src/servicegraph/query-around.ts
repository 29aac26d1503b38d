/**
 * The graph around one service, asked for hop by hop, so that Prometheus never reads the series of the others. One round
 * of small queries a hop, then one round for the numbers.
 */
import { chunkNames } from './chosen-calls';
import { around, focusOn } from './focus';
import { graphFromSeries } from './from-series';
import { type Service, type ServiceGraph } from './model';
import { requestRate } from './promql';
import { anyOf } from './promql-text';
import { queryServiceGraph, rangeSeconds, type ServiceGraphRequest } from './query';
import { type PromqlRow } from './run-promql';
import { type LabelMatcher, MOST_FOCUS_HOPS, type ServerFocus } from './scope';
import { settleRound } from './settle';

export interface GraphAroundRequest extends ServiceGraphRequest {
  focus: ServerFocus;
}

/** Services of one answer: more cannot be read on a map of a neighbourhood, and their names make queries long. */
const MOST_SERVICES = 300;

function isFocused({ service, namespace }: ServerFocus, candidate: Service): boolean {
  // Without a namespace on either side the name alone decides.
  return candidate.name === service && (!namespace || !candidate.namespace || candidate.namespace === namespace);
}

/** The matchers that find the calls of the next hop. */
function frontiers(
  { dialect }: ServiceGraphRequest,
  { direction }: ServerFocus,
  names: Record<'up' | 'down', string[]>
): LabelMatcher[] {
  const { client, server } = dialect.labels;
  return [
    ...(direction === 'up' ? [] : chunkNames(names.down).map((chunk) => anyOf(client, chunk))),
    ...(direction === 'down' ? [] : chunkNames(names.up).map((chunk) => anyOf(server, chunk))),
  ];
}

async function callsOf(request: GraphAroundRequest, matchers: readonly LabelMatcher[], signal: AbortSignal) {
  const { runPromQL, dialect, range, scope } = request;
  const selectors = scope?.selectors?.length ? scope.selectors : [[]];
  const queries = matchers.map((matcher, index) => ({
    refId: `hop-${index}`,
    expr: requestRate({
      dialect,
      window: rangeSeconds(range),
      scope: {
        selectors: selectors.map((alternative) => [...alternative, matcher]),
        reduction: { minRate: scope?.reduction?.minRate },
      },
    }),
  }));
  const { answers } = await settleRound(
    queries,
    async ({ refId, expr }): Promise<PromqlRow[]> =>
      (await runPromQL([{ refId, expr, instant: true }], signal))[refId] ?? [],
    signal
  );
  return Object.values(answers).flatMap((rows) => rows ?? []);
}

interface Found {
  /** Whether there are calls of the one in the middle */
  isThere: boolean;
  /** Of each direction the nearest first */
  services: Service[];
}

/** Which services there are within the hops; the numbers of the calls on the way are not kept. */
async function findServices(request: GraphAroundRequest, signal: AbortSignal): Promise<Found> {
  const { dialect, focus } = request;
  const rows: PromqlRow[] = [];
  const found = { up: new Map<string, Service>(), down: new Map<string, Service>() };
  let names = { up: [focus.service], down: [focus.service] };
  let middle: string | undefined;
  for (let hop = 1; hop <= Math.min(focus.hops, MOST_FOCUS_HOPS); hop++) {
    const matchers = frontiers(request, focus, names);
    if (matchers.length === 0 || found.up.size + found.down.size > MOST_SERVICES) {
      break;
    }
    rows.push(...(await callsOf(request, matchers, signal)));
    const graph = graphFromSeries({ requests: rows }, dialect);
    middle = graph.services.find((service) => isFocused(focus, service))?.id;
    if (middle === undefined) {
      break;
    }
    names = { up: addNext(found.up, graph, middle, hop, 'up'), down: addNext(found.down, graph, middle, hop, 'down') };
  }
  const inOrder = [
    ...(focus.direction === 'down' ? [] : found.up.values()),
    ...(focus.direction === 'up' ? [] : found.down.values()),
  ];
  return { isThere: middle !== undefined, services: inOrder };
}

/** Adds the services that this hop reached first. @returns their names, for the next hop */
function addNext(
  found: Map<string, Service>,
  graph: ServiceGraph,
  middle: string,
  hop: number,
  direction: 'up' | 'down'
): string[] {
  const reached = around(graph, middle, hop, direction);
  const fresh = graph.services.filter(({ id }) => reached.has(id) && !found.has(id));
  fresh.forEach((service) => found.set(service.id, service));
  return [...new Set(fresh.filter(({ id }) => id !== middle).map(({ name }) => name))];
}

/** @throws as `queryServiceGraph` */
export async function queryGraphAround(request: GraphAroundRequest): Promise<ServiceGraph> {
  const signal = request.signal ?? new AbortController().signal;
  const { focus, scope } = request;
  const { isThere, services } = await findServices(request, signal);
  if (!isThere) {
    return { services: [], calls: [], notices: [] };
  }
  const names = [...new Set(services.map(({ name }) => name))];
  const shown = names.slice(0, MOST_SERVICES);
  const graph = await queryServiceGraph({
    ...request,
    signal,
    scope: { ...scope, reduction: { ...scope?.reduction, services: shown } },
  });
  const hidden = names.length - shown.length;
  const notices = hidden > 0 ? [`${hidden} services further away are not shown`] : [];
  const middle = graph.services.find((service) => isFocused(focus, service));
  const part = focusOn(graph, middle?.id ?? '', focus.hops, focus.direction);
  return { ...part, notices: [...part.notices, ...notices] };
}

/** The whole graph, or the part around a service where the request names one. */
export function queryGraph(request: ServiceGraphRequest & { focus?: ServerFocus }): Promise<ServiceGraph> {
  const { focus } = request;
  return focus ? queryGraphAround({ ...request, focus }) : queryServiceGraph(request);
}
