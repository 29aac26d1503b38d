import { createDataFrame, type DataFrame, type Field, FieldColorModeId, FieldType } from '@grafana/data';
import { t } from '../../i18n/translate';
import { graphFromTracesSteps } from '../../servicegraph/from-traces';
import { type ServiceGraph } from '../../servicegraph/model';
import { nodeGraphPositions } from '../../servicegraph/node-graph-positions';
import { toNodeGraphFrames } from '../../servicegraph/to-frames';
import { type Trace } from '../../trace/model';
import { serviceNameOf } from '../../trace/service-name';
import { type Steps } from '../../trace/steps';
import { buildTraceTree, type SpanNode } from '../../trace/tree';

const NS_PER_MS = 1e6;

/** Grafana's node graph shows no more nodes, and lays out all of them nevertheless. */
const MOST_SPANS = 200;

/** The node graph of a trace: by span while these fit Grafana's node graph, by service beyond. */
export function* traceNodeGraphSteps(trace: Trace, refId: string): Steps<DataFrame[]> {
  return trace.spans.length <= MOST_SPANS
    ? spanNodeGraph(trace, refId)
    : serviceNodeGraph(yield* graphFromTracesSteps([trace]), refId);
}

/** Grafana's node graph draws no call of a service to itself: a line from a point to the same point is NaN. */
function serviceNodeGraph(graph: ServiceGraph, refId: string): DataFrame[] {
  const drawable = { ...graph, calls: graph.calls.filter(({ source, target }) => source !== target) };
  const positions = graph.services.length <= MOST_SPANS ? nodeGraphPositions(drawable) : undefined;
  const text = t(
    'traceatlas.datasource.node-graph.by-service',
    'The trace has more spans than Grafana’s node graph shows, so this graph is of its services.'
  );
  return toNodeGraphFrames(drawable, { refId, positions }).map((frame) => ({
    ...frame,
    meta: { ...frame.meta, notices: [{ severity: 'info', text }] },
  }));
}

/** A node for each span, coloured by its own share of the trace's time, and an edge to each child. */
function spanNodeGraph(trace: Trace, refId: string): DataFrame[] {
  const tree = buildTraceTree(trace);
  // Parts and wholes of a trace without any duration are all nothing.
  const share = (nanos: number) => (tree.duration > 0 ? nanos / tree.duration : 0);
  const stat = (nanos: number) => `${(nanos / NS_PER_MS).toFixed(2)}ms (${(100 * share(nanos)).toFixed(2)}%)`;
  const ids = nodeIds(tree.nodes);
  const children = tree.nodes.filter((node) => node.parent !== undefined);
  const idOf = (node: SpanNode | undefined) => (node ? ids[node.index] : '');
  return [
    frame('Nodes', refId, [
      text('id', tree.nodes.map(idOf)),
      text(
        'title',
        tree.nodes.map(({ span }) => serviceNameOf(span))
      ),
      text(
        'subtitle',
        tree.nodes.map(({ span }) => span.name)
      ),
      text(
        'mainstat',
        tree.nodes.map(({ duration }) => stat(duration)),
        t('traceatlas.datasource.node-graph.total', 'Total time (% of trace)')
      ),
      text(
        'secondarystat',
        tree.nodes.map(({ selfTime }) => stat(selfTime)),
        t('traceatlas.datasource.node-graph.self', 'Self time (% of trace)')
      ),
      {
        name: 'color',
        type: FieldType.number,
        values: tree.nodes.map(({ selfTime }) => share(selfTime)),
        config: {
          color: { mode: FieldColorModeId.ContinuousGrYlRd },
          displayName: t('traceatlas.datasource.node-graph.share', 'Self time / trace duration'),
        },
      },
    ]),
    frame('Edges', refId, [
      text(
        'id',
        children.map((node) => `${idOf(node.parent)}--${idOf(node)}`)
      ),
      text(
        'source',
        children.map((node) => idOf(node.parent))
      ),
      text('target', children.map(idOf)),
    ]),
  ];
}

/** Span ids, made different where a trace has one twice. */
function nodeIds(nodes: readonly SpanNode[]): string[] {
  const seen = new Set<string>();
  return nodes.map(({ span, index }) => {
    const id = seen.has(span.spanId) ? `${span.spanId}-${index}` : span.spanId;
    seen.add(id);
    return id;
  });
}

function frame(name: string, refId: string, fields: Field[]): DataFrame {
  return createDataFrame({ name, refId, meta: { preferredVisualisationType: 'nodeGraph' }, fields });
}

function text(name: string, values: string[], displayName?: string): Field {
  return { name, type: FieldType.string, values, config: displayName ? { displayName } : {} };
}
