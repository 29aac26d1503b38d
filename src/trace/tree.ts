import { durationNanos } from './duration';
import { type Span, type Trace } from './model';
import { selfIntervals } from './self-time';
import { serviceNameOf } from './service-name';
import { runSteps, sortSteps, type Steps } from './steps';

/** What is odd about a span; a view says it in words. */
export type SpanWarning =
  /** Its parent is not in the trace (not sent, sampled away, or cut by Tempo): shown at the top level. */
  | 'missingParent'
  /** It is its own ancestor: the ring is broken here. */
  | 'parentCycle'
  /** Another span of the trace has the same id; children hang below the first one. */
  | 'duplicateSpanId'
  /** Its clock makes it end before it starts: counted with duration 0. */
  | 'endsBeforeStart'
  /** It starts before its parent does: the clocks of the two machines differ. */
  | 'startsBeforeParent'
  /** A server that outlives the client that waits for it: a time-out, or the clocks differ. */
  | 'endsAfterParent';

export interface SpanNode {
  span: Span;
  /** Position in depth-first order: TraceTree.nodes[index] is this node. */
  index: number;
  parent?: SpanNode;
  /** By start time */
  children: SpanNode[];
  /** 0 for a root */
  depth: number;
  /** Spans below this one; they are the next ones in depth-first order. */
  descendantCount: number;
  /** ns since the start of the trace */
  start: number;
  /** ns; never negative */
  duration: number;
  /** ns in which no child was running */
  selfTime: number;
  /** Index into TraceTree.services */
  serviceIndex: number;
  warnings: SpanWarning[];
}

export interface ServiceStatistics {
  /** '' for spans without service.name */
  name: string;
  spanCount: number;
  errorCount: number;
  /** ns, summed over its spans */
  selfTime: number;
}

export interface TraceTree {
  traceId: string;
  /** By start time */
  roots: SpanNode[];
  /** All spans, depth-first: the order of the rows of a timeline. */
  nodes: SpanNode[];
  /** The first with each span id */
  nodeBySpanId: ReadonlyMap<string, SpanNode>;
  /** In the order of their first span; the index is what a view picks the colour by. */
  services: ServiceStatistics[];
  /** ns since the Unix epoch, of the earliest span; undefined without spans */
  startTimeUnixNano?: bigint;
  /** ns from the first start to the last end */
  duration: number;
  errorCount: number;
  /** Levels of nesting: 1 for roots only */
  levels: number;
}

/** Builds the tree of a trace, whatever its spans say about each other: every span is in it once. Linear but for sorting. */
export function buildTraceTree(trace: Trace): TraceTree {
  return runSteps(traceTreeSteps(trace));
}

/** The same, interruptible. */
export function* traceTreeSteps(trace: Trace): Steps<TraceTree> {
  const startTimeUnixNano = yield* earliestStart(trace.spans);
  const unordered: SpanNode[] = [];
  for (const span of trace.spans) {
    unordered.push(nodeOf(span, startTimeUnixNano ?? span.startTimeUnixNano));
    yield;
  }
  const nodeBySpanId = yield* indexBySpanId(unordered);
  yield* linkParents(unordered, nodeBySpanId);
  yield* breakCycles(unordered);
  const roots = yield* attachChildren(unordered);
  const nodes = yield* depthFirst(roots);
  yield* countDescendants(nodes);
  const services = yield* serviceStatistics(nodes);
  return {
    traceId: trace.traceId,
    roots,
    nodes,
    nodeBySpanId,
    services,
    startTimeUnixNano,
    duration: nodes.reduce((end, node) => Math.max(end, node.start + node.duration), 0),
    errorCount: services.reduce((sum, { errorCount }) => sum + errorCount, 0),
    levels: nodes.reduce((levels, { depth }) => Math.max(levels, depth + 1), 0),
  };
}

/** The root that gives the trace its name: the first that really is one, else the first span at the top level. */
export function mainRoot(tree: TraceTree): SpanNode | undefined {
  return tree.roots.find(({ span }) => span.parentSpanId === '') ?? tree.roots[0];
}

/** The span that gives the trace its name, without building the tree: the earliest without a parent, else the earliest. */
export function rootSpan({ spans }: Trace): Span | undefined {
  let root: Span | undefined;
  for (const span of spans) {
    const isBetter =
      root === undefined ||
      (span.parentSpanId === '' && root.parentSpanId !== '') ||
      ((span.parentSpanId === '') === (root.parentSpanId === '') && span.startTimeUnixNano < root.startTimeUnixNano);
    root = isBetter ? span : root;
  }
  return root;
}

function* earliestStart(spans: readonly Span[]): Steps<bigint | undefined> {
  let earliest: bigint | undefined;
  for (const { startTimeUnixNano } of spans) {
    if (earliest === undefined || startTimeUnixNano < earliest) {
      earliest = startTimeUnixNano;
    }
    yield;
  }
  return earliest;
}

