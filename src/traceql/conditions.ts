/** A query taken apart for a form: the conditions of its first spanset filter, and the text around that filter. */
import type { Attribute, FieldExpression, Intrinsic, Query, SpansetFilter, StaticValue, TextRange } from './ast';
import { equalFields } from './equal';
import { parseSyntax } from './parse';
import { printStatic } from './print';
import { isComparisonOperator } from './operators';
import { readComments } from './syntax/layout-tokens';
import { fillVariables } from './variables';
import { filtersOf } from './walk';

export interface QueryParts {
  /** What stands before the first filter. All of the query when it has no filter, as `count() > 5`. */
  before: string;
  /** What `&&` joins in the first filter, in the order of the text; absent without a filter. */
  conditions?: Condition[];
  /** What stands behind the first filter, such as ` >> { … } | rate()`. */
  after: string;
}

export interface Condition {
  /** As written. */
  text: string;
  /** Absent for anything but one field that is compared with constants. */
  comparison?: Comparison;
}

/** `field operator value`; several values are alternatives, `(a = 1 || a = 2)`. */
export interface Comparison {
  field: Attribute | Intrinsic;
  operator: string;
  values: ComparedValue[];
}

export interface ComparedValue {
  /** `variable`: a dashboard variable outside of a string. */
  type: StaticValue['valueType'] | 'variable';
  /** The content of a string, else as it stands in a query. */
  text: string;
}

/** undefined when the text does not parse, its dashboard variables aside. */
export function splitQuery(text: string): QueryParts | undefined {
  const filled = fillVariables(text).text;
  const { query } = parseSyntax(filled);
  if (!query) {
    return undefined;
  }
  const filter = firstFilter(query);
  if (!filter) {
    return { before: text, after: '' };
  }
  const source = { written: text, filled };
  const comments = readComments(filled).filter(({ from, to }) => from >= filter.from && to <= filter.to);
  const joined = filter.condition ? conjunction(filter.condition) : [];
  const conditions = joined.map((expression) => readCondition(expression, source, comments));
  // Comments between conditions move out in front of them.
  const loose = comments.filter((comment) => !joined.some((expression) => isInside(comment, expression)));
  const kept = loose.map((comment) => (comment.text.startsWith('//') ? `${comment.text}\n` : `${comment.text} `));
  return { before: text.slice(0, filter.from) + kept.join(''), conditions, after: text.slice(filter.to) };
}

interface Source {
  written: string;
  /** Of the same length, with stand-ins for the variables. */
  filled: string;
}

function firstFilter(query: Query): SpansetFilter | undefined {
  return filtersOf(query).reduce<SpansetFilter | undefined>(
    (first, filter) => (first && first.from < filter.from ? first : filter),
    undefined
  );
}

function isInside(inner: TextRange, outer: TextRange): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** `a && b && c` from the left; what is in parentheses on the right stays whole, so that the tree stays the same. */
function conjunction(expression: FieldExpression): FieldExpression[] {
  return chain(expression, '&&');
}

function chain(expression: FieldExpression, operator: '&&' | '||'): FieldExpression[] {
  const operands: FieldExpression[] = [];
  let rest = expression;
  while (rest.type === 'binary' && rest.operator === operator) {
    operands.push(rest.right);
    rest = rest.left;
  }
  return [...operands, rest].reverse();
}

function readCondition(expression: FieldExpression, source: Source, comments: readonly TextRange[]): Condition {
  const text = source.written.slice(expression.from, expression.to);
  const hasComment = comments.some((comment) => isInside(comment, expression));
  const comparison = hasComment ? undefined : readComparison(expression, source);
  return comparison ? { text, comparison } : { text };
}

function readComparison(expression: FieldExpression, source: Source): Comparison | undefined {
  const comparisons = chain(expression, '||').map((alternative) => readAlternative(alternative, source));
  const [first] = comparisons;
  const areAlike = comparisons.every(
    (one) =>
      one && first && one.operator === first.operator && equalFields(one.field, first.field) && areSameType(one, first)
  );
  return first && areAlike ? { ...first, values: comparisons.flatMap((one) => one?.values ?? []) } : undefined;
}

function areSameType({ values: [a] }: Comparison, { values: [b] }: Comparison): boolean {
  return a.type === b.type;
}

function readAlternative(expression: FieldExpression, source: Source): Comparison | undefined {
  if (expression.type !== 'binary' || !isComparisonOperator(expression.operator)) {
    return undefined;
  }
  const { left, operator, right } = expression;
  if ((left.type !== 'attribute' && left.type !== 'intrinsic') || isVariable(left, source)) {
    return undefined;
  }
  const value = readValue(right, source);
  return value && { field: left, operator, values: [value] };
}

function readValue(expression: FieldExpression, source: Source): ComparedValue | undefined {
  if (isVariable(expression, source)) {
    return { type: 'variable', text: source.written.slice(expression.from, expression.to) };
  }
  if (expression.type === 'static') {
    const text = expression.valueType === 'string' ? expression.value : printStatic(expression);
    return { type: expression.valueType, text };
  }
  const isNegative = expression.type === 'unary' && expression.operator === '-';
  return isNegative && expression.operand.type === 'static' && isNumeric(expression.operand)
    ? { type: expression.operand.valueType, text: `-${printStatic(expression.operand)}` }
    : undefined;
}

function isNumeric({ valueType }: StaticValue): boolean {
  return valueType === 'int' || valueType === 'float' || valueType === 'duration';
}

/** Whether something in the range is only the stand-in of a variable. A string is written as it is, variables and all. */
function isVariable({ from, to }: TextRange, { written, filled }: Source): boolean {
  return written.slice(from, to) !== filled.slice(from, to);
}
