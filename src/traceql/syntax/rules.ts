/**
 * The rules of TraceQL, as facts about the language that Tempo 3.1 accepts: which symbols may follow which, and how tightly operators
 * bind. `npm run grammar` turns them into the tables that the strict parser runs on; the editor's error-tolerant grammar is
 * `grammar/traceql.grammar`.
 *
 * A rule is written `result: parts` with a label that says what to build (see tree-builder.ts).
 */

export interface Rule {
  result: string;
  parts: readonly string[];
  /** What the tree builder does with the parts. */
  label: string;
  /** Takes the precedence of this token rather than that of its last token. */
  precedenceOf?: string;
}

export interface PrecedenceLevel {
  associativity: 'left' | 'right' | 'none';
  tokens: readonly string[];
}

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='];
const ARITHMETIC = ['+', '-', '*', '/', '%', '^'];
const SPANSET_OPERATORS = '&& > < >> << || ~ !> !< !>> !<< !~ &> &< &>> &<< &~'.split(' ');

/** Loosest first. `&&` and `||` bind equally: `a || b && c` is `(a || b) && c`. */
export const PRECEDENCE: readonly PrecedenceLevel[] = [
  { associativity: 'left', tokens: ['|'] },
  { associativity: 'left', tokens: ['&&', '||'] },
  {
    associativity: 'left',
    tokens: [...COMPARISONS, '!~', '=~', '>>', '<<', '~', '!>', '!<', '!>>', '!<<', '&>', '&<', '&>>', '&<<', '&~'],
  },
  { associativity: 'none', tokens: ['INTEGER', 'FLOAT'] },
  { associativity: 'left', tokens: ['+', '-'] },
  { associativity: 'left', tokens: ['!'] },
  { associativity: 'left', tokens: ['*', '/', '%'] },
  { associativity: 'right', tokens: ['^'] },
  { associativity: 'none', tokens: ['unary minus'] },
  { associativity: 'none', tokens: ['nil'] },
];

export const START_SYMBOL = 'query';

function rules(result: string, ...alternatives: string[]): Rule[] {
  return alternatives.map((alternative) => {
    const [parts, label, precedenceOf] = alternative.split(' => ').flatMap((part) => part.split(' prec '));
    return { result, parts: parts.trim().split(/\s+/), label: label.trim(), precedenceOf: precedenceOf?.trim() };
  });
}

function binary(left: string, operators: readonly string[], right: string, label: string): string[] {
  return operators.map((operator) => `${left} ${operator} ${right} => ${label}`);
}

function metricsFunction(name: string, argument: string): string[] {
  return [`${name} ( ${argument}) => aggregate`, `${name} ( ${argument}) by ( fields ) => aggregateBy`];
}

const QUERY = rules(
  'query',
  'pipeline => search',
  'wrappedSpansets => search',
  'wrappedScalarFilter => search',
  'pipeline | metrics => metrics',
  'pipeline | metrics secondStages => metrics',
  'metricsMath => metricsMath',
  'metricsMath secondStages => metricsMath',
  'query hints => hints'
);

const SPANSETS = [
  ...rules(
    'wrappedSpansets',
    '( wrappedSpansets ) => group',
    ...binary('wrappedSpansets', SPANSET_OPERATORS, 'wrappedSpansets', 'spansetOperation'),
    'wrappedPipeline => pass'
  ),
  ...rules('wrappedPipeline', '( pipeline ) => wrap'),
  ...rules(
    'pipeline',
    'spansets => pipeline',
    'scalarFilter => pipeline',
    'groupBy => pipeline',
    'selectStage => pipeline',
    'pipeline | spansets => stage',
    'pipeline | scalarFilter => stage',
    'pipeline | groupBy => stage',
    'pipeline | coalesceStage => stage',
    'pipeline | selectStage => stage'
  ),
  ...rules('groupBy', 'by ( field ) => groupBy'),
  ...rules('coalesceStage', 'coalesce ( ) => coalesce'),
  ...rules('selectStage', 'select ( fields ) => select'),
  ...rules('reference', 'intrinsic => pass', 'attribute => pass', 'scopedIntrinsic => pass'),
  ...rules('fields', 'reference => list', 'fields , reference => append'),
  ...rules(
    'numbers',
    'FLOAT => number',
    'INTEGER => number',
    'numbers , FLOAT => appendNumber',
    'numbers , INTEGER => appendNumber'
  ),
  ...rules(
    'spansets',
    '( spansets ) => group',
    ...binary('spansets', SPANSET_OPERATORS, 'spansets', 'spansetOperation'),
    'filter => pass'
  ),
  ...rules('filter', '{ } => filter', '{ field } => filter'),
];

