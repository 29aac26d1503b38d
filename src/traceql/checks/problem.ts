import type { Diagnostic, TextRange } from '../ast';

export type Problem = Diagnostic & { severity: 'error' };

export function typeProblem(message: string, { from, to }: TextRange): Problem {
  return { severity: 'error', kind: 'type', message, from, to };
}

export function unsupportedProblem(feature: string, { from, to }: TextRange): Problem {
  return { severity: 'error', kind: 'unsupported', message: `${feature} not yet supported`, from, to };
}
