/** TraceQL that sets some spans against the others. */
import { type Pipeline, type SpansetFilter } from '../../traceql/ast';
import { type FilterMatcher, printMatcher } from '../../traceql/edit';
import { parseSyntax } from '../../traceql/parse';
import { referencesOf } from '../../traceql/walk';
import { type SpanComparison } from '../urls';

export type ComparisonProblem =
  /** The text is no TraceQL; `detail` is the parser's */
  | { part: 'query' | 'selection'; kind: 'syntax'; detail: string }
  /** A metrics query where spans are wanted */
  | { part: 'query'; kind: 'notASearch' }
  /** Anything but one `{ … }` */
  | { part: 'selection'; kind: 'notOneFilter' };

/** A comparison whose parts are known to be well formed. */
export interface ParsedComparison {
  /** The spans compared: a pipeline, without hints */
  query: string;
  /** `{ … }` */
  selection: string;
  /** What is between the selection's braces; '' for every span */
  condition: string;
  /** What is between the braces of a query that is one `{ … }` */
  queryCondition?: string;
  /** Attributes that the selection reads, in both spellings of an intrinsic */
  named: ReadonlySet<string>;
  selectionFrom?: number;
  selectionTo?: number;
}

export type ComparisonParse =
  { comparison: ParsedComparison; problem?: undefined } | { comparison?: undefined; problem: ComparisonProblem };

export function parseComparison(comparison: SpanComparison): ComparisonParse {
  const whole = parseSyntax(comparison.query);
  if (!whole.query) {
    return { problem: { part: 'query', kind: 'syntax', detail: whole.problem.message } };
  }
  const { expression } = whole.query;
  if (expression.type !== 'pipeline') {
    return { problem: { part: 'query', kind: 'notASearch' } };
  }
  const selected = parseSyntax(comparison.selection);
  if (!selected.query) {
    return { problem: { part: 'selection', kind: 'syntax', detail: selected.problem.message } };
  }
  const filter = selected.query.expression.type === 'pipeline' ? onlyFilter(selected.query.expression) : undefined;
  if (!filter) {
    return { problem: { part: 'selection', kind: 'notOneFilter' } };
  }
  const queryFilter = onlyFilter(expression);
  return {
    comparison: {
      query: comparison.query.slice(expression.from, expression.to),
      selection: comparison.selection.slice(filter.from, filter.to),
      condition: conditionText(comparison.selection, filter),
      queryCondition: queryFilter && conditionText(comparison.query, queryFilter),
      named: new Set(
        referencesOf(selected.query).flatMap((reference) =>
          reference.type === 'intrinsic'
            ? [reference.name, reference.text, reference.name.replace(/^span:/, '')]
            : [comparison.selection.slice(reference.from, reference.to)]
        )
      ),
      selectionFrom: comparison.selectionFrom,
      selectionTo: comparison.selectionTo,
    },
  };
}

function onlyFilter({ stages }: Pipeline): SpansetFilter | undefined {
  const [first, ...more] = stages;
  return first?.type === 'filter' && more.length === 0 ? first : undefined;
}

function conditionText(text: string, { from, to }: SpansetFilter): string {
  return text.slice(from + 1, to - 1).trim();
}

const NS_PER_MS = BigInt(1_000_000);

/** The metrics query that counts the attribute values of both sides, the `topN` most frequent of each attribute. */
export function compareQuery(comparison: ParsedComparison, topN: number): string {
  const { query, selection, selectionFrom, selectionTo } = comparison;
  const window =
    selectionFrom === undefined || selectionTo === undefined
      ? ''
      : `, ${BigInt(Math.floor(selectionFrom)) * NS_PER_MS}, ${BigInt(Math.ceil(selectionTo)) * NS_PER_MS}`;
  return `${query} | compare(${selection}, ${topN}${window})`;
}

/** The search for the spans selected, of those that also match. */
export function selectedSpansQuery(comparison: ParsedComparison, ...matchers: FilterMatcher[]): string {
  return narrowed(comparison, [comparison.condition, ...matchers.map(printMatcher)]);
}

function narrowed({ query, queryCondition }: ParsedComparison, conditions: string[]): string {
  const wanted = conditions.filter((condition) => condition !== '');
  if (queryCondition !== undefined) {
    const all = [queryCondition, ...wanted].filter((condition) => condition !== '');
    return all.length === 0 ? '{ }' : `{ ${joinConditions(all)} }`;
  }
  return wanted.length === 0 ? query : `${query} | { ${joinConditions(wanted)} }`;
}

/** `||` and `&&` bind equally in TraceQL: parentheses keep each condition whole. */
function joinConditions(conditions: string[]): string {
  return conditions.length === 1
    ? conditions[0]
    : conditions.map((condition) => (condition.includes('||') ? `(${condition})` : condition)).join(' && ');
}
