/**
 * The typed tree of a TraceQL query: what the parser makes, and what the editor, the builder and the evaluator read.
 * Constant expressions stay as written; precedence is in the tree's shape.
 */

/** Offsets into the query text, in UTF-16 units; `to` is exclusive. */
export interface TextRange {
  from: number;
  to: number;
}

/** 'any' is a leading dot: the span's attributes, then the resource's. */
export type AttributeScope = 'any' | 'span' | 'resource' | 'event' | 'link' | 'instrumentation' | 'parent';

export interface Attribute extends TextRange {
  type: 'attribute';
  scope: AttributeScope;
  /** Of an attribute of the parent span, `parent.span.x`: where the parent has it. Tempo parses it but does not support it. */
  parentScope?: AttributeScope;
  /** Unquoted and unescaped. */
  name: string;
}

/** Canonical names; the unscoped spellings (`name`, `rootServiceName`, …) map to these. */
export type IntrinsicName =
  | 'span:duration'
  | 'span:name'
  | 'span:kind'
  | 'span:status'
  | 'span:statusMessage'
  | 'span:id'
  | 'span:parentID'
  | 'span:childCount'
  | 'trace:duration'
  | 'trace:rootName'
  | 'trace:rootService'
  | 'trace:id'
  | 'event:name'
  | 'event:timeSinceStart'
  | 'link:traceID'
  | 'link:spanID'
  | 'instrumentation:name'
  | 'instrumentation:version'
  | 'nestedSetLeft'
  | 'nestedSetRight'
  | 'nestedSetParent'
  | 'parent';

export interface Intrinsic extends TextRange {
  type: 'intrinsic';
  name: IntrinsicName;
  /** As written, e.g. `rootServiceName`: Tempo labels metrics series with it. */
  text: string;
}

export type StatusKeyword = 'ok' | 'error' | 'unset';
export type KindKeyword = 'unspecified' | 'internal' | 'client' | 'server' | 'producer' | 'consumer';

export type StaticValue =
  | { valueType: 'int'; value: bigint }
  | { valueType: 'float'; value: number }
  | { valueType: 'string'; value: string }
  | { valueType: 'bool'; value: boolean }
  /** ns */
  | { valueType: 'duration'; value: bigint }
  | { valueType: 'status'; value: StatusKeyword }
  | { valueType: 'kind'; value: KindKeyword }
  | { valueType: 'nil' };

export type Static = TextRange & { type: 'static' } & StaticValue;

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '=~' | '!~';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type LogicalOperator = '&&' | '||';

export interface BinaryExpression extends TextRange {
  type: 'binary';
  operator: ComparisonOperator | ArithmeticOperator | LogicalOperator;
  left: FieldExpression;
  right: FieldExpression;
}

export interface UnaryExpression extends TextRange {
  type: 'unary';
  operator: '-' | '!';
  operand: FieldExpression;
}

export type FieldExpression = Attribute | Intrinsic | Static | BinaryExpression | UnaryExpression;

/** `{ … }`; no condition matches every span. */
export interface SpansetFilter extends TextRange {
  type: 'filter';
  condition?: FieldExpression;
}

export type StructuralOperator =
  '>' | '>>' | '<' | '<<' | '~' | '!>' | '!>>' | '!<' | '!<<' | '!~' | '&>' | '&>>' | '&<' | '&<<' | '&~';

export interface SpansetOperation extends TextRange {
  type: 'spansetOperation';
  operator: LogicalOperator | StructuralOperator;
  left: SpansetExpression;
  right: SpansetExpression;
}

/** A parenthesised pipeline is an operand of spanset operators as well. */
export type SpansetExpression = SpansetFilter | SpansetOperation | Pipeline;

export interface Aggregate extends TextRange {
  type: 'aggregate';
  function: 'count' | 'min' | 'max' | 'avg' | 'sum';
  /** Absent for count(). */
  argument?: FieldExpression;
}

/** Arithmetic between aggregates and constants; Tempo evaluates only `aggregate cmp literal` (see checks). */
export interface ScalarOperation extends TextRange {
  type: 'scalarOperation';
  operator: ArithmeticOperator;
  left: ScalarExpression;
  right: ScalarExpression;
}

export type ScalarExpression = Aggregate | Static | ScalarOperation | Pipeline;

export interface ScalarFilter extends TextRange {
  type: 'scalarFilter';
  operator: ComparisonOperator;
  left: ScalarExpression;
  right: ScalarExpression;
}

export interface GroupBy extends TextRange {
  type: 'groupBy';
  expression: FieldExpression;
}

export interface Select extends TextRange {
  type: 'select';
  fields: Array<Attribute | Intrinsic>;
}

export interface Coalesce extends TextRange {
  type: 'coalesce';
}

export type PipelineStage = SpansetExpression | ScalarFilter | GroupBy | Select | Coalesce;

export interface Pipeline extends TextRange {
  type: 'pipeline';
  stages: PipelineStage[];
  /** Only of an operand of a scalar filter between pipelines, `({ … } | count()) > 1`: what the pipeline ends with. */
  aggregate?: Aggregate;
}

export type MetricsFunction =
  | 'rate'
  | 'count_over_time'
  | 'min_over_time'
  | 'max_over_time'
  | 'avg_over_time'
  | 'sum_over_time'
  | 'quantile_over_time'
  | 'histogram_over_time';

export interface MetricsAggregate extends TextRange {
  type: 'metricsAggregate';
  function: MetricsFunction;
  /** Absent for rate() and count_over_time(). */
  field?: Attribute | Intrinsic;
  /** For quantile_over_time, each 0 to 1. */
  quantiles: number[];
  by: Array<Attribute | Intrinsic>;
}

export interface MetricsCompare extends TextRange {
  type: 'metricsCompare';
  selection: SpansetFilter;
  /** 10 when not given. */
  topN: number;
  /** ns since the Unix epoch */
  start?: bigint;
  /** ns since the Unix epoch */
  end?: bigint;
}

export type MetricsSecondStage =
  | (TextRange & { type: 'topk' | 'bottomk'; limit: number })
  | (TextRange & { type: 'metricsFilter'; operator: ComparisonOperator; value: number });

/** `pipeline | rate() | topk(5)`, or the same in parentheses as an operand of metrics arithmetic. */
export interface MetricsQuery extends TextRange {
  type: 'metrics';
  pipeline: Pipeline;
  aggregate: MetricsAggregate | MetricsCompare;
  secondStages: MetricsSecondStage[];
}

export interface MetricsOperation extends TextRange {
  type: 'metricsOperation';
  operator: '+' | '-' | '*' | '/';
  left: MetricsExpression;
  right: MetricsExpression;
  secondStages: MetricsSecondStage[];
}

export interface MetricsScalar extends TextRange {
  type: 'metricsScalar';
  value: number;
}

export type MetricsExpression = MetricsQuery | MetricsOperation | MetricsScalar;

export interface Hint extends TextRange {
  name: string;
  value: Static;
}

/** A whole query: a search when `expression` is a pipeline, else metrics. */
export interface Query extends TextRange {
  type: 'query';
  expression: Pipeline | MetricsQuery | MetricsOperation;
  hints: Hint[];
}

export interface Diagnostic extends TextRange {
  severity: 'error' | 'warning';
  /** What Tempo would say of it: a text it cannot parse, types that do not fit, or something it does not do yet. */
  kind: 'syntax' | 'type' | 'unsupported' | 'hint';
  /** In Tempo's terms; without the position. */
  message: string;
}

export interface ParseResult {
  /** Absent when the text has a syntax error. */
  query?: Query;
  diagnostics: Diagnostic[];
}
