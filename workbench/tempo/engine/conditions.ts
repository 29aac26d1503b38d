import {
  type AttributeScope,
  type BinaryExpression,
  type ComparisonOperator,
  type FieldExpression,
  type IntrinsicName,
  type Pipeline,
  type PipelineStage,
  type ScalarExpression,
  type SpansetExpression,
  type Static,
} from '../../../src/traceql/ast';
import { isComparisonOperator } from '../../../src/traceql/operators';

import { type Field } from './types';

/**
 * What storage is asked for: Tempo reads columns by such conditions first, and evaluates the query on what came back.
 * A condition on a value hides the values that do not fit, which explains much of TraceQL's behaviour (`!(kind = client)`
 * sees no span that is not a client, `!=` on an array sees only the elements that differ).
 */
export interface Condition {
  field: Field;
  /** 'read' takes any value; 'exists' and 'missing' are `!= nil` and `= nil`. */
  operator: 'read' | 'exists' | 'missing' | ComparisonOperator;
  operand?: Static;
}

export interface FetchRequest {
  conditions: Condition[];
  /** Every condition must hold, so that spans may be dropped by each. */
  all: boolean;
  /** Structural operators look at every connected span. */
  structural: boolean;
  /** select(): read for the answer only. */
  selected: Field[];
}

export function fetchRequest(pipeline: Pipeline): FetchRequest {
  const request: FetchRequest = { conditions: [], all: true, structural: false, selected: [] };
  pipeline.stages.forEach((stage) => addStage(stage, request));
  if (request.conditions.length === 0) {
    request.conditions.push({ field: EVERY_SPAN, operator: 'read' });
  }
  return request;
}

function addStage(stage: PipelineStage, request: FetchRequest): void {
  switch (stage.type) {
    case 'groupBy':
      request.all = false;
      addExpression(stage.expression, request);
      return;
    case 'scalarFilter':
      request.all = false;
      addScalar(stage.left, request);
      addScalar(stage.right, request);
      return;
    case 'select':
      request.selected.push(...stage.fields);
      return;
    case 'coalesce':
      return;
    default:
      addSpansets(stage, request);
  }
}

function addSpansets(expression: SpansetExpression, request: FetchRequest): void {
  switch (expression.type) {
    case 'pipeline':
      expression.stages.forEach((stage) => addStage(stage, request));
      return;
    case 'spansetOperation':
      request.all = false;
      request.structural = request.structural || (expression.operator !== '&&' && expression.operator !== '||');
      addSpansets(expression.left, request);
      addSpansets(expression.right, request);
      return;
    case 'filter':
      if (expression.condition === undefined || !readsSpan(expression.condition)) {
        request.conditions.push({ field: EVERY_SPAN, operator: 'read' });
      } else {
        addExpression(expression.condition, request);
      }
  }
}

/** Every span has a start: what `{ }` asks for. */
const EVERY_SPAN: Field = { type: 'intrinsic', name: 'span:duration', text: '', from: 0, to: 0 };

function addScalar(expression: ScalarExpression, request: FetchRequest): void {
  switch (expression.type) {
    case 'aggregate':
      if (expression.argument) {
        addExpression(expression.argument, request);
      }
      return;
    case 'scalarOperation':
      addScalar(expression.left, request);
      addScalar(expression.right, request);
      return;
    case 'pipeline':
      expression.stages.forEach((stage) => addStage(stage, request));
  }
}

function addExpression(expression: FieldExpression, request: FetchRequest): void {
  switch (expression.type) {
    case 'static':
      return;
    case 'attribute':
    case 'intrinsic':
      request.conditions.push({ field: expression, operator: 'read' });
      return;
    case 'unary':
      addExpression(expression.operand, request);
      return;
    case 'binary':
      addBinary(expression, request);
  }
}

function addBinary(expression: BinaryExpression, request: FetchRequest): void {
  const { left, right, operator } = expression;
  if (operator === '||') {
    request.all = false;
  }
  if (isComparisonOperator(operator)) {
    if (isField(left) && right.type === 'static') {
      request.conditions.push(comparison(left, operator, right));
      return;
    }
    if (isField(right) && left.type === 'static') {
      request.conditions.push(comparison(right, mirrored(operator), left));
      return;
    }
  }
  addExpression(left, request);
  addExpression(right, request);
}

function comparison(field: Field, operator: ComparisonOperator, operand: Static): Condition {
  if (operand.valueType === 'nil') {
    return { field, operator: operator === '=' ? 'missing' : 'exists' };
  }
  return { field, operator, operand };
}

const MIRRORED: Partial<Record<ComparisonOperator, ComparisonOperator>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** The operator with its operands swapped: `400 < a` is `a > 400`. */
function mirrored(operator: ComparisonOperator): ComparisonOperator {
  return MIRRORED[operator] ?? operator;
}

export function isField(expression: FieldExpression): expression is Field {
  return expression.type === 'attribute' || expression.type === 'intrinsic';
}

function readsSpan(expression: FieldExpression): boolean {
  switch (expression.type) {
    case 'static':
      return false;
    case 'unary':
      return readsSpan(expression.operand);
    case 'binary':
      return readsSpan(expression.left) || readsSpan(expression.right);
    default:
      return true;
  }
}

/** Where a value is kept, from the whole trace down to one link of a span. */
export type Level = 'trace' | 'resource' | 'instrumentation' | 'span' | 'event' | 'link';

const LEVELS_OF_SCOPE: Record<AttributeScope, readonly Level[]> = {
  any: ['span', 'resource'],
  span: ['span'],
  resource: ['resource'],
  event: ['event'],
  link: ['link'],
  instrumentation: ['instrumentation'],
  parent: [],
};

const INTRINSIC_PREFIXES: readonly Level[] = ['trace', 'event', 'link', 'instrumentation'];

export function levelsOf(field: Field): readonly Level[] {
  return field.type === 'attribute' ? LEVELS_OF_SCOPE[field.scope] : [levelOfIntrinsic(field.name)];
}

function levelOfIntrinsic(name: IntrinsicName): Level {
  return INTRINSIC_PREFIXES.find((level) => name.startsWith(`${level}:`)) ?? 'span';
}