function nodeOf(span: Span, traceStart: bigint): SpanNode {
  const duration = Number(durationNanos(span));
  return {
    span,
    index: 0,
    children: [],
    depth: 0,
    descendantCount: 0,
    start: Number(span.startTimeUnixNano - traceStart),
    duration,
    selfTime: duration,
    serviceIndex: 0,
    warnings: span.endTimeUnixNano < span.startTimeUnixNano ? ['endsBeforeStart'] : [],
  };
}

function* indexBySpanId(nodes: readonly SpanNode[]): Steps<Map<string, SpanNode>> {
  const bySpanId = new Map<string, SpanNode>();
  for (const node of nodes) {
    const first = bySpanId.get(node.span.spanId);
    if (first) {
      node.warnings.push('duplicateSpanId');
      if (!first.warnings.includes('duplicateSpanId')) {
        first.warnings.push('duplicateSpanId');
      }
    } else {
      bySpanId.set(node.span.spanId, node);
    }
    yield;
  }
  return bySpanId;
}

function* linkParents(nodes: readonly SpanNode[], bySpanId: ReadonlyMap<string, SpanNode>): Steps<void> {
  for (const node of nodes) {
    const { parentSpanId } = node.span;
    if (parentSpanId !== '') {
      node.parent = bySpanId.get(parentSpanId);
      if (!node.parent) {
        node.warnings.push('missingParent');
      }
    }
    yield;
  }
}

/** Takes the parent from the earliest span of every ring. */
function* breakCycles(nodes: readonly SpanNode[]): Steps<void> {
  const walkOf = new Map<SpanNode, number>();
  for (let walk = 0; walk < nodes.length; walk++) {
    let node: SpanNode | undefined = nodes[walk];
    while (node && !walkOf.has(node)) {
      walkOf.set(node, walk);
      node = node.parent;
      yield;
    }
    if (node && walkOf.get(node) === walk) {
      const first = earliestOfRing(node);
      first.parent = undefined;
      first.warnings.push('parentCycle');
    }
  }
}

function earliestOfRing(start: SpanNode): SpanNode {
  let earliest = start;
  for (let node = start.parent; node && node !== start; node = node.parent) {
    if (node.start < earliest.start) {
      earliest = node;
    }
  }
  return earliest;
}

/** Fills `children` in order of start (then of arrival) and returns the roots. */
function* attachChildren(nodes: SpanNode[]): Steps<SpanNode[]> {
  const roots: SpanNode[] = [];
  for (const node of yield* sortSteps([...nodes], (a, b) => a.start - b.start)) {
    if (node.parent) {
      node.parent.children.push(node);
      addClockWarnings(node, node.parent);
    } else {
      roots.push(node);
    }
    yield;
  }
  for (const node of nodes) {
    if (node.children.length > 0) {
      node.selfTime = selfIntervals(node).reduce((sum, [from, to]) => sum + to - from, 0);
    }
    yield;
  }
  return roots;
}

function addClockWarnings(node: SpanNode, parent: SpanNode): void {
  if (node.start < parent.start) {
    node.warnings.push('startsBeforeParent');
  }
  // Others may well outlive their parent: work that nobody waits for is no mistake.
  const isSynchronous = parent.span.kind === 'client' && node.span.kind === 'server';
  if (isSynchronous && node.start + node.duration > parent.start + parent.duration) {
    node.warnings.push('endsAfterParent');
  }
}

/** Without recursion: chains can be as deep as the trace is long. */
function* depthFirst(roots: readonly SpanNode[]): Steps<SpanNode[]> {
  const nodes: SpanNode[] = [];
  const stack = [...roots].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    node.index = nodes.length;
    node.depth = node.parent ? node.parent.depth + 1 : 0;
    nodes.push(node);
    for (let i = node.children.length - 1; i >= 0; i--) {
      stack.push(node.children[i]);
    }
    yield;
  }
  return nodes;
}

function* countDescendants(nodes: readonly SpanNode[]): Steps<void> {
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { parent, descendantCount } = nodes[i];
    if (parent) {
      parent.descendantCount += descendantCount + 1;
    }
    yield;
  }
}

function* serviceStatistics(nodes: readonly SpanNode[]): Steps<ServiceStatistics[]> {
  const services: ServiceStatistics[] = [];
  const indexes = new Map<string, number>();
  for (const node of nodes) {
    const name = serviceNameOf(node.span);
    let index = indexes.get(name);
    if (index === undefined) {
      index = services.push({ name, spanCount: 0, errorCount: 0, selfTime: 0 }) - 1;
      indexes.set(name, index);
    }
    node.serviceIndex = index;
    const service = services[index];
    service.spanCount++;
    service.errorCount += node.span.status.code === 'error' ? 1 : 0;
    service.selfTime += node.selfTime;
    yield;
  }
  return services;
}
