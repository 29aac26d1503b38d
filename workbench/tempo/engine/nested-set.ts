import { type Span } from '../../../src/trace/model';

/** Nested-set numbers of a span; all 0 when no root leads to it. */
export interface NestedSet {
  left: number;
  right: number;
  /** `left` of the parent; -1 for a root. */
  parent: number;
  childCount: number;
}

interface Node extends NestedSet {
  span: Span;
  parentNode?: Node;
  children: Node[];
  nextChild: number;
}

const ROOT_PARENT = -1;

/**
 * Numbers the spans of a trace depth first, as Tempo does: two spans may share an id when one is the client's and the
 * other the server's; with three or more nothing is numbered. Rings of parents and orphans are never reached.
 */
export function nestedSets(spans: readonly Span[]): NestedSet[] {
  const nodes = spans.map((span): Node => ({
    span,
    left: 0,
    right: 0,
    parent: 0,
    childCount: 0,
    children: [],
    nextChild: 0,
  }));
  const byId = new Map<string, Node[]>();
  let ambiguous = false;
  for (const node of nodes) {
    const sameId = byId.get(node.span.spanId);
    if (sameId) {
      sameId.push(node);
      ambiguous = ambiguous || sameId.length > 2;
    } else {
      byId.set(node.span.spanId, [node]);
    }
  }
  const roots = nodes.filter((node) => node.span.parentSpanId === '');
  if (ambiguous || roots.length === 0) {
    return nodes;
  }
  for (const node of nodes) {
    const parent = findParent(byId, node);
    if (parent) {
      node.parentNode = parent;
      parent.children.push(node);
      parent.childCount++;
    }
  }
  numberFrom(roots);
  return nodes;
}

function findParent(byId: Map<string, Node[]>, node: Node): Node | undefined {
  if (node.span.parentSpanId === '') {
    return undefined;
  }
  const candidates = byId.get(node.span.parentSpanId) ?? [];
  if (candidates.length < 2) {
    return candidates[0];
  }
  const kind = node.span.kind === 'server' ? 'client' : 'server';
  return candidates.find((candidate) => candidate.span.kind === kind);
}

/** Without recursion: traces can be thousands of spans deep. */
function numberFrom(roots: Node[]): void {
  let bound = 1;
  for (const root of roots) {
    let node: Node | undefined = root;
    root.left = bound++;
    root.parent = ROOT_PARENT;
    while (node) {
      if (node.nextChild < node.children.length) {
        const child: Node = node.children[node.nextChild++];
        child.left = bound++;
        child.parent = node.left;
        node = child;
      } else {
        node.right = bound++;
        node = node === root ? undefined : node.parentNode;
      }
    }
  }
}
