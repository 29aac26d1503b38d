import { diagnose, type EditorDiagnostic } from '../../traceql/language/diagnostics';
import { fillVariables } from '../../traceql/variables';

/**
 * Findings in a text that may have dashboard variables outside of strings: something that fits stands in for each.
 * Places and fixes are those of the text as written, as a stand-in has the length of its variable.
 */
export function diagnoseWithVariables(text: string): EditorDiagnostic[] {
  const { text: filled } = fillVariables(text);
  const isOfStandIn = ({ from, to }: EditorDiagnostic) => filled.slice(from, to) !== text.slice(from, to);
  // Whether a variable's value has the right type is not known before it is there.
  const isCertain = (one: EditorDiagnostic) => (one.kind === 'syntax' || one.kind === 'hint') && !isOfStandIn(one);
  return diagnose(filled).filter((one) => filled === text || isCertain(one));
}
