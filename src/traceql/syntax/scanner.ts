/**
 * Reads query text the way Tempo's lexer does: it stands on Go's text/scanner package, so what counts as an identifier, a number, a
 * string or a comment, and which line and column an error gets, follow https://pkg.go.dev/text/scanner.
 */
import { CharacterReader, END_OF_TEXT, NEWLINE } from './character-reader';
import { digitValue, isDecimal, isLetter, isLetterOrDigit } from './characters';
import { scanNumber } from './number-scanner';

export type ScannedKind = 'end' | 'identifier' | 'integer' | 'float' | 'string' | 'rawString' | 'character' | 'other';

const WHITESPACE = new Set([0x09, NEWLINE, 0x0d, 0x20]);
const SIMPLE_ESCAPES = new Set([...'abfnrtv\\'].map((character) => character.charCodeAt(0)));

function isIdentifierPart(codePoint: number, isFirst: boolean): boolean {
  if (codePoint < 0x80) {
    const lower = codePoint | 0x20;
    return (lower >= 0x61 && lower <= 0x7a) || codePoint === 0x5f || (!isFirst && isDecimal(codePoint));
  }
  return isFirst ? isLetter(codePoint) : isLetterOrDigit(codePoint);
}

export class Scanner extends CharacterReader {
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
        return scanNumber(this, false);
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
          return isDecimal(this.current) ? scanNumber(this, true) : 'other';
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

  private skipWhitespace(): void {
    while (WHITESPACE.has(this.current)) {
      this.read();
    }
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
}
