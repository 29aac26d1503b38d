/** Tokens and comments as they are written, for laying a query out anew. */
import type { TextRange } from '../ast';
import { Lexer, type Token } from './lexer';

export interface LayoutToken {
  text: string;
  comment?: 'line' | 'block';
  /** Inside the parentheses of `with (…)`. */
  inHints?: boolean;
}

const COMMENT = /\/\/[^\n]*|\/\*[^]*?\*\//g;

/** The text must be one that parses. */
export function readLayoutTokens(text: string): LayoutToken[] {
  const tokens: LayoutToken[] = [];
  let end = 0;
  let joins = false;
  let inHints = false;
  for (const token of readTokens(text)) {
    const comments = text.slice(end, token.from).match(COMMENT) ?? [];
    tokens.push(...comments.map((comment) => layoutComment(comment)));
    const written = text.slice(token.from, token.to);
    inHints = written === 'with' || (inHints && written !== ')');
    const last = tokens[tokens.length - 1];
    if (joins && comments.length === 0) {
      last.text += written;
    } else if (written !== '') {
      tokens.push({ text: written, ...(inHints && { inHints }) });
    }
    // A scope and its name are one word; nothing stands between them in the text that comes out.
    joins = /^[a-z]*[.:]$/.test(token.name) || (joins && token.name.endsWith('.'));
    end = token.to;
  }
  return tokens;
}

/** The comments of a text that parses, with their delimiters. */
export function readComments(text: string): Array<TextRange & { text: string }> {
  let end = 0;
  return readTokens(text).flatMap((token) => {
    const gapStart = end;
    end = token.to;
    return [...text.slice(gapStart, token.from).matchAll(COMMENT)].map(({ 0: comment, index = 0 }) => ({
      text: comment,
      from: gapStart + index,
      to: gapStart + index + comment.length,
    }));
  });
}

function readTokens(text: string): Token[] {
  const lexer = new Lexer(text);
  const tokens: Token[] = [];
  for (let token = lexer.next(); ; token = lexer.next()) {
    tokens.push(token);
    if (token.name === '$end') {
      return tokens;
    }
  }
}

function layoutComment(text: string): LayoutToken {
  return text.startsWith('//') ? { text: text.trimEnd(), comment: 'line' } : { text, comment: 'block' };
}
