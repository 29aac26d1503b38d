/** The typed tree as query text: parsed again it gives the same tree. */
import type {
  Attribute,
  BinaryExpression,
  FieldExpression,
  Hint,
  Intrinsic,
  MetricsAggregate,
  MetricsCompare,
  MetricsExpression,
  MetricsSecondStage,
  Pipeline,
  PipelineStage,
  Query,
  ScalarExpression,
  SpansetExpression,
  SpansetOperation,
  StaticValue,
} from './ast';
import { attributeText, quoteString } from './names';
import { isArithmeticOperator, isLogicalOperator } from './operators';
import { formatDuration } from './syntax/duration';

const MIN_INT = -(BigInt(1) << BigInt(63));
const MAX_INT = -MIN_INT - BigInt(1);
const DEFAULT_TOP_VALUES = 10;

const LOGICAL = 1;
const COMPARISON = 2;
const SUM = 3;
const PRODUCT = 5;
const POWER = 6;

/** Tightness of binding; `!` and unary minus stand between sums and products. */
function levelOf(operator: string): number {
  if (isLogicalOperator(operator)) {
    return LOGICAL;
  }
  if (!isArithmeticOperator(operator)) {
    return COMPARISON;
  }
  return operator === '^' ? POWER : operator === '+' || operator === '-' ? SUM : PRODUCT;
}

interface Operand {
  text: string;
  /** Of its operator; undefined for what needs no parentheses anywhere. */
  level?: number;
  isUnary?: boolean;
}

function parenthesize(operand: Operand): string {
  return `(${operand.text})`;
}

function join(operator: string, left: Operand, right: Operand): string {
  const level = levelOf(operator);
  const isRightAssociative = operator === '^';
  const needsParentheses = (operand: Operand, isLoose: boolean) => {
    if (operand.isUnary) {
      return level > SUM;
    }
    return operand.level !== undefined && (operand.level < level || (operand.level === level && isLoose));
  };
  const leftText = needsParentheses(left, isRightAssociative) ? parenthesize(left) : left.text;
  const rightText = needsParentheses(right, !isRightAssociative) ? parenthesize(right) : right.text;
  return `${leftText} ${operator} ${rightText}`;
}

export function printQuery({ expression, hints }: Query): string {
  const text = expression.type === 'pipeline' ? printPipeline(expression) : printRootMetrics(expression);
  return hints.length > 0 ? `${text} with (${hints.map(printHint).join(', ')})` : text;
}

export function printPipeline(pipeline: Pipeline): string {
  const stages = pipeline.stages.map(printStage);
  return [...stages, ...(pipeline.aggregate ? [scalarOperand(pipeline.aggregate).text] : [])].join(' | ');
}

export function printField(expression: FieldExpression): string {
  return fieldOperand(expression).text;
}

export function printReference(reference: Attribute | Intrinsic): string {
  if (reference.type === 'intrinsic') {
    return reference.text;
  }
  return attributeText(reference.scope, reference.name, reference.parentScope);
}

export function printStatic(value: StaticValue): string {
  switch (value.valueType) {
    case 'nil':
      return 'nil';
    case 'string':
      return quoteString(value.value);
    case 'int':
      return value.value === MIN_INT ? 'minInt' : value.value.toString();
    case 'float':
      return printFloat(value.value);
    case 'duration':
      return formatDuration(value.value);
    default:
      return String(value.value);
  }
}

