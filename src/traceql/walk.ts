/** Goes through a tree without each caller knowing its shape. */
import type {
  Aggregate,
  Attribute,
  FieldExpression,
  Intrinsic,
  MetricsExpression,
  Pipeline,
  PipelineStage,
  Query,
  ScalarExpression,
  SpansetFilter,
} from './ast';

export interface TreeVisitor {
  pipeline?(pipeline: Pipeline): void;
  filter?(filter: SpansetFilter): void;
  field?(expression: FieldExpression): void;
}

export function walkQuery(query: Query, visitor: TreeVisitor): void {
  if (query.expression.type === 'pipeline') {
    walkPipeline(query.expression, visitor);
  } else {
    walkMetrics(query.expression, visitor);
  }
}

/** Every attribute and intrinsic of the query, in the order of the text. */
export function referencesOf(query: Query): Array<Attribute | Intrinsic> {
  const references: Array<Attribute | Intrinsic> = [];
  walkQuery(query, {
    field(expression) {
      if (expression.type === 'attribute' || expression.type === 'intrinsic') {
        references.push(expression);
      }
    },
  });
  return references;
}

export function filtersOf(query: Query): SpansetFilter[] {
  const filters: SpansetFilter[] = [];
  walkQuery(query, { filter: (filter) => filters.push(filter) });
  return filters;
}

/** Of the query, of each operand of metrics arithmetic, and those in parentheses. */
export function pipelinesOf(query: Query): Pipeline[] {
  const pipelines: Pipeline[] = [];
  walkQuery(query, { pipeline: (pipeline) => pipelines.push(pipeline) });
  return pipelines;
}

function walkMetrics(expression: MetricsExpression, visitor: TreeVisitor): void {
  if (expression.type === 'metricsOperation') {
    walkMetrics(expression.left, visitor);
    walkMetrics(expression.right, visitor);
  } else if (expression.type === 'metrics') {
    walkPipeline(expression.pipeline, visitor);
    const { aggregate } = expression;
    if (aggregate.type === 'metricsCompare') {
      walkStage(aggregate.selection, visitor);
    } else {
      walkFields([...(aggregate.field ? [aggregate.field] : []), ...aggregate.by], visitor);
    }
  }
}

function walkPipeline(pipeline: Pipeline, visitor: TreeVisitor): void {
  visitor.pipeline?.(pipeline);
  pipeline.stages.forEach((stage) => walkStage(stage, visitor));
  if (pipeline.aggregate) {
    walkScalar(pipeline.aggregate, visitor);
  }
}

function walkStage(stage: PipelineStage, visitor: TreeVisitor): void {
  switch (stage.type) {
    case 'filter':
      visitor.filter?.(stage);
      walkFields(stage.condition ? [stage.condition] : [], visitor);
      return;
    case 'spansetOperation':
      walkStage(stage.left, visitor);
      walkStage(stage.right, visitor);
      return;
    case 'pipeline':
      walkPipeline(stage, visitor);
      return;
    case 'scalarFilter':
      walkScalar(stage.left, visitor);
      walkScalar(stage.right, visitor);
      return;
    case 'groupBy':
      walkFields([stage.expression], visitor);
      return;
    case 'select':
      walkFields(stage.fields, visitor);
      return;
    case 'coalesce':
  }
}

function walkScalar(scalar: ScalarExpression | Aggregate, visitor: TreeVisitor): void {
  switch (scalar.type) {
    case 'aggregate':
      walkFields(scalar.argument ? [scalar.argument] : [], visitor);
      return;
    case 'scalarOperation':
      walkScalar(scalar.left, visitor);
      walkScalar(scalar.right, visitor);
      return;
    case 'pipeline':
      walkPipeline(scalar, visitor);
      return;
    case 'static':
  }
}

function walkFields(expressions: readonly FieldExpression[], visitor: TreeVisitor): void {
  for (const expression of expressions) {
    visitor.field?.(expression);
    if (expression.type === 'binary') {
      walkFields([expression.left, expression.right], visitor);
    } else if (expression.type === 'unary') {
      walkFields([expression.operand], visitor);
    }
  }
}
