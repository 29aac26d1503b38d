/**
 * Reads query text the way Tempo's lexer does: it stands on Go's text/scanner package, so what counts as an identifier, a number, a
 * string or a comment, and which line and column an error gets, follow https://pkg.go.dev/text/scanner.
 */
import { isLetter, isLetterOrDigit } from './characters';

/** A text that cannot be a query; `message` is in Tempo's words, without the position. */
export class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
    /** UTF-16 offsets of the text that is marked in the editor. */
    readonly from: number,
    readonly to: number
  ) {
    super(message);
    this.name = 'SyntaxProblem';
  }
}

export type ScannedKind = 'end' | 'identifier' | 'integer' | 'float' | 'string' | 'rawString' | 'character' | 'other';

export const END_OF_TEXT = -1;

const NEWLINE = 0x0a;
const WHITESPACE = new Set([0x09, NEWLINE, 0x0d, 0x20]);
const SIMPLE_ESCAPES = new Set([...'abfnrtv\\'].map((character) => character.charCodeAt(0)));

export function isDecimal(codePoint: number): boolean {
  return codePoint >= 0x30 && codePoint <= 0x39;
}

function digitValue(codePoint: number): number {
  if (isDecimal(codePoint)) {
    return codePoint - 0x30;
  }
  const lower = codePoint | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 16;
}

function isIdentifierPart(codePoint: number, isFirst: boolean): boolean {
  if (codePoint < 0x80) {
    const lower = codePoint | 0x20;
    return (lower >= 0x61 && lower <= 0x7a) || codePoint === 0x5f || (!isFirst && isDecimal(codePoint));
  }
  return isFirst ? isLetter(codePoint) : isLetterOrDigit(codePoint);
}

/** As Go's %q verb writes one character. */
function quoteCharacter(codePoint: number): string {
  return `'${String.fromCodePoint(codePoint)}'`;
}

export class Scanner {
  /** Of the last token, from 1; 0 once single characters were read after it, as in Go. */
  line = 0;
  /** Of the last token, from 1, in characters. */
  column = 0;
  /** UTF-16 offset of the last token. */
  tokenStart = 0;

  private offset = 0;
  private current = END_OF_TEXT;
  private readLine = 1;
  private readColumn = 0;
  private lastLineLength = 0;
  private atEnd = false;

  constructor(readonly text: string) {
    this.read();
    if (this.current === 0xfeff) {
      this.read();
    }
  }

  /** UTF-16 offset of the next character. */
  get position(): number {
    if (this.current === END_OF_TEXT) {
      return this.text.length;
    }
    return this.offset - (this.current > 0xffff ? 2 : 1);
  }

  peek(): number {
    return this.current;
  }

  /** Reads one character outside of any token; Go forgets the token's line then. */
  next(): void {
    this.line = 0;
    if (this.current !== END_OF_TEXT) {
      this.read();
    }
  }

  tokenText(): string {
    return this.text.slice(this.tokenStart, this.position);
  }

  fail(message: string): never {
    throw new SyntaxProblem(message, this.line, this.column, this.tokenStart, Math.max(this.position, this.tokenStart));
  }

  scan(): ScannedKind {
    this.line = 0;
    for (;;) {
      this.skipWhitespace();
      this.startToken();
      const codePoint = this.current;
      if (codePoint === END_OF_TEXT) {
        return 'end';
      }
      if (isIdentifierPart(codePoint, true)) {
        do {
          this.read();
        } while (this.current !== END_OF_TEXT && isIdentifierPart(this.current, false));
        return 'identifier';
      }
      if (isDecimal(codePoint)) {
        return this.scanNumber(false);
      }
      this.read();
      switch (codePoint) {
        case 0x22:
          this.scanQuoted(0x22);
          return 'string';
        case 0x27:
          if (this.scanQuoted(0x27) !== 1) {
            this.fail('invalid char literal');
          }
          return 'character';
        case 0x60:
          this.scanRawString();
          return 'rawString';
        case 0x2e:
          return isDecimal(this.current) ? this.scanNumber(true) : 'other';
        case 0x2f:
          if (this.current === 0x2f || this.current === 0x2a) {
            this.skipComment();
            continue;
          }
          return 'other';
        default:
          return 'other';
      }
    }
  }