function printFloat(value: number): string {
  if (!Number.isFinite(value)) {
    // Only a division gives these.
    return Number.isNaN(value) ? '(0.0 / 0.0)' : value > 0 ? '(1.0 / 0.0)' : '(-1.0 / 0.0)';
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[e.]/.test(text) ? text : `${text}.0`;
}

function fieldOperand(expression: FieldExpression): Operand {
  switch (expression.type) {
    case 'attribute':
    case 'intrinsic':
      return { text: printReference(expression) };
    case 'static':
      return { text: printStatic(expression) };
    case 'unary': {
      const operand = fieldOperand(expression.operand);
      const text = operand.level === undefined || operand.isUnary ? operand.text : parenthesize(operand);
      return { text: `${expression.operator}${text}`, level: SUM, isUnary: true };
    }
    case 'binary':
      return binaryOperand(expression);
  }
}

function binaryOperand({ operator, left, right }: BinaryExpression): Operand {
  return { text: join(operator, fieldOperand(left), fieldOperand(right)), level: levelOf(operator) };
}

function printStage(stage: PipelineStage): string {
  switch (stage.type) {
    case 'filter':
      return stage.condition ? `{ ${printField(stage.condition)} }` : '{ }';
    case 'spansetOperation':
      return spansetOperand(stage).text;
    case 'pipeline':
      return `(${printPipeline(stage)})`;
    case 'scalarFilter':
      return join(stage.operator, scalarOperand(stage.left), scalarOperand(stage.right));
    case 'groupBy':
      return `by(${printField(stage.expression)})`;
    case 'select':
      return `select(${stage.fields.map(printReference).join(', ')})`;
    case 'coalesce':
      return 'coalesce()';
  }
}

function spansetOperand(expression: SpansetExpression): Operand {
  return expression.type === 'spansetOperation'
    ? spansetOperationOperand(expression)
    : { text: printStage(expression) };
}

function spansetOperationOperand({ operator, left, right }: SpansetOperation): Operand {
  return { text: join(operator, spansetOperand(left), spansetOperand(right)), level: levelOf(operator) };
}

function scalarOperand(scalar: ScalarExpression): Operand {
  switch (scalar.type) {
    case 'static':
      return { text: scalar.valueType === 'int' ? scalar.value.toString() : printStatic(scalar) };
    case 'aggregate':
      return { text: `${scalar.function}(${scalar.argument ? printField(scalar.argument) : ''})` };
    case 'pipeline':
      return { text: `(${printPipeline(scalar)})` };
    case 'scalarOperation':
      return {
        text: join(scalar.operator, scalarOperand(scalar.left), scalarOperand(scalar.right)),
        level: levelOf(scalar.operator),
      };
  }
}

/** The one query of the text stands without parentheses; Tempo wants them around queries that are computed with. */
function printRootMetrics(expression: MetricsExpression): string {
  return expression.type === 'metrics' ? printMetricsQuery(expression) : metricsOperand(expression, true).text;
}

function printMetricsQuery(query: Extract<MetricsExpression, { type: 'metrics' }>): string {
  return `${printPipeline(query.pipeline)} | ${printMetricsAggregate(query.aggregate)}${query.secondStages.map(printSecondStage).join('')}`;
}

function metricsOperand(expression: MetricsExpression, isRoot = false): Operand {
  switch (expression.type) {
    case 'metricsScalar':
      return { text: printNumber(expression.value) };
    case 'metrics':
      return { text: `(${printMetricsQuery(expression)})` };
    case 'metricsOperation': {
      const text = join(expression.operator, metricsOperand(expression.left), metricsOperand(expression.right));
      if (expression.secondStages.length === 0) {
        return { text, level: levelOf(expression.operator) };
      }
      const stages = expression.secondStages.map(printSecondStage).join('');
      return { text: isRoot ? text + stages : `(${text}${stages})` };
    }
  }
}

export function printMetricsAggregate(aggregate: MetricsAggregate | MetricsCompare): string {
  if (aggregate.type === 'metricsCompare') {
    const { selection, topN, start, end } = aggregate;
    const window = start !== undefined && end !== undefined ? [start, end] : [];
    const numbers = topN === DEFAULT_TOP_VALUES && window.length === 0 ? [] : [printCount(topN), ...window];
    return `compare(${[printStage(selection), ...numbers].join(', ')})`;
  }
  const { field, quantiles, by } = aggregate;
  const parts = [...(field ? [printReference(field)] : []), ...quantiles.map(printNumber)];
  const groups = by.length > 0 ? ` by (${by.map(printReference).join(', ')})` : '';
  return `${aggregate.function}(${parts.join(', ')})${groups}`;
}

function printSecondStage(stage: MetricsSecondStage): string {
  return stage.type === 'metricsFilter'
    ? ` ${stage.operator} ${printNumber(stage.value)}`
    : ` | ${stage.type}(${printCount(stage.limit)})`;
}

/** Counts are kept as doubles; the biggest ones round to one past the biggest integer that parses. */
function printCount(value: number): string {
  const count = BigInt(value);
  return (count > MAX_INT ? MAX_INT : count).toString();
}

/** A metrics number is a double whichever way it is written. */
function printNumber(value: number): string {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : printFloat(value);
}

function printHint({ name, value }: Hint): string {
  return `${name}=${printStatic(value)}`;
}
