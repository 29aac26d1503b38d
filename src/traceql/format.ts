/**
 * Lays a query out anew. Works on tokens, not on the tree: no token is changed, so the tree stays the same and comments stay where they are.
 */
import { parseSyntax } from './parse';
import { COMPARISON_OPERATORS, LOGICAL_OPERATORS, STRUCTURAL_OPERATORS } from './operators';
import { readLayoutTokens, type LayoutToken } from './syntax/layout-tokens';

export interface FormatOptions {
  /** Characters a line may have before the query is broken at its pipes and operators. */
  width?: number;
}

const DEFAULT_WIDTH = 80;
const INDENT = '  ';
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '{': '}' };
const BINARY = new Set<string>([
  ...COMPARISON_OPERATORS,
  ...LOGICAL_OPERATORS,
  ...STRUCTURAL_OPERATORS,
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '|',
]);
/** A sign behind one of these, or at the start, belongs to what follows. */
const BEFORE_SIGN = new Set([...BINARY, '!', '(', '{', ',']);
const TIGHT_CALL = /^[a-z_]+$/;

interface Group {
  open: LayoutToken;
  parts: Part[];
  close: LayoutToken;
}

type Part = LayoutToken | Group;

function isGroup(part: Part): part is Group {
  return 'parts' in part;
}

/** A text with a syntax error comes back as it is. The result formatted again is the same. */
export function formatQuery(text: string, { width = DEFAULT_WIDTH }: FormatOptions = {}): string {
  if (!parseSyntax(text).query) {
    return text;
  }
  const parts = nest(readLayoutTokens(text));
  const lines = layOut(parts, '', width);
  return lines.join('\n');
}

function nest(tokens: readonly LayoutToken[]): Part[] {
  const root: Part[] = [];
  const stack: Array<{ open?: LayoutToken; parts: Part[] }> = [{ parts: root }];
  for (const token of tokens) {
    const top = stack[stack.length - 1];
    if (token.text in CLOSERS) {
      stack.push({ open: token, parts: [] });
    } else if (top.open && CLOSERS[top.open.text] === token.text) {
      stack.pop();
      stack[stack.length - 1].parts.push({ open: top.open, parts: top.parts, close: token });
    } else {
      top.parts.push(token);
    }
  }
  return root;
}

function hasLineComment(parts: readonly Part[]): boolean {
  return parts.some((part) => (isGroup(part) ? hasLineComment(part.parts) : part.comment === 'line'));
}

function layOut(parts: readonly Part[], indent: string, width: number): string[] {
  const flat = flatText(parts);
  if (!hasLineComment(parts) && indent.length + flat.length <= width) {
    return [indent + flat];
  }
  return segments(parts).flatMap((segment) => layOutSegment(segment, indent, width));
}

/** One line's worth of parts each: a new one starts at operators and pipes, after commas and line comments. */
function segments(parts: readonly Part[]): Part[][] {
  const breaking = parts.some((part) => isBreak(part, '|')) ? isPipe : isLogical;
  const result: Part[][] = [[]];
  parts.forEach((part, index) => {
    const current = result[result.length - 1];
    if (current.length > 0 && breaking(part)) {
      result.push([part]);
      return;
    }
    current.push(part);
    if (index < parts.length - 1 && !isGroup(part) && (part.comment === 'line' || part.text === ',')) {
      result.push([]);
    }
  });
  return result;
}

function isBreak(part: Part, text: string): boolean {
  return !isGroup(part) && part.text === text;
}

function isPipe(part: Part): boolean {
  return isBreak(part, '|');
}

function isLogical(part: Part): boolean {
  return isBreak(part, '&&') || isBreak(part, '||');
}

function layOutSegment(segment: readonly Part[], indent: string, width: number): string[] {
  const flat = flatText(segment);
  const isLong = indent.length + flat.length > width;
  const opened = segment.findIndex(
    (part) => isGroup(part) && part.parts.length > 0 && (isLong || hasLineComment([part]))
  );
  const group = segment[opened];
  if (opened < 0 || group === undefined || !isGroup(group)) {
    return segment.some(isLogical) && isLong && segment.length > 1 && segments(segment).length > 1
      ? segments(segment).flatMap((inner) => layOutSegment(inner, indent, width))
      : [indent + flat];
  }
  const before = flatText([...segment.slice(0, opened), group.open]);
  const after = layOutSegment([group.close, ...segment.slice(opened + 1)], indent, width);
  return [indent + before, ...layOut(group.parts, indent + INDENT, width), ...after];
}

function flatText(parts: readonly Part[]): string {
  const tokens = parts.flatMap(flatten);
  let text = '';
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    text += previous && needsSpace(tokens[index - 2], previous, token) ? ` ${token.text}` : token.text;
  });
  return text;
}

function flatten(part: Part): LayoutToken[] {
  return isGroup(part) ? [part.open, ...part.parts.flatMap(flatten), part.close] : [part];
}

function needsSpace(beforePrevious: LayoutToken | undefined, previous: LayoutToken, token: LayoutToken): boolean {
  if (previous.comment || token.comment) {
    return true;
  }
  if (previous.text === '(' || token.text === ')' || token.text === ',') {
    return false;
  }
  if (isSign(beforePrevious, previous)) {
    return false;
  }
  if (token.text === '(') {
    // `count(`, but `rate() by (` and `with (`
    const isCall = TIGHT_CALL.test(previous.text) && previous.text !== 'with';
    const isMetricsBy = previous.text === 'by' && beforePrevious?.text === ')';
    return !isCall || isMetricsBy;
  }
  const isHintValue = previous.inHints || token.inHints;
  return !(isHintValue && (previous.text === '=' || token.text === '='));
}

function isSign(previous: LayoutToken | undefined, token: LayoutToken): boolean {
  return (
    (token.text === '!' || token.text === '-') &&
    (!previous || BEFORE_SIGN.has(previous.text) || previous.comment !== undefined)
  );
}
