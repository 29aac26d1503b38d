import { type SpanNode } from '../../trace/tree';
import { type Timeline } from './use-timeline';

/**
 * What a key does on the rows, as in the treegrid pattern of WAI-ARIA: up and down move, right opens or goes to the first
 * child, left closes or goes to the parent, Enter shows details, Escape hides them. false when it means nothing here.
 */
export function handleTimelineKey(key: string, timeline: Timeline, pageSize: number): boolean {
  const { rows, collapsed, active } = timeline;
  const at = active ? rows.indexOf(active) : -1;
  const moveTo = (row: number) => {
    const node = rows[Math.max(0, Math.min(rows.length - 1, row))];
    if (node) {
      timeline.setActive(node);
    }
    return true;
  };
  switch (key) {
    case 'ArrowDown':
      return moveTo(at + 1);
    case 'ArrowUp':
      return moveTo(at === -1 ? 0 : at - 1);
    case 'Home':
      return moveTo(0);
    case 'End':
      return moveTo(rows.length - 1);
    case 'PageDown':
      return moveTo(at + pageSize);
    case 'PageUp':
      return moveTo(at - pageSize);
    case 'Escape':
      timeline.select(undefined);
      return true;
  }
  return active ? handleNodeKey(key, active, collapsed.has(active), timeline) : false;
}

function handleNodeKey(key: string, node: SpanNode, isCollapsed: boolean, timeline: Timeline): boolean {
  const hasChildren = node.children.length > 0;
  switch (key) {
    case 'Enter':
    case ' ':
      timeline.select(timeline.selected === node ? undefined : node);
      return true;
    case 'ArrowRight':
      if (hasChildren && isCollapsed) {
        timeline.toggle(node);
      } else if (hasChildren) {
        timeline.setActive(node.children[0]);
      }
      return true;
    case 'ArrowLeft':
      if (hasChildren && !isCollapsed) {
        timeline.toggle(node);
      } else if (node.parent) {
        timeline.setActive(node.parent);
      }
      return true;
  }
  return false;
}
