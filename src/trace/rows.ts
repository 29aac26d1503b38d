import { type SpanNode, type TraceTree } from './tree';

/** The rows of a timeline: all spans, depth-first, but those below a collapsed one. */
export function visibleNodes(tree: TraceTree, collapsed: ReadonlySet<SpanNode>): SpanNode[] {
  if (collapsed.size === 0) {
    return tree.nodes;
  }
  const rows: SpanNode[] = [];
  for (let i = 0; i < tree.nodes.length; i++) {
    const node = tree.nodes[i];
    rows.push(node);
    if (collapsed.has(node)) {
      i += node.descendantCount;
    }
  }
  return rows;
}

/** The same set without the ancestors of `node`, so that its row is visible. */
export function expandedTo(node: SpanNode, collapsed: ReadonlySet<SpanNode>): ReadonlySet<SpanNode> {
  const ancestors: SpanNode[] = [];
  for (let ancestor = node.parent; ancestor; ancestor = ancestor.parent) {
    if (collapsed.has(ancestor)) {
      ancestors.push(ancestor);
    }
  }
  if (ancestors.length === 0) {
    return collapsed;
  }
  const rest = new Set(collapsed);
  ancestors.forEach((ancestor) => rest.delete(ancestor));
  return rest;
}
