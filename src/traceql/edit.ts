/** Changes to query text that keep what the person wrote. */
import type {
  AttributeScope,
  ComparisonOperator,
  FieldExpression,
  Pipeline,
  Query,
  ScalarExpression,
  SpansetFilter,
  StaticValue,
} from './ast';
import { metricsQueries } from './checks/metrics';
import { attributeText } from './names';
import { parseSyntax } from './parse';
import { printStatic } from './print';
import { filtersOf, pipelinesOf } from './walk';

export { attributeText, quoteAttribute, quoteString } from './names';

export type QueryClass = 'empty' | 'traceId' | 'search' | 'metrics' | 'invalid';

/** A bare trace id is 1 to 32 hexadecimal digits; Tempo pads shorter ones with zeros. */
const TRACE_ID = /^[0-9a-fA-F]{1,32}$/;

export function classifyQuery(text: string): QueryClass {
  const trimmed = text.trim();
  if (trimmed === '') {
    return 'empty';
  }
  if (TRACE_ID.test(trimmed)) {
    return 'traceId';
  }
  const { query } = parseSyntax(text);
  if (!query) {
    return 'invalid';
  }
  return query.expression.type === 'pipeline' ? 'search' : 'metrics';
}

export interface FilterMatcher {
  /** As in a query (`resource.service.name`, `status`), or in parts. */
  attribute: string | { scope: AttributeScope; name: string };
  operator: ComparisonOperator;
  value: StaticValue;
}

interface Insertion {
  at: number;
  text: string;
}

export function printMatcher({ attribute, operator, value }: FilterMatcher): string {
  const name = typeof attribute === 'string' ? attribute : attributeText(attribute.scope, attribute.name);
  return `${name} ${operator} ${printStatic(value)}`;
}

/**
 * ANDs the matchers into every spanset filter of the query. A pipeline that starts without one gets one in front.
 * A text that does not parse comes back unchanged, an empty one becomes a filter of the matchers.
 */
export function addFilters(text: string, matchers: readonly FilterMatcher[]): string {
  return matchers.length === 0 ? text : addCondition(text, matchers.map(printMatcher).join(' && '));
}

/** The same for a condition in TraceQL, such as `.a = 1` or `(.a = 1 || .b = 2)`; `||` must be in parentheses. */
export function addCondition(text: string, condition: string): string {
  if (text.trim() === '') {
    return `{ ${condition} }`;
  }
  const { query } = parseSyntax(text);
  if (!query) {
    return text;
  }
  const selections = new Set(compareSelections(query));
  const insertions = [
    // What compare() selects is selected among the spans that the pipeline let through.
    ...filtersOf(query)
      .filter((filter) => !selections.has(filter))
      .flatMap((filter) => filterInsertions(text, filter, condition)),
    ...pipelinesOf(query)
      .filter(takesAllSpans)
      .map((pipeline) => ({ at: pipeline.from, text: `{ ${condition} } | ` })),
  ];
  return insert(text, insertions);
}

function filterInsertions(text: string, filter: SpansetFilter, condition: string): Insertion[] {
  const end = filter.to - 1;
  const space = /\s/.test(text[end - 1]) ? '' : ' ';
  if (!filter.condition) {
    return [{ at: end, text: `${space}${condition} ` }];
  }
  if (!hasOr(filter.condition)) {
    return [{ at: end, text: `${space}&& ${condition} ` }];
  }
  return [
    { at: filter.from + 1, text: ' (' },
    { at: end, text: `${space}) && ${condition} ` },
  ];
}

/** `||` and `&&` bind equally, from the left: parentheses say what was meant. */
function hasOr(expression: FieldExpression): boolean {
  return (
    expression.type === 'binary' &&
    (expression.operator === '||' ||
      (expression.operator === '&&' && (hasOr(expression.left) || hasOr(expression.right))))
  );
}

/** Whether spans come in from outside, as nothing in the pipeline's first stage selects any. */
function takesAllSpans({ stages: [first] }: Pipeline): boolean {
  switch (first?.type) {
    case 'filter':
    case 'spansetOperation':
    case 'pipeline':
      return false;
    case 'scalarFilter':
      return !hasPipeline(first.left) && !hasPipeline(first.right);
    default:
      return true;
  }
}

function hasPipeline(scalar: ScalarExpression): boolean {
  return (
    scalar.type === 'pipeline' ||
    (scalar.type === 'scalarOperation' && (hasPipeline(scalar.left) || hasPipeline(scalar.right)))
  );
}

function compareSelections({ expression }: Query): SpansetFilter[] {
  return expression.type === 'pipeline'
    ? []
    : metricsQueries(expression).flatMap(({ aggregate }) =>
        aggregate.type === 'metricsCompare' ? [aggregate.selection] : []
      );
}

function insert(text: string, insertions: readonly Insertion[]): string {
  const ordered = [...insertions].sort((a, b) => b.at - a.at);
  return ordered.reduce((result, { at, text: added }) => result.slice(0, at) + added + result.slice(at), text);
}
