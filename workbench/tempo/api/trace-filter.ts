import { type Span } from '../../../src/trace/model';
import { parseQuery, validateQuery } from '../../../src/traceql';
import { type Pipeline } from '../../../src/traceql/ast';
import { compilePipeline, type StoredTrace } from '../engine';

import { ApiError } from './answer';

/** Answers the spans to keep. `spans` are the trace's, in its order. */
export type TraceFilter = (trace: StoredTrace, spans: readonly Span[]) => readonly Span[];

interface Depths {
  /** Levels of descendants to keep below a match; Infinity for all. */
  match: number;
  /** Levels of ancestors to keep above a match; Infinity for all. */
  ancestor: number;
}

/** `q` of a trace by id, with `keep_hierarchy`, `match_depth` and `ancestor_depth`; `undefined` without `q`. */
export function traceFilter(params: URLSearchParams): TraceFilter | undefined {
  const text = (params.get('q') ?? '').trim();
  if (text === '') {
    return undefined;
  }
  const pipeline = singleFilter(text);
  const keepHierarchy = boolParam(params, 'keep_hierarchy');
  const depths: Depths = {
    match: depthParam(params, 'match_depth', 0),
    ancestor: keepHierarchy ? depthParam(params, 'ancestor_depth', Infinity) : 0,
  };
  const compiled = compilePipeline(pipeline);
  return (trace, spans) => {
    const matched = new Set(compiled.evaluate(trace).flatMap((spanset) => spanset.spans.map(({ index }) => index)));
    const kept = withRelatives(spans, matched, depths);
    return spans.filter((_, index) => kept.has(index));
  };
}

function singleFilter(text: string): Pipeline {
  const { verdict, message } = validateQuery(text);
  const { query } = parseQuery(text);
  if (verdict !== 'valid' || !query) {
    throw new ApiError(`invalid TraceQL filter: ${message ?? 'unknown error'}`);
  }
  const { expression } = query;
  if (expression.type !== 'pipeline' || expression.stages.length !== 1 || expression.stages[0].type !== 'filter') {
    throw new ApiError(`invalid TraceQL filter: only a single TraceQL filter is supported: ${text}`);
  }
  return expression;
}

function boolParam(params: URLSearchParams, name: string): boolean {
  const text = params.get(name) ?? '';
  if (/^(1|t|T|true|TRUE|True)$/.test(text)) {
    return true;
  }
  if (text === '' || /^(0|f|F|false|FALSE|False)$/.test(text)) {
    return false;
  }
  throw new ApiError(`invalid value for ${name}: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** -1 stands for no bound. */
function depthParam(params: URLSearchParams, name: string, fallback: number): number {
  const text = params.get(name) ?? '';
  if (text === '') {
    return fallback;
  }
  if (!/^[+-]?\d+$/.test(text)) {
    throw new ApiError(`invalid value for ${name}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  const depth = Number(text);
  if (depth < -1) {
    throw new ApiError(`invalid value for ${name}: must be >= -1`);
  }
  return depth === -1 ? Infinity : depth;
}

function withRelatives(spans: readonly Span[], matched: ReadonlySet<number>, depths: Depths): Set<number> {
  const byId = new Map<string, number[]>();
  const byParent = new Map<string, number[]>();
  spans.forEach((span, index) => {
    push(byId, span.spanId, index);
    push(byParent, span.parentSpanId, index);
  });
  const parents = (index: number): number[] =>
    spans[index].parentSpanId === '' ? [] : (byId.get(spans[index].parentSpanId) ?? []);
  const children = (index: number): number[] => byParent.get(spans[index].spanId) ?? [];
  return new Set([
    ...matched,
    ...reachable(matched, children, depths.match),
    ...reachable(matched, parents, depths.ancestor),
  ]);
}

function push(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key);
  if (list) {
    list.push(index);
  } else {
    map.set(key, [index]);
  }
}

/** Level by level; rings end because nothing is visited twice. */
function reachable(from: ReadonlySet<number>, next: (index: number) => number[], depth: number): Set<number> {
  const seen = new Set(from);
  let level = [...from];
  for (let i = 0; i < depth && level.length > 0; i++) {
    level = level.flatMap(next).filter((index) => !seen.has(index) && seen.add(index));
  }
  return seen;
}
