/** What could be done about a finding, as edits of the text. */
import type { Attribute, BinaryExpression, Diagnostic, FieldExpression, Query } from '../ast';
import { intrinsicInfo } from '../intrinsics';
import { attributeText } from '../names';
import { isKindKeyword, isStatusKeyword } from '../operators';
import { parseSyntax } from '../parse';
import { parseDuration } from '../syntax/duration';
import { FIXED_TOKENS } from '../syntax/tokens';
import { walkQuery } from '../walk';

export interface QuickFix {
  title: string;
  from: number;
  to: number;
  /** Replaces the text from `from` to `to`. */
  text: string;
}

const OTHER_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['null', 'nil'],
  ['none', 'nil'],
  ['&', '&&'],
  ['|', '||'],
]);

/** Menus take `&&` for the mark of a shortcut key and show one `&`. */
const AND_TITLE = 'Write the and operator';

const RESOURCE_NAMES = /^(?:service|k8s|host|cloud|deployment|telemetry|process|container|os|faas)\./;

/** Fixes for each finding; those of syntax errors only where the text is then right, or wrong further on. */
export function fixesFor(text: string, query: Query | undefined, diagnostic: Diagnostic): QuickFix[] {
  if (diagnostic.kind === 'syntax') {
    return syntaxFixes(text, diagnostic).filter((fix) => getsFurther(text, fix, diagnostic.from));
  }
  return query ? treeFixes(text, query, diagnostic) : [];
}

function getsFurther(text: string, { from, to, text: replacement }: QuickFix, errorAt: number): boolean {
  const fixed = text.slice(0, from) + replacement + text.slice(to);
  const { problem } = parseSyntax(fixed);
  const moved = from <= errorAt ? replacement.length - (to - from) : 0;
  return !problem || problem.from > errorAt + Math.min(moved, 0);
}

/** Fixes of what parses: by the part of the tree that the finding is about. */
function treeFixes(text: string, query: Query, { kind, from, to }: Diagnostic): QuickFix[] {
  const fixes: QuickFix[] = [];
  walkQuery(query, {
    field(expression) {
      if (kind === 'hint') {
        fixes.push(...hintFixes(text, expression, from));
      } else if (expression.type === 'binary' && from <= expression.from && expression.to <= to) {
        fixes.push(...unquoteFix(expression));
      }
    },
  });
  return fixes;
}

function hintFixes(text: string, expression: FieldExpression, from: number): QuickFix[] {
  if (expression.type === 'attribute' && expression.from === from && expression.scope === 'any') {
    return scopeFixes(expression);
  }
  if (expression.type !== 'binary' || expression.right.from !== from || expression.right.type !== 'static') {
    return [];
  }
  const { left, right, operator } = expression;
  if (right.valueType === 'string') {
    const at = text.slice(left.to, right.from).lastIndexOf(operator) + left.to;
    const pattern = operator === '=' ? '=~' : '!~';
    return [{ title: `Write ${pattern}`, from: at, to: at + operator.length, text: pattern }];
  }
  const number = text.slice(right.from, right.to);
  return ['ms', 's']
    .filter((unit) => parseDuration(number + unit) !== undefined)
    .map((unit) => ({ title: `Write ${number}${unit}`, from: right.from, to: right.to, text: number + unit }));
}

function scopeFixes({ name, from, to }: Attribute): QuickFix[] {
  const ordered = RESOURCE_NAMES.test(name) ? (['resource', 'span'] as const) : (['span', 'resource'] as const);
  return ordered.map((scope) => ({ title: `Add the scope: ${scope}.`, from, to, text: attributeText(scope, name) }));
}

