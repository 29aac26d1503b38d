/** Types of pipelines: filters, groups, aggregates, scalar filters. */
import type {
  Aggregate,
  GroupBy,
  Pipeline,
  PipelineStage,
  ScalarExpression,
  ScalarFilter,
  SpansetFilter,
  StaticValue,
} from '../ast';
import { checkField, textOf } from './field';
import { foldBinary } from './fold';
import { typeProblem, unsupportedProblem, type Problem } from './problem';
import { canMeet, hasOperator, isNumeric, resultType, type ImpliedType } from './types';

export function checkPipeline(pipeline: Pipeline): Problem | undefined {
  for (const stage of pipeline.stages) {
    const problem = checkStage(stage);
    if (problem) {
      return problem;
    }
  }
  return pipeline.aggregate && checkAggregate(pipeline.aggregate);
}

export function checkFilter(filter: SpansetFilter): Problem | undefined {
  if (!filter.condition) {
    return undefined;
  }
  const { type, problem } = checkField(filter.condition);
  if (problem) {
    return problem;
  }
  return type === 'attribute' || type === 'bool'
    ? undefined
    : typeProblem(`span filter field expressions must resolve to a boolean: { ${textOf(filter.condition)} }`, filter);
}

function checkStage(stage: PipelineStage): Problem | undefined {
  switch (stage.type) {
    case 'filter':
      return checkFilter(stage);
    case 'spansetOperation':
      return checkStage(stage.left) ?? checkStage(stage.right);
    case 'pipeline':
      return checkPipeline(stage);
    case 'scalarFilter':
      return checkScalarFilter(stage);
    case 'groupBy':
      return checkGroupBy(stage);
    case 'select':
      return stage.fields.map((field) => checkField(field).problem).find((problem) => problem !== undefined);
    case 'coalesce':
      return undefined;
  }
}

function checkGroupBy(stage: GroupBy): Problem | undefined {
  const { referencesSpan, problem } = checkField(stage.expression);
  return referencesSpan
    ? problem
    : typeProblem(
        `grouping field expressions must reference the span: by(${textOf(stage.expression)})`,
        stage.expression
      );
}

function checkAggregate({ function: name, argument }: Aggregate): Problem | undefined {
  if (!argument) {
    return undefined;
  }
  const { type, referencesSpan, problem } = checkField(argument);
  if (problem) {
    return problem;
  }
  if (type !== 'attribute' && !isNumeric(type)) {
    return typeProblem(
      `aggregate field expressions must resolve to a number type: ${name}(${textOf(argument)})`,
      argument
    );
  }
  return referencesSpan
    ? undefined
    : typeProblem(`aggregate field expressions must reference the span: ${name}(${textOf(argument)})`, argument);
}

/** What Tempo computes while it parses: literals and arithmetic between them. */
function constantOf(scalar: ScalarExpression): StaticValue | undefined {
  if (scalar.type === 'static') {
    return scalar;
  }
  if (scalar.type !== 'scalarOperation') {
    return undefined;
  }
  const left = constantOf(scalar.left);
  const right = left && constantOf(scalar.right);
  return left && right && foldBinary(scalar.operator, left, right);
}

function scalarType(scalar: ScalarExpression): ImpliedType {
  switch (scalar.type) {
    case 'static':
      return scalar.valueType;
    case 'aggregate':
      return scalar.argument ? checkField(scalar.argument).type : 'int';
    case 'pipeline':
      return scalar.aggregate ? scalarType(scalar.aggregate) : 'spanset';
    case 'scalarOperation':
      return (
        constantOf(scalar)?.valueType ?? resultType(scalar.operator, scalarType(scalar.left), scalarType(scalar.right))
      );
  }
}

function checkScalar(scalar: ScalarExpression): Problem | undefined {
  switch (scalar.type) {
    case 'static':
      return undefined;
    case 'aggregate':
      return checkAggregate(scalar);
    case 'pipeline':
      return checkPipeline(scalar);
    case 'scalarOperation':
      return checkScalar(scalar.left) ?? checkScalar(scalar.right);
  }
}

function checkScalarFilter(filter: ScalarFilter): Problem | undefined {
  const inner = checkScalar(filter.left) ?? checkScalar(filter.right);
  if (inner) {
    return inner;
  }
  const left = scalarType(filter.left);
  const right = scalarType(filter.right);
  if (!canMeet(left, right) || !hasOperator(left, filter.operator) || !hasOperator(right, filter.operator)) {
    return typeProblem('binary operations must operate on the same type', filter);
  }
  if (filter.left.type !== 'aggregate') {
    return unsupportedProblem('scalar filter lhs of type (%v)', filter.left);
  }
  return constantOf(filter.right) ? undefined : unsupportedProblem('scalar filter rhs of type (%v)', filter.right);
}
