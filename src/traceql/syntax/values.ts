/** What the rules of the grammar become while a query is parsed: unfinished parts of the tree. */
import type {
  FieldExpression,
  Hint,
  MetricsAggregate,
  MetricsCompare,
  MetricsExpression,
  MetricsSecondStage,
  Pipeline,
  PipelineStage,
  Query,
  ScalarExpression,
  StaticValue,
} from '../ast';
import type { Token } from './lexer';

interface Payloads {
  token: Token;
  field: FieldExpression;
  fields: FieldExpression[];
  numbers: number[];
  stage: PipelineStage;
  pipeline: Pipeline;
  scalar: ScalarExpression;
  /** A scalar without aggregates; Tempo computes it while it parses. */
  constant: { node: ScalarExpression; value: StaticValue };
  metricsStage: MetricsAggregate | MetricsCompare;
  secondStages: MetricsSecondStage[];
  metrics: MetricsExpression;
  hints: Hint[];
  query: Query;
}

export type ValueKind = keyof Payloads;

/** Offsets include parentheses around the value; the node's own do not. */
export type Value = {
  [Kind in ValueKind]: { kind: Kind; content: Payloads[Kind]; from: number; to: number; depth: number };
}[ValueKind];

export type ContentOf<Kind extends ValueKind> = Payloads[Kind];

/** The tables only ever pair a rule with values of the right kind, so a mismatch is a mistake in rules.ts. */
export function content<Kind extends ValueKind>(value: Value | undefined, kind: Kind): ContentOf<Kind> {
  if (!isKind(value, kind)) {
    throw new Error(`the grammar's rules gave ${value?.kind ?? 'nothing'} where ${kind} was wanted`);
  }
  return value.content;
}

function isKind<Kind extends ValueKind>(
  value: Value | undefined,
  kind: Kind
): value is Value & { kind: Kind; content: ContentOf<Kind> } {
  return value?.kind === kind;
}