  private read(): void {
    if (this.offset >= this.text.length) {
      if (!this.atEnd) {
        this.readColumn++;
        this.atEnd = true;
      }
      this.current = END_OF_TEXT;
      return;
    }
    const codePoint = this.text.codePointAt(this.offset) ?? END_OF_TEXT;
    this.offset += codePoint > 0xffff ? 2 : 1;
    this.readColumn++;
    this.current = codePoint;
    if (codePoint === NEWLINE) {
      this.readLine++;
      this.lastLineLength = this.readColumn;
      this.readColumn = 0;
    } else if (codePoint === 0) {
      this.fail('invalid character NUL');
    }
  }

  private skipWhitespace(): void {
    while (WHITESPACE.has(this.current)) {
      this.read();
    }
  }

  private startToken(): void {
    this.tokenStart = this.position;
    const afterNewline = this.readColumn === 0;
    this.line = afterNewline ? this.readLine - 1 : this.readLine;
    this.column = afterNewline ? this.lastLineLength : this.readColumn;
  }

  private skipComment(): void {
    if (this.peek() === 0x2f) {
      while (this.current !== NEWLINE && this.current !== END_OF_TEXT) {
        this.read();
      }
      return;
    }
    this.read();
    for (;;) {
      if (this.current === END_OF_TEXT) {
        this.fail('comment not terminated');
      }
      const isStar = this.current === 0x2a;
      this.read();
      if (isStar && this.current === 0x2f) {
        this.read();
        return;
      }
    }
  }

  /** Number of characters between the quotes. */
  private scanQuoted(quote: number): number {
    let count = 0;
    while (this.current !== quote) {
      if (this.current === NEWLINE || this.current === END_OF_TEXT) {
        this.fail('literal not terminated');
      }
      if (this.current === 0x5c) {
        this.read();
        this.scanEscape(quote);
      } else {
        this.read();
      }
      count++;
    }
    this.read();
    return count;
  }

  private scanEscape(quote: number): void {
    if (SIMPLE_ESCAPES.has(this.current) || this.current === quote) {
      this.read();
      return;
    }
    if (this.current >= 0x30 && this.current <= 0x37) {
      this.scanDigits(8, 3);
      return;
    }
    const hexDigits = new Map([
      [0x78, 2],
      [0x75, 4],
      [0x55, 8],
    ]).get(this.current);
    if (hexDigits === undefined) {
      this.fail('invalid char escape');
    }
    this.read();
    this.scanDigits(16, hexDigits);
  }

  private scanDigits(base: number, count: number): void {
    for (let i = 0; i < count; i++) {
      if (this.current === END_OF_TEXT || digitValue(this.current) >= base) {
        this.fail('invalid char escape');
      }
      this.read();
    }
  }

  private scanRawString(): void {
    while (this.current !== 0x60) {
      if (this.current === END_OF_TEXT) {
        this.fail('literal not terminated');
      }
      this.read();
    }
    this.read();
  }

