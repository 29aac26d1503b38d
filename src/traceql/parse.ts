/** Query text to the typed tree, with everything that Tempo would say against it. */
import type { Diagnostic, ParseResult, Query } from './ast';
import { checkField } from './checks/field';
import { checkHints } from './checks/hints';
import { checkQuery } from './checks/query';
import { runMachine } from './syntax/machine';
import { SyntaxProblem } from './syntax/syntax-problem';
import { reduceRule, tokenValue } from './syntax/tree-builder';
import { content, type Value } from './syntax/values';

/** Tempo's default limit, bytes of UTF-8. */
export const MAX_QUERY_BYTES = 128 * 1024;

/** Whoever walks the tree does so by recursion: deeper queries would overflow the stack. */
const MAX_DEPTH = 2000;

export interface SyntaxDiagnostic extends Diagnostic {
  kind: 'syntax';
  /** From 1; 0 where Tempo itself no longer knows the line. */
  line: number;
  /** From 1, in characters. */
  column: number;
}

export type SyntaxResult =
  { query: Query; problem?: undefined } | { query?: undefined; problem: SyntaxDiagnostic | Diagnostic };

/** The syntax only: no types are checked. Never throws. */
export function parseSyntax(text: string): SyntaxResult {
  const { query, isTooDeep, problem } = readQuery(text);
  if (!query) {
    return { problem };
  }
  return isTooDeep ? { problem: tooDeepProblem(query) } : { query };
}

/** What is wrong with a query of any depth, types and all. Never throws. */
export function findProblem(
  text: string,
  check: (query: Query) => Diagnostic | undefined
): SyntaxDiagnostic | Diagnostic | undefined {
  // Each field is checked as soon as it is read, when its parts already are: that needs no deep recursion.
  const { query, problem } = readQuery(text, (value) => value.kind === 'field' && checkField(value.content));
  if (!query) {
    return problem;
  }
  try {
    return check(query);
  } catch (error) {
    if (error instanceof RangeError) {
      return tooDeepProblem(query);
    }
    throw error;
  }
}

type ReadResult =
  | { query: Query; isTooDeep: boolean; problem?: undefined }
  | { query?: undefined; isTooDeep?: undefined; problem: SyntaxDiagnostic | Diagnostic };

function readQuery(text: string, whenRead?: (value: Value) => void): ReadResult {
  if (isTooLong(text)) {
    return { problem: tooLongProblem(text) };
  }
  try {
    const value = runMachine<Value>(text, {
      tokenValue,
      reduce(rule, values, fail) {
        const result = reduceRule(rule, values, fail);
        whenRead?.(result);
        return result;
      },
    });
    return { query: content(value, 'query'), isTooDeep: value.depth > MAX_DEPTH };
  } catch (error) {
    if (error instanceof SyntaxProblem) {
      const { message, line, column, from, to } = error;
      return { problem: { severity: 'error', kind: 'syntax', message, line, column, from, to } };
    }
    throw error;
  }
}

function tooLongProblem(text: string): Diagnostic {
  return {
    severity: 'error',
    kind: 'type',
    message: `TraceQL expression exceeds the configured maximum size of ${MAX_QUERY_BYTES} bytes, reduce the query expression size`,
    from: 0,
    to: text.length,
  };
}

function tooDeepProblem({ from, to }: Query): Diagnostic {
  return { severity: 'error', kind: 'unsupported', message: 'the query is nested too deeply', from, to };
}

/**
 * Never throws. `diagnostics` holds the first error that Tempo would report, if any, and hints such as unscoped attributes.
 * `query` is there whenever the syntax is right, type errors or not.
 */
export function parseQuery(text: string): ParseResult {
  const { query, problem } = parseSyntax(text);
  if (!query) {
    return { diagnostics: [problem] };
  }
  const error = checkQuery(query);
  return { query, diagnostics: [...(error ? [error] : []), ...checkHints(query)] };
}

function isTooLong(text: string): boolean {
  // A UTF-16 unit takes at most three bytes.
  return (
    text.length * 3 > MAX_QUERY_BYTES &&
    (text.length > MAX_QUERY_BYTES || new TextEncoder().encode(text).length > MAX_QUERY_BYTES)
  );
}
