/** Everything the editor marks in a query, each with what could be done about it. */
import type { Attribute, Diagnostic } from '../ast';
import { checkEndpoint, type QueryEndpoint } from '../checks/query';
import { attributeText } from '../names';
import { parseQuery } from '../parse';
import { positionOf } from '../validate';
import { referencesOf } from '../walk';

export interface QuickFix {
  title: string;
  from: number;
  to: number;
  /** Replaces the text from `from` to `to`. */
  text: string;
}

export interface EditorDiagnostic extends Diagnostic {
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  fixes: QuickFix[];
}

const OTHER_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['null', 'nil'],
  ['none', 'nil'],
]);

const KEYWORDS = new Set(
  'true false ok error unset unspecified internal client server producer consumer nil duration name status kind'.split(
    ' '
  )
);

/** Never throws; empty for an empty text. */
export function diagnose(text: string, { endpoint }: { endpoint?: QueryEndpoint } = {}): EditorDiagnostic[] {
  if (text.trim() === '') {
    return [];
  }
  const { query, diagnostics } = parseQuery(text);
  const isRefused = diagnostics.some(({ severity }) => severity === 'error');
  const misplaced = query && endpoint && !isRefused ? checkEndpoint(query, endpoint) : undefined;
  const unscoped = new Map(
    (query ? referencesOf(query) : []).flatMap((reference) =>
      reference.type === 'attribute' ? [[reference.from, reference]] : []
    )
  );
  return [...diagnostics, ...(misplaced ? [misplaced] : [])].map((diagnostic) => ({
    ...diagnostic,
    ...positionOf(text, diagnostic.from),
    fixes: fixesFor(text, diagnostic, unscoped.get(diagnostic.from)),
  }));
}

function fixesFor(text: string, diagnostic: Diagnostic, attribute: Attribute | undefined): QuickFix[] {
  if (diagnostic.kind === 'hint' && attribute) {
    return scopeFixes(attribute);
  }
  return diagnostic.kind === 'syntax' ? syntaxFixes(text, diagnostic) : [];
}

function scopeFixes(attribute: Attribute): QuickFix[] {
  const { name, from, to } = attribute;
  const scopes =
    name === 'service.name' || /^(?:service|k8s|host|cloud|deployment|telemetry|process|container)\./.test(name);
  const ordered = scopes ? (['resource', 'span'] as const) : (['span', 'resource'] as const);
  return ordered.map((scope) => ({ title: `Add the scope: ${scope}.`, from, to, text: attributeText(scope, name) }));
}

function syntaxFixes(text: string, { from, to, message }: Diagnostic): QuickFix[] {
  const singleQuoted = /^'[^'\n]*'/.exec(text.slice(from))?.[0];
  if (singleQuoted) {
    const content = singleQuoted.slice(1, -1).replace(/["\\]/g, '\\$&');
    return [{ title: 'Use double quotes', from, to: from + singleQuoted.length, text: `"${content}"` }];
  }
  const word = text.slice(from, to);
  const replacement =
    OTHER_SPELLINGS.get(word.toLowerCase()) ?? (KEYWORDS.has(word.toLowerCase()) ? word.toLowerCase() : undefined);
  if (replacement !== undefined && replacement !== word) {
    return [{ title: `Write ${replacement}`, from, to, text: replacement }];
  }
  if (message.startsWith('unknown identifier: ') && /^[A-Za-z_]/.test(word)) {
    return unknownWordFixes(text, from, to);
  }
  if (word === '=' && text[from - 1] === '=') {
    return [{ title: 'Write =', from: from - 1, to, text: '=' }];
  }
  return message === 'literal not terminated' ? [closingQuote(text, from)] : [];
}

/** A bare word is an attribute without its scope, or a string without its quotes. */
function unknownWordFixes(text: string, from: number, to: number): QuickFix[] {
  const whole = /^[\w.-]+/.exec(text.slice(from))?.[0] ?? text.slice(from, to);
  const end = from + whole.length;
  if (/(?:=~?|!=|!~|[<>])\s*$/.test(text.slice(0, from))) {
    return [{ title: `Write "${whole}"`, from, to: end, text: `"${whole}"` }];
  }
  return (['span', 'resource'] as const).map((scope) => ({
    title: `Write ${scope}.${whole}`,
    from,
    to: end,
    text: attributeText(scope, whole),
  }));
}

function closingQuote(text: string, from: number): QuickFix {
  const line = text.slice(from).split('\n')[0];
  const at = from + line.replace(/\s*\}\s*$/, '').length;
  return { title: 'Close the string', from: at, to: at, text: text[from] };
}
