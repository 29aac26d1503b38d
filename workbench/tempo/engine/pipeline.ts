import {
  type Aggregate,
  type GroupBy,
  type Pipeline,
  type PipelineStage,
  type ScalarExpression,
  type ScalarFilter,
  type SpansetExpression,
  type SpansetFilter,
  type SpansetOperation,
  type StaticValue,
} from '../../../src/traceql/ast';
import { textOf } from '../../../src/traceql/checks/field';
import { computeConstant } from '../../../src/traceql/syntax/constants';

import { compileAggregate } from './aggregate';
import { comparison } from './comparison';
import { fetchRequest } from './conditions';
import { compileCondition, compileExpression } from './expression';
import { type FetchedSpan, Fetcher, type SlotTable } from './fetch';
import { fold } from './fold';
import { relate } from './structural';
import { type Field, type StoredTrace, type TypedValue } from './types';
import { groupKey, staticValue } from './values';

/** A query that Tempo refuses or fails to evaluate. `message` is for people. */
export class EvaluationError extends Error {
  override name = 'EvaluationError';
}

export interface FetchedSpanset {
  spans: FetchedSpan[];
  attributes: Array<{ key: string; value: TypedValue }>;
}

type Stage = (spansets: FetchedSpanset[]) => FetchedSpanset[];

export interface CompiledPipeline {
  /** Span sets of one trace; none when it does not match. */
  evaluate(trace: StoredTrace): FetchedSpanset[];
  /** What select() asks for. */
  selected: readonly Field[];
  /** Fields whose values the answer repeats, by their place in `FetchedSpan.slots`. */
  slots: SlotTable;
  /** Fields of the conditions, in the order of the query. */
  conditions: readonly Field[];
}

export function compilePipeline(pipeline: Pipeline): CompiledPipeline {
  const folded = foldPipeline(pipeline);
  const request = fetchRequest(folded);
  const fetcher = new Fetcher(request);
  const stage = compileStages(folded.stages, fetcher.slots);
  return {
    evaluate(trace) {
      const spans = fetcher.fetch(trace);
      return spans.length === 0 ? [] : stage([{ spans, attributes: [] }]);
    },
    selected: request.selected,
    slots: fetcher.slots,
    conditions: request.conditions.map(({ field }) => field),
  };
}

function foldPipeline(pipeline: Pipeline): Pipeline {
  return { ...pipeline, stages: pipeline.stages.map(foldStage) };
}

function foldStage(stage: PipelineStage): PipelineStage {
  switch (stage.type) {
    case 'groupBy':
      return { ...stage, expression: fold(stage.expression) };
    case 'scalarFilter':
    case 'select':
    case 'coalesce':
      return stage;
    default:
      return foldSpansets(stage);
  }
}

function foldSpansets(expression: SpansetExpression): SpansetExpression {
  switch (expression.type) {
    case 'pipeline':
      return foldPipeline(expression);
    case 'filter':
      return expression.condition ? { ...expression, condition: fold(expression.condition) } : expression;
    case 'spansetOperation':
      return { ...expression, left: foldSpansets(expression.left), right: foldSpansets(expression.right) };
  }
}

function compileStages(stages: readonly PipelineStage[], slots: SlotTable): Stage {
  const compiled = stages.map((stage) => compileStage(stage, slots));
  return (spansets) => {
    let current = spansets;
    for (const stage of compiled) {
      current = stage(current);
      if (current.length === 0) {
        break;
      }
    }
    return current;
  };
}

function compileStage(stage: PipelineStage, slots: SlotTable): Stage {
  switch (stage.type) {
    case 'select':
      return (spansets) => spansets;
    case 'coalesce':
      return (spansets) => [{ spans: spansets.flatMap(({ spans }) => spans), attributes: [] }];
    case 'groupBy':
      return groupBy(stage, slots);
    case 'scalarFilter':
      return scalarFilter(stage, slots);
    default:
      return compileSpansets(stage, slots);
  }
}

function compileSpansets(expression: SpansetExpression, slots: SlotTable): Stage {
  switch (expression.type) {
    case 'pipeline':
      return compileStages(expression.stages, slots);
    case 'filter':
      return filter(expression, slots);
    case 'spansetOperation':
      return spansetOperation(expression, slots);
  }
}

