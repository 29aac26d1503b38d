/** Spansets and the stages of a pipeline. */
import type { Pipeline, SpansetExpression } from '../../ast';
import { isSpansetOperator } from '../../operators';
import { content, type Value } from '../values';
import { addTo, type Builders, infix } from './builder';
import { references } from './fields';

export const pipelineBuilders: Builders = {
  pipeline: ({ values, from, to }) => ({
    kind: 'pipeline',
    content: { type: 'pipeline', stages: [content(values[0], 'stage')], from, to },
  }),
  stage: ({ values, from, to }) => ({
    kind: 'pipeline',
    content: addStage(content(values[0], 'pipeline'), values[2], from, to),
  }),
  spansetOperation: (context) => ({
    kind: 'stage',
    content: { type: 'spansetOperation', ...infix(context, isSpansetOperator, toSpansets) },
  }),
  filter: ({ values, from, to }) => ({
    kind: 'stage',
    content:
      values.length === 2
        ? { type: 'filter', from, to }
        : { type: 'filter', condition: content(values[1], 'field'), from, to },
  }),
  groupBy: ({ values, from, to }) => ({
    kind: 'stage',
    content: { type: 'groupBy', expression: content(values[2], 'field'), from, to },
  }),
  coalesce: ({ from, to }) => ({ kind: 'stage', content: { type: 'coalesce', from, to } }),
  select: ({ values, from, to }) => ({
    kind: 'stage',
    content: { type: 'select', fields: references(values[2]), from, to },
  }),
};

export function toPipeline(value: Value): Pipeline {
  return value.kind === 'pipeline'
    ? value.content
    : { type: 'pipeline', stages: [content(value, 'stage')], from: value.from, to: value.to };
}

function addStage(pipeline: Pipeline, value: Value, from: number, to: number): Pipeline {
  if (value.kind === 'scalar' && value.content.type === 'aggregate') {
    return { ...pipeline, aggregate: value.content, from, to };
  }
  return { ...pipeline, stages: addTo(pipeline.stages, [content(value, 'stage')]), from, to };
}

function toSpansets(value: Value): SpansetExpression {
  if (value.kind === 'pipeline') {
    return value.content;
  }
  const stage = content(value, 'stage');
  if (stage.type === 'filter' || stage.type === 'spansetOperation') {
    return stage;
  }
  throw new Error(`${stage.type} is no operand of a spanset operator`);
}