  private scanNumber(afterDot: boolean): ScannedKind {
    const literal = new NumberLiteral();
    let kind: ScannedKind = 'integer';
    let seenDot = afterDot;
    if (!afterDot) {
      this.readNumberPrefix(literal);
      this.readDigits(literal, literal.base);
      if (this.current === 0x2e) {
        this.read();
        seenDot = true;
      }
    }
    if (seenDot) {
      kind = 'float';
      if (literal.prefix === 'o' || literal.prefix === 'b') {
        this.fail(`invalid radix point in ${literal.name}`);
      }
      this.readDigits(literal, literal.base);
    }
    if (!literal.hasDigits) {
      this.fail(`${literal.name} has no digits`);
    }
    if (this.readExponent(literal)) {
      kind = 'float';
    } else if (literal.prefix === 'x' && kind === 'float') {
      this.fail("hexadecimal mantissa requires a 'p' exponent");
    }
    if (kind === 'integer' && literal.invalidDigit !== undefined) {
      this.fail(`invalid digit ${quoteCharacter(literal.invalidDigit)} in ${literal.name}`);
    }
    if (literal.hasSeparator && hasMisplacedSeparator(this.tokenText())) {
      this.fail("'_' must separate successive digits");
    }
    return kind;
  }

  private readNumberPrefix(literal: NumberLiteral): void {
    if (this.peek() !== 0x30) {
      return;
    }
    this.read();
    const prefix = this.current === END_OF_TEXT ? '' : String.fromCodePoint(this.current).toLowerCase();
    if (prefix === 'x' || prefix === 'o' || prefix === 'b') {
      literal.prefix = prefix;
      literal.base = { x: 16, o: 8, b: 2 }[prefix];
      this.read();
    } else {
      literal.prefix = '0';
      literal.base = 8;
      literal.hasDigits = true;
    }
  }

  private readDigits(literal: NumberLiteral, base: number): boolean {
    let found = false;
    for (;;) {
      const codePoint = this.current;
      if (codePoint === 0x5f) {
        literal.hasSeparator = true;
      } else if (base <= 10 ? isDecimal(codePoint) : codePoint !== END_OF_TEXT && digitValue(codePoint) < 16) {
        found = true;
        if (base <= 10 && codePoint - 0x30 >= base) {
          literal.invalidDigit ??= codePoint;
        }
      } else {
        literal.hasDigits ||= found;
        return found;
      }
      this.read();
    }
  }

  private readExponent(literal: NumberLiteral): boolean {
    const letter = this.current === END_OF_TEXT ? '' : String.fromCodePoint(this.current).toLowerCase();
    if (letter !== 'e' && letter !== 'p') {
      return false;
    }
    if (letter === 'e' && literal.prefix !== '' && literal.prefix !== '0') {
      this.fail(`${quoteCharacter(this.current)} exponent requires decimal mantissa`);
    }
    if (letter === 'p' && literal.prefix !== 'x') {
      this.fail(`${quoteCharacter(this.current)} exponent requires hexadecimal mantissa`);
    }
    this.read();
    if (this.current === 0x2b || this.current === 0x2d) {
      this.read();
    }
    // The exponent is decimal whatever the base of the mantissa is.
    const exponent = new NumberLiteral();
    const hasExponentDigits = this.readDigits(exponent, 10);
    literal.hasSeparator ||= exponent.hasSeparator;
    if (!hasExponentDigits) {
      this.fail('exponent has no digits');
    }
    return true;
  }
}

class NumberLiteral {
  base = 10;
  prefix: '' | '0' | 'x' | 'o' | 'b' = '';
  hasDigits = false;
  hasSeparator = false;
  invalidDigit: number | undefined;

  get name(): string {
    switch (this.prefix) {
      case 'x':
        return 'hexadecimal literal';
      case 'o':
      case '0':
        return 'octal literal';
      case 'b':
        return 'binary literal';
      default:
        return 'decimal literal';
    }
  }
}

/** Underscores may stand only between digits, or between a base prefix and a digit. */
function hasMisplacedSeparator(literal: string): boolean {
  const prefix = /^0[xXoObB]/.exec(literal)?.[0] ?? '';
  const digit = /^0[xX]/.test(prefix) ? '[0-9a-fA-F]' : '[0-9]';
  const rest = literal.slice(prefix.length);
  const before = prefix ? `(?:^|${digit})` : digit;
  const wellPlaced = new RegExp(`(?<=${before})_(?=${digit})`, 'g');
  return rest.replace(wellPlaced, '').includes('_');
}