function filter({ condition }: SpansetFilter, slots: SlotTable): Stage {
  if (!condition) {
    return (spansets) => spansets.filter(({ spans }) => spans.length > 0);
  }
  const holds = compileCondition(condition, slots);
  return (spansets) => spansets.map((spanset) => withSpans(spanset, spanset.spans.filter(holds))).filter(isFilled);
}

function withSpans({ attributes }: FetchedSpanset, spans: FetchedSpan[]): FetchedSpanset {
  return { spans, attributes };
}

function isFilled({ spans }: FetchedSpanset): boolean {
  return spans.length > 0;
}

function spansetOperation({ operator, left, right }: SpansetOperation, slots: SlotTable): Stage {
  const a = compileSpansets(left, slots);
  const b = compileSpansets(right, slots);
  return (spansets) =>
    spansets
      .map((spanset) => {
        const leftSets = a([spanset]);
        const rightSets = b([spanset]);
        if (operator === '&&' || operator === '||') {
          const filled = operator === '&&' ? leftSets.length > 0 && rightSets.length > 0 : true;
          return withSpans(spanset, filled ? union(leftSets, rightSets) : []);
        }
        if (leftSets.length > 1 || rightSets.length > 1) {
          throw new EvaluationError(
            'spanset operators are not supported for multiple spansets per trace. consider using coalesce()'
          );
        }
        return withSpans(spanset, relate(operator, leftSets[0]?.spans ?? [], rightSets[0]?.spans ?? []));
      })
      .filter(isFilled);
}

/** The smaller side's spans first, as Tempo has them: which spans an answer shows depends on it. */
function union(left: FetchedSpanset[], right: FetchedSpanset[]): FetchedSpan[] {
  const a = left.flatMap(({ spans }) => spans);
  const b = right.flatMap(({ spans }) => spans);
  return [...new Set(a.length < b.length ? [...a, ...b] : [...b, ...a])];
}

function groupBy({ expression }: GroupBy, slots: SlotTable): Stage {
  const evaluate = compileExpression(expression, slots);
  const key = `by(${textOf(expression)})`;
  return (spansets) =>
    spansets.flatMap(({ spans, attributes }) => {
      const groups = new Map<string, FetchedSpanset>();
      for (const span of spans) {
        const value = evaluate(span);
        const name = groupKey(value);
        const group = groups.get(name) ?? {
          spans: [],
          attributes: [...attributes, { key, value: value ?? { type: 'string', value: 'nil' } }],
        };
        groups.set(name, group);
        group.spans.push(span);
      }
      return [...groups.values()];
    });
}

function scalarFilter({ operator, left, right }: ScalarFilter, slots: SlotTable): Stage {
  const aggregate = aggregateOf(left);
  const literal = literalOf(right);
  const aggregation = compileAggregate(
    aggregate.argument ? { ...aggregate, argument: fold(aggregate.argument) } : aggregate,
    slots
  );
  const key = `${aggregate.function}(${aggregate.argument ? textOf(aggregate.argument) : ''})`;
  const compare = comparison(operator);
  return (spansets) =>
    spansets.flatMap(({ spans, attributes }) => {
      const value = aggregation(spans);
      return value !== undefined && compare(value, literal)
        ? [{ spans, attributes: [...attributes, { key, value }] }]
        : [];
    });
}

function aggregateOf(expression: ScalarExpression): Aggregate {
  if (expression.type !== 'aggregate') {
    throw new EvaluationError('scalar filter lhs of type (%v) not yet supported');
  }
  return expression;
}

function literalOf(expression: ScalarExpression): TypedValue {
  const constant = scalarConstant(expression);
  const value = constant && staticValue(constant);
  if (!value) {
    throw new EvaluationError('scalar filter rhs of type (%v) not yet supported');
  }
  return value;
}

function scalarConstant(expression: ScalarExpression): StaticValue | undefined {
  if (expression.type === 'static') {
    return expression;
  }
  if (expression.type !== 'scalarOperation') {
    return undefined;
  }
  const left = scalarConstant(expression.left);
  const right = scalarConstant(expression.right);
  return left && right && computeConstant(expression.operator, left, right);
}
