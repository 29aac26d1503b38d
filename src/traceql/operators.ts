/** The operators and keywords of the tree as lists, so that text can be narrowed to their types. */
import type {
  Aggregate,
  ArithmeticOperator,
  ComparisonOperator,
  KindKeyword,
  LogicalOperator,
  MetricsFunction,
  MetricsOperation,
  StatusKeyword,
  StructuralOperator,
} from './ast';

export const COMPARISON_OPERATORS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '=~',
  '!~',
] as const satisfies readonly ComparisonOperator[];
export const ARITHMETIC_OPERATORS = ['+', '-', '*', '/', '%', '^'] as const satisfies readonly ArithmeticOperator[];
export const LOGICAL_OPERATORS = ['&&', '||'] as const satisfies readonly LogicalOperator[];
export const STRUCTURAL_OPERATORS = [
  ...(['>', '>>', '<', '<<', '~'] as const),
  ...(['!>', '!>>', '!<', '!<<', '!~'] as const),
  ...(['&>', '&>>', '&<', '&<<', '&~'] as const),
] as const satisfies readonly StructuralOperator[];
const METRICS_OPERATORS = ['+', '-', '*', '/'] as const satisfies ReadonlyArray<MetricsOperation['operator']>;
export const SPAN_AGGREGATES = ['count', 'min', 'max', 'avg', 'sum'] as const satisfies ReadonlyArray<
  Aggregate['function']
>;
export const METRICS_FUNCTIONS = [
  'rate',
  'count_over_time',
  'min_over_time',
  'max_over_time',
  'avg_over_time',
  'sum_over_time',
  'quantile_over_time',
  'histogram_over_time',
] as const satisfies readonly MetricsFunction[];
export const STATUS_KEYWORDS = ['ok', 'error', 'unset'] as const satisfies readonly StatusKeyword[];
export const KIND_KEYWORDS = [
  'unspecified',
  'internal',
  'client',
  'server',
  'producer',
  'consumer',
] as const satisfies readonly KindKeyword[];

function memberOf<Member extends string>(members: readonly Member[]): (text: string) => text is Member {
  const known = new Set<string>(members);
  return (text): text is Member => known.has(text);
}

export const isComparisonOperator = memberOf<ComparisonOperator>(COMPARISON_OPERATORS);
export const isArithmeticOperator = memberOf<ArithmeticOperator>(ARITHMETIC_OPERATORS);
export const isLogicalOperator = memberOf<LogicalOperator>(LOGICAL_OPERATORS);
export const isFieldOperator = memberOf<ComparisonOperator | ArithmeticOperator | LogicalOperator>([
  ...COMPARISON_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...LOGICAL_OPERATORS,
]);
export const isSpansetOperator = memberOf<LogicalOperator | StructuralOperator>([
  ...LOGICAL_OPERATORS,
  ...STRUCTURAL_OPERATORS,
]);
export const isMetricsOperator = memberOf<MetricsOperation['operator']>(METRICS_OPERATORS);
export const isSpanAggregate = memberOf<Aggregate['function']>(SPAN_AGGREGATES);
export const isMetricsFunction = memberOf<MetricsFunction>(METRICS_FUNCTIONS);
export const isStatusKeyword = memberOf<StatusKeyword>(STATUS_KEYWORDS);
export const isKindKeyword = memberOf<KindKeyword>(KIND_KEYWORDS);

/** For text that the grammar only lets through when it is a member. */
export function narrow<Member extends string>(text: string, isMember: (text: string) => text is Member): Member {
  if (!isMember(text)) {
    throw new Error(`unexpected ${text}`);
  }
  return text;
}
