import { type StructuralOperator } from '../../../src/traceql/ast';

import { type FetchedSpan } from './fetch';

type Relation = '>' | '>>' | '<' | '<<' | '~';

/** Tests a span of the right side against all spans of the left. */
type Related = (span: FetchedSpan) => boolean;

/** Answers the right side's spans for which the relation holds; with `!` those for which it does not, with `&` both sides. */
export function relate(
  operator: StructuralOperator,
  left: readonly FetchedSpan[],
  right: readonly FetchedSpan[]
): FetchedSpan[] {
  const relation = relationOf(operator);
  const related = relatedTo(relation, left);
  if (operator.startsWith('!')) {
    return right.filter((span) => !related(span));
  }
  const matching = right.filter(related);
  if (!operator.startsWith('&')) {
    return matching;
  }
  const relatedBack = relatedTo(INVERSE[relation], right);
  return [...new Set([...matching, ...left.filter(relatedBack)])];
}

const INVERSE: Record<Relation, Relation> = { '>': '<', '<': '>', '>>': '<<', '<<': '>>', '~': '~' };

function relationOf(operator: StructuralOperator): Relation {
  switch (operator) {
    case '>':
    case '!>':
    case '&>':
      return '>';
    case '>>':
    case '!>>':
    case '&>>':
      return '>>';
    case '<':
    case '!<':
    case '&<':
      return '<';
    case '<<':
    case '!<<':
    case '&<<':
      return '<<';
    case '~':
    case '!~':
    case '&~':
      return '~';
  }
}

function relatedTo(relation: Relation, left: readonly FetchedSpan[]): Related {
  switch (relation) {
    case '>':
      return childOf(left);
    case '<':
      return parentOf(left);
    case '>>':
      return descendantOf(left);
    case '<<':
      return ancestorOf(left);
    case '~':
      return siblingOf(left);
  }
}

function childOf(left: readonly FetchedSpan[]): Related {
  const parents = new Set(left.filter(({ row }) => row.left !== 0).map(({ row }) => row.left));
  return ({ row }) => row.parent !== 0 && parents.has(row.parent);
}

function parentOf(left: readonly FetchedSpan[]): Related {
  const parents = new Set(left.filter(({ row }) => row.parent !== 0).map(({ row }) => row.parent));
  return ({ row }) => row.left !== 0 && parents.has(row.left);
}

/** Nested sets never overlap in part, so of those that begin before a span the widest encloses it, if any does. */
function descendantOf(left: readonly FetchedSpan[]): Related {
  const ancestors = left.map(({ row }) => row).filter((row) => row.left !== 0);
  ancestors.sort((a, b) => a.left - b.left);
  const lefts = ancestors.map((row) => row.left);
  const widest: number[] = [];
  ancestors.forEach((row, i) => widest.push(Math.max(row.right, widest[i - 1] ?? 0)));
  return ({ row }) => {
    const before = countBelow(lefts, row.left);
    return row.left !== 0 && before > 0 && widest[before - 1] > row.right;
  };
}

function ancestorOf(left: readonly FetchedSpan[]): Related {
  const lefts = left.map(({ row }) => row.left).filter((position) => position !== 0);
  lefts.sort((a, b) => a - b);
  return ({ row }) => row.left !== 0 && countBelow(lefts, row.right) > countBelow(lefts, row.left + 1);
}

function siblingOf(left: readonly FetchedSpan[]): Related {
  const byParent = new Map<number, Set<FetchedSpan>>();
  for (const span of left) {
    const siblings = byParent.get(span.row.parent) ?? new Set();
    byParent.set(span.row.parent, siblings.add(span));
  }
  return (span) => {
    const siblings = span.row.parent === 0 ? undefined : byParent.get(span.row.parent);
    return siblings !== undefined && siblings.size > (siblings.has(span) ? 1 : 0);
  };
}

/** How many of the ascending `values` are less than `limit`. */
function countBelow(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
