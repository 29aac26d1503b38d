/** The verdict that Tempo would give on a query. */
import type { Diagnostic } from './ast';
import { checkEndpoint, checkQuery, type QueryEndpoint } from './checks/query';
import { findProblem } from './parse';

export type Verdict = 'valid' | 'syntax' | 'type' | 'unsupported';

export interface Validation {
  verdict: Verdict;
  /** Whole, as Tempo words it: `parse error at line 1, col 3: …` for syntax errors. Absent when valid. */
  message?: string;
  /** From 1; of a syntax error as Tempo counts it, where it does. */
  line?: number;
  /** From 1, in characters. */
  column?: number;
  /** UTF-16 offset of what the message is about. */
  from?: number;
  /** Exclusive. */
  to?: number;
}

/** Never throws. Without an endpoint, a query is valid when either of search or metrics takes it. */
export function validateQuery(text: string, { endpoint }: { endpoint?: QueryEndpoint } = {}): Validation {
  if (text === '' && endpoint !== 'metrics') {
    // Search takes no query for "everything"; text of blanks only is an error there, too.
    return { verdict: 'valid' };
  }
  const problem = findProblem(text, (query) => checkQuery(query) ?? (endpoint && checkEndpoint(query, endpoint)));
  if (!problem) {
    return { verdict: 'valid' };
  }
  if ('line' in problem) {
    const { line, column, from, to } = problem;
    // Tempo itself forgets the line of a token that it put together from several characters.
    const place = positionOf(text, from);
    const at = line === 0 && column === 0 ? 'parse error : ' : `parse error at line ${line}, col ${column}: `;
    return { verdict: 'syntax', message: at + problem.message, line: line || place.line, column, from, to };
  }
  return refused(text, problem);
}

function refused(text: string, { kind, message, from, to }: Diagnostic): Validation {
  return { verdict: kind === 'unsupported' ? 'unsupported' : 'type', message, ...positionOf(text, from), from, to };
}

/** Line and column from 1, the column in characters. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: [...lines[lines.length - 1]].length + 1 };
}
