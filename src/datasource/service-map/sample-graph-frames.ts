import { type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { type LabelMatcher } from '../../servicegraph/scope';
import { type ServiceCall, type ServiceGraph } from '../../servicegraph/model';
import { nodeGraphPositions } from '../../servicegraph/node-graph-positions';
import { sampleServiceGraph } from '../../servicegraph/sample';
import { toNodeGraphFrames } from '../../servicegraph/to-frames';
import { type RunContext, warning } from '../query/context';
import { serviceTable } from './service-table-frame';
import { tracesLink } from './graph-links';

const MAX_PLACED_SERVICES = 200;

/** The service graph where no metrics tell of it: out of some traces of the range, and marked as such. */
export async function sampleGraphFrames(
  { refId, selectors, includeNamespace }: { refId: string; selectors: LabelMatcher[][]; includeNamespace: boolean },
  { client, target, request }: Pick<RunContext, 'client' | 'target' | 'request'>,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  const range = { from: request.range.from.valueOf(), to: request.range.to.valueOf() };
  const graph = selectCalls(await sampleServiceGraph(client, range, {}, signal), selectors);
  const name = '${__data.fields.title}';
  const callee = '${__data.fields.targetName}';
  const frames = [
    ...toNodeGraphFrames(graph, {
      refId,
      nodeLinks: [tracesLink(target, name)],
      edgeLinks: [tracesLink(target, callee)],
      positions: graph.services.length <= MAX_PLACED_SERVICES ? nodeGraphPositions(graph) : undefined,
    }),
    serviceTable(graph, { refId, tempo: target, includeNamespace }),
  ];
  const all = [...notices, ...graph.notices.map(warning)];
  return frames.map((frame) => ({ ...frame, meta: { ...frame.meta, notices: all } }));
}

/** As PromQL selectors choose series by their labels; a label that is not there is ''. */
function selectCalls(graph: ServiceGraph, selectors: readonly LabelMatcher[][]): ServiceGraph {
  if (selectors.length === 0) {
    return graph;
  }
  const services = new Map(graph.services.map((service) => [service.id, service]));
  const labelsOf = ({ source, target, connectionType }: ServiceCall): Record<string, string | undefined> => ({
    client: services.get(source)?.name,
    server: services.get(target)?.name,
    client_service_namespace: services.get(source)?.namespace,
    server_service_namespace: services.get(target)?.namespace,
    connection_type: connectionType,
  });
  const tests = selectors.map((matchers) => matchers.map(testOf));
  const calls = graph.calls.filter((call) => {
    const labels = labelsOf(call);
    return tests.some((matchers) => matchers.every((test) => test(labels)));
  });
  const used = new Set(calls.flatMap(({ source, target }) => [source, target]));
  return { ...graph, calls, services: graph.services.filter(({ id }) => used.has(id)) };
}

function testOf({ label, operator, value }: LabelMatcher): (labels: Record<string, string | undefined>) => boolean {
  const isRegex = operator === '=~' || operator === '!~';
  const pattern = isRegex ? new RegExp(`^(?:${value})$`) : undefined;
  const isNegated = operator === '!=' || operator === '!~';
  return (labels) => {
    const text = labels[label] ?? '';
    return (pattern ? pattern.test(text) : text === value) !== isNegated;
  };
}
