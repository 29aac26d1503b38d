import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { findSpans } from '../../trace/find';
import { expandedTo, visibleNodes } from '../../trace/rows';
import { type SpanNode, type TraceTree } from '../../trace/tree';

export interface Timeline {
  rows: SpanNode[];
  collapsed: ReadonlySet<SpanNode>;
  /** The row that the keyboard is on */
  active: SpanNode | undefined;
  /** The span whose details are open */
  selected: SpanNode | undefined;
  findText: string;
  found: SpanNode[];
  foundSet: ReadonlySet<SpanNode>;
  setActive(node: SpanNode): void;
  /** Opens the details of a span; closes them with undefined. */
  select(node: SpanNode | undefined): void;
  toggle(node: SpanNode): void;
  expandAll(): void;
  collapseAll(): void;
  setFindText(text: string): void;
  /** Makes the next (1) or previous (-1) found span the active one. */
  goToFound(direction: 1 | -1): void;
}

/** All state of the timeline but what is measured in pixels. */
export function useTimeline(
  tree: TraceTree,
  spanId: string | undefined,
  onSelectSpan: (spanId: string | undefined) => void
): Timeline {
  const [collapsed, setCollapsed] = useState<ReadonlySet<SpanNode>>(new Set());
  const [active, setActiveNode] = useState<SpanNode | undefined>(undefined);
  const [selected, setSelected] = useState<SpanNode | undefined>(undefined);
  const [findText, setFindText] = useState('');
  const deferredText = useDeferredValue(findText);

  const rows = useMemo(() => visibleNodes(tree, collapsed), [tree, collapsed]);
  const found = useMemo(() => findSpans(tree, deferredText), [tree, deferredText]);
  const foundSet = useMemo(() => new Set(found), [found]);

  const setActive = useCallback((node: SpanNode) => {
    setCollapsed((current) => expandedTo(node, current));
    setActiveNode(node);
  }, []);

  // What the props ask for is taken over when it changes, during render as React wants it (not in an effect).
  const [seen, setSeen] = useState<{ tree?: TraceTree; spanId?: string }>({});
  if (seen.tree !== tree || seen.spanId !== spanId) {
    setSeen({ tree, spanId });
    const target = spanId === undefined ? undefined : tree.nodeBySpanId.get(spanId);
    const isNewTree = seen.tree !== tree;
    // Of spans with the same id the one that was clicked stays.
    const stays = !isNewTree && selected !== undefined && selected.span.spanId === spanId;
    setSelected(stays ? selected : target);
    setActiveNode(target ?? (isNewTree ? active && tree.nodeBySpanId.get(active.span.spanId) : active));
    setCollapsed(isNewTree ? new Set() : target && !stays ? expandedTo(target, collapsed) : collapsed);
  }

  const select = useCallback(
    (node: SpanNode | undefined) => {
      setSelected(node);
      if (node) {
        setActiveNode(node);
      }
      onSelectSpan(node?.span.spanId);
    },
    [onSelectSpan]
  );

  const toggle = useCallback((node: SpanNode) => {
    setCollapsed((current) => {
      const next = new Set(current);
      if (!next.delete(node)) {
        next.add(node);
      }
      return next;
    });
  }, []);

  const goToFound = (direction: 1 | -1) => {
    if (found.length === 0) {
      return;
    }
    const from = active?.index ?? -1;
    const next =
      direction === 1
        ? (found.find(({ index }) => index > from) ?? found[0])
        : ([...found].reverse().find(({ index }) => index < from) ?? found[found.length - 1]);
    setActive(next);
  };

  return {
    rows,
    collapsed,
    active,
    selected,
    findText,
    found,
    foundSet,
    setActive,
    select,
    toggle,
    expandAll: () => setCollapsed(new Set()),
    collapseAll: () => setCollapsed(new Set(tree.nodes.filter(({ children }) => children.length > 0))),
    setFindText,
    goToFound,
  };
}
