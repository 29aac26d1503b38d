import { createDataFrame, type DataFrame, type Field, FieldColorModeId, FieldType } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type Trace } from '../../trace/model';
import { serviceNameOf } from '../../trace/service-name';
import { buildTraceTree, type SpanNode } from '../../trace/tree';

const NS_PER_MS = 1e6;

/** A node for each span, coloured by its own share of the trace's time, and an edge to each child. */
export function traceNodeGraph(trace: Trace, refId: string): DataFrame[] {
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
