import { type DataQueryError } from '@grafana/data';
import { type monacoTypes } from '@grafana/ui';
import { type Diagnostic } from '../../traceql/ast';
import { diagnoseWithVariables } from './diagnose-with-variables';
import { queryKind } from '../query/query-kind';
import { toRange } from './monaco-providers';
import { positionOfError } from '../query/query-error';

export interface MarkerText {
  severity: 'error' | 'warning';
  message: string;
  /** UTF-16 offsets; exclusive end */
  from: number;
  to: number;
}

/** What is wrong with the text, for people. Something that fits stands in for variables, which are not filled in yet. */
export function diagnose(text: string): MarkerText[] {
  if (text.trim() === '' || queryKind(text) === 'traceId') {
    return [];
  }
  return diagnoseWithVariables(text).map(toMarkerText);
}

/** Tempo's own complaint at the place it names; at the first line when it names none. */
export function errorMarker(text: string, error: DataQueryError): MarkerText {
  const position = positionOfError(error);
  const from = position ? offsetOf(text, position.line, position.column) : 0;
  const to = position ? Math.max(from + 1, wordEnd(text, from)) : text.length;
  return { severity: 'error', message: error.message ?? '', from: Math.min(from, text.length), to };
}

export function toMonacoMarker(
  model: Pick<monacoTypes.editor.ITextModel, 'getPositionAt'>,
  { severity, message, from, to }: MarkerText,
  severities: { Error: number; Warning: number }
): monacoTypes.editor.IMarkerData {
  return {
    severity: severity === 'error' ? severities.Error : severities.Warning,
    message,
    ...toRange(model, from, Math.max(to, from + 1)),
  };
}

function toMarkerText({ severity, message, from, to }: Diagnostic): MarkerText {
  return { severity, message, from, to };
}

/** Tempo counts lines and characters from 1. */
function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const inLine = [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length;
  return before + inLine;
}

function wordEnd(text: string, from: number): number {
  return from + (/^[\w.:-]+/.exec(text.slice(from))?.[0].length ?? 1);
}
