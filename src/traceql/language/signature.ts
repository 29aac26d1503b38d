/** Which argument of which function is being written. */
import { docFor, type DocEntry } from './docs';
import { readLeaves } from './leaves';

export interface SignatureHelp {
  entry: DocEntry;
  /** Offsets of each parameter in the entry's signature. */
  parameters: Array<[from: number, to: number]>;
  /** Index of the one at the cursor; arguments past the last one are more of its kind. */
  active: number;
}

/** undefined outside of a call's parentheses. Never throws. */
export function signatureAt(text: string, offset: number): SignatureHelp | undefined {
  const calls: Array<{ name: string; commas: number }> = [];
  let previous = '';
  for (const leaf of readLeaves(text)) {
    if (leaf.to > offset) {
      break;
    }
    if (leaf.name.endsWith('Comment') || leaf.name === 'String') {
      continue;
    }
    const innermost = calls[calls.length - 1];
    if (leaf.text === '(' || leaf.text === '{') {
      calls.push({ name: leaf.text === '(' ? previous : '', commas: 0 });
    } else if (leaf.text === ')' || leaf.text === '}') {
      calls.pop();
    } else if (leaf.text === ',' && innermost) {
      innermost.commas++;
    }
    previous = leaf.text;
  }
  const call = calls[calls.length - 1];
  const entry = call && /^[a-z_]+$/.test(call.name) ? docFor(call.name) : undefined;
  if (!call || !entry || (entry.kind !== 'function' && entry.kind !== 'keyword')) {
    return undefined;
  }
  const parameters = parametersOf(entry.signature);
  return { entry, parameters, active: Math.min(call.commas, Math.max(0, parameters.length - 1)) };
}

/** Between the first parentheses, at the commas outside of braces. An optional one keeps its brackets. */
function parametersOf(signature: string): Array<[number, number]> {
  const open = signature.indexOf('(');
  const close = signature.indexOf(')', open);
  const parameters: Array<[number, number]> = [];
  let from = open + 1;
  for (let at = from; at <= close; at++) {
    if (signature[at] === ',' || at === close) {
      const name = signature.slice(from, at).replace(/[\s…[\]]+$/, '');
      const lead = /^[\s[]*/.exec(name)?.[0].length ?? 0;
      if (name.length > lead) {
        parameters.push([from + lead, from + name.length]);
      }
      from = at + 1;
    }
  }
  return parameters;
}