/** `status = "error"`, `kind = "server"`, `duration > "1s"`: words and durations stand without quotes. */
function unquoteFix({ left, right }: BinaryExpression): QuickFix[] {
  if (left.type !== 'intrinsic' || right.type !== 'static' || right.valueType !== 'string') {
    return [];
  }
  const type = intrinsicInfo(left.name)?.valueType;
  const word = right.value.trim();
  const fits =
    (type === 'status' && isStatusKeyword(word)) ||
    (type === 'kind' && isKindKeyword(word)) ||
    (type === 'duration' && parseDuration(word) !== undefined) ||
    (type === 'int' && /^-?\d+$/.test(word));
  return fits ? [{ title: `Write ${word} without quotes`, from: right.from, to: right.to, text: word }] : [];
}

function syntaxFixes(text: string, { from, to, message }: Diagnostic): QuickFix[] {
  const singleQuoted = /^'[^'\n]*'/.exec(text.slice(from))?.[0];
  if (singleQuoted) {
    const content = singleQuoted.slice(1, -1).replace(/["\\]/g, '\\$&');
    return [{ title: 'Use double quotes', from, to: from + singleQuoted.length, text: `"${content}"` }];
  }
  if (message === 'literal not terminated') {
    return [closingQuote(text, from)];
  }
  const word = text.slice(from, to);
  return [
    ...spellingFixes(word, from, to),
    ...(message.startsWith('unknown identifier: ') && /^[A-Za-z_]/.test(word) ? unknownWordFixes(text, from, to) : []),
    ...(word === '=' && text[from - 1] === '=' ? [{ title: 'Write =', from: from - 1, to, text: '=' }] : []),
    ...structureFixes(text, from, word),
    ...(/expecting \)$/.test(message) ? [closingParenthesis(text, from)] : []),
  ];
}

function spellingFixes(word: string, from: number, to: number): QuickFix[] {
  const lower = word.toLowerCase();
  const replacement = OTHER_SPELLINGS.get(lower) ?? (FIXED_TOKENS.has(lower) ? lower : undefined);
  return replacement !== undefined && replacement !== word
    ? [{ title: replacement === '&&' ? AND_TITLE : `Write ${replacement}`, from, to, text: replacement }]
    : [];
}

/** Braces and pipes that were left out. */
function structureFixes(text: string, from: number, word: string): QuickFix[] {
  const end = text.trimEnd().length;
  const fixes: QuickFix[] = [];
  if (from >= end) {
    fixes.push(
      ...['}', ')'].map((sign) => ({
        title: `Add ${sign}`,
        from: end,
        to: text.length,
        text: sign === '}' ? ` ${sign}` : sign,
      }))
    );
  }
  if (/^[a-z_]+$/.test(word) && /[})]\s*$/.test(text.slice(0, from))) {
    fixes.push({ title: `Put | before ${word}`, from, to: from, text: '| ' });
  }
  if (!/[{}|]/.test(text) && parseSyntax(`{ ${text.trim()} }`).query) {
    fixes.push({ title: 'Put the condition in { }', from: 0, to: text.length, text: `{ ${text.trim()} }` });
  }
  return fixes;
}

/** A bare word is an attribute without its scope, or a string without its quotes. */
function unknownWordFixes(text: string, from: number, to: number): QuickFix[] {
  const whole = /^[\w./-]+/.exec(text.slice(from))?.[0] ?? text.slice(from, to);
  const end = from + whole.length;
  if (/(?:=~?|!=|!~|[<>])\s*$/.test(text.slice(0, from))) {
    return [{ title: `Write "${whole}"`, from, to: end, text: `"${whole}"` }];
  }
  const ordered = RESOURCE_NAMES.test(whole) ? (['resource', 'span'] as const) : (['span', 'resource'] as const);
  return ordered.map((scope) => ({
    title: `Write ${scope}.${whole}`,
    from,
    to: end,
    text: attributeText(scope, whole),
  }));
}

function closingParenthesis(text: string, from: number): QuickFix {
  const at = text.slice(0, from).trimEnd().length;
  return { title: 'Add )', from: at, to: at, text: ')' };
}

function closingQuote(text: string, from: number): QuickFix {
  const line = text.slice(from).split('\n')[0];
  const at = from + line.replace(/\s*\}\s*$/, '').length;
  return { title: 'Close the string', from: at, to: at, text: text[from] };
}