const SCALARS = [
  ...rules(
    'scalarFilter',
    'scalarExpression comparison scalarExpression => scalarFilter',
    'scalarExpression comparison scalar => scalarFilter',
    'scalar comparison scalarExpression => scalarFilter'
  ),
  ...rules('comparison', ...COMPARISONS.map((operator) => `${operator} => operator`)),
  ...rules(
    'wrappedScalarFilter',
    'wrappedScalars comparison wrappedScalars => scalarFilter',
    'wrappedScalars comparison scalar => scalarFilter'
  ),
  ...rules(
    'wrappedScalars',
    '( wrappedScalars ) => group',
    ...binary('wrappedScalars', ARITHMETIC, 'wrappedScalars', 'scalarOperation'),
    'wrappedScalarPipeline => pass'
  ),
  ...rules('wrappedScalarPipeline', '( scalarPipeline ) => wrap'),
  ...rules('scalarPipeline', 'pipeline | aggregate => stage'),
  ...rules(
    'scalarExpression',
    '( scalarExpression ) => group',
    ...binary('scalarExpression', ARITHMETIC, 'scalarExpression', 'scalarOperation'),
    ...binary('scalarExpression', ARITHMETIC, 'scalar', 'scalarOperation'),
    ...binary('scalar', ARITHMETIC, 'scalarExpression', 'scalarOperation'),
    'aggregate => pass'
  ),
  ...rules(
    'aggregate',
    'count ( ) => spanAggregate',
    ...['max', 'min', 'avg', 'sum'].map((name) => `${name} ( field ) => spanAggregate`)
  ),
];

const METRICS = [
  ...rules(
    'metrics',
    ...metricsFunction('rate', ''),
    ...metricsFunction('count_over_time', ''),
    ...metricsFunction('min_over_time', 'reference '),
    ...metricsFunction('max_over_time', 'reference '),
    ...metricsFunction('sum_over_time', 'reference '),
    ...metricsFunction('avg_over_time', 'reference '),
    ...metricsFunction('quantile_over_time', 'reference , numbers '),
    ...metricsFunction('histogram_over_time', 'reference '),
    'compare ( filter ) => compare',
    'compare ( filter , INTEGER ) => compare',
    'compare ( filter , INTEGER , INTEGER , INTEGER ) => compare'
  ),
  ...rules('secondStage', 'topk ( INTEGER ) => limit', 'bottomk ( INTEGER ) => limit'),
  ...rules('metricsComparison', ...COMPARISONS.map((operator) => `${operator} => operator`)),
  ...rules('metricsFilter', 'metricsComparison scalar => metricsFilter'),
  ...rules(
    'secondStages',
    '| secondStage => secondStages',
    'metricsFilter => secondStages',
    'secondStages | secondStage => appendSecondStage',
    'secondStages metricsFilter => appendSecondStage'
  ),
  ...rules(
    'metricsMath',
    '( metricsMath ) => group',
    ...binary('metricsMath', ['+', '-', '*', '/'], 'metricsMath', 'metricsOperation'),
    'wrappedMetrics => pass',
    ...binary('metricsMath', ['+', '-', '*', '/'], 'scalar', 'metricsOperation'),
    ...binary('scalar', ['+', '-', '*', '/'], 'metricsMath', 'metricsOperation')
  ),
  ...rules(
    'scalar',
    'INTEGER => constant',
    'FLOAT => constant',
    'DURATION => constant',
    '- scalar => constantNegation prec unary minus',
    '( scalar ) => group',
    ...binary('scalar', ['*', '/', '+', '-'], 'scalar', 'constantOperation')
  ),
  ...rules(
    'wrappedMetrics',
    '( pipeline | metrics ) => wrappedMetrics',
    '( pipeline | metrics secondStages ) => wrappedMetrics'
  ),
];

const HINTS = [
  ...rules('hint', 'IDENTIFIER = static => hint'),
  ...rules('hints', 'with ( hintList ) => hintList'),
  ...rules('hintList', 'hint => list', 'hintList , hint => append'),
];

const FIELDS = [
  ...rules(
    'field',
    '( field ) => group',
    ...binary(
      'field',
      ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', '=~', '!~', '^', '&&', '||'],
      'field',
      'binary'
    ),
    'field != nil => nilRight',
    'nil != field => nilLeft',
    'field = nil => nilRight',
    'nil = field => nilLeft',
    'nil != nil => nilBoth',
    'nil = nil => nilBoth',
    '- field => unary',
    '! field => unary',
    'static => pass',
    'intrinsic => pass',
    'attribute => pass',
    'scopedIntrinsic => pass'
  ),
  ...rules(
    'static',
    ...'STRING INTEGER FLOAT true false DURATION ok error unset unspecified internal server client producer consumer'
      .split(' ')
      .map((token) => `${token} => static`),
    'IDENTIFIER => namedConstant'
  ),
  ...rules(
    'intrinsic',
    ...'duration name status statusMessage kind parent rootName rootServiceName traceDuration nestedSetLeft nestedSetRight nestedSetParent'
      .split(' ')
      .map((token) => `${token} => intrinsic`)
  ),
  ...rules(
    'scopedIntrinsic',
    ...[
      ...['duration', 'rootName', 'rootService', 'id'].map((name) => `trace: ${name}`),
      ...['duration', 'name', 'kind', 'status', 'statusMessage', 'id', 'parentID', 'childCount'].map(
        (name) => `span: ${name}`
      ),
      ...['name', 'timeSinceStart'].map((name) => `event: ${name}`),
      ...['traceID', 'spanID'].map((name) => `link: ${name}`),
      ...['name', 'version'].map((name) => `instrumentation: ${name}`),
    ].map((parts) => `${parts} => scopedIntrinsic`)
  ),
  ...rules(
    'attribute',
    ...[
      '.',
      'resource.',
      'span.',
      'parent.',
      'parent. resource.',
      'parent. span.',
      'event.',
      'link.',
      'instrumentation.',
    ].map((scope) => `${scope} IDENTIFIER END_ATTRIBUTE => attribute`)
  ),
];

export const RULES: readonly Rule[] = [...QUERY, ...SPANSETS, ...SCALARS, ...METRICS, ...HINTS, ...FIELDS];
