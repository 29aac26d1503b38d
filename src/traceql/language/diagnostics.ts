/** Everything the editor marks in a query, each with what could be done about it. */
import type { Diagnostic } from '../ast';
import { checkEndpoint, type QueryEndpoint } from '../checks/query';
import { parseQuery } from '../parse';
import { positionOf } from '../validate';
import { fixesFor, type QuickFix } from './fixes';

export type { QuickFix } from './fixes';

export interface EditorDiagnostic extends Diagnostic {
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  fixes: QuickFix[];
}

/** Never throws; empty for an empty text. */
export function diagnose(text: string, { endpoint }: { endpoint?: QueryEndpoint } = {}): EditorDiagnostic[] {
  if (text.trim() === '') {
    return [];
  }
  const { query, diagnostics } = parseQuery(text);
  const isRefused = diagnostics.some(({ severity }) => severity === 'error');
  const misplaced = query && endpoint && !isRefused ? checkEndpoint(query, endpoint) : undefined;
  return [...diagnostics, ...(misplaced ? [misplaced] : [])].map((diagnostic) => ({
    ...diagnostic,
    ...positionOf(text, diagnostic.from),
    fixes: fixesFor(text, query, diagnostic),
  }));
}
