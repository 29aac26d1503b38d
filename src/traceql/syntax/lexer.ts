/** Query text to the tokens of Tempo's grammar. Tokens are named as Tempo's messages name them: `{`, `span.`, `INTEGER`, `$end`. */
import { END_OF_TEXT } from './character-reader';
import { isAttributeCharacter, isNumeral } from './characters';
import { parseDuration } from './duration';
import { decodeGoString } from './go-string';
import { Scanner } from './scanner';
import { FIXED_TOKENS } from './tokens';

export interface Token {
  /** A fixed token's own text, or IDENTIFIER, STRING, INTEGER, FLOAT, DURATION, END_ATTRIBUTE, $end. */
  name: string;
  from: number;
  to: number;
  /** Decoded text of an identifier or a string. */
  text?: string;
  /** INTEGER, or DURATION in ns */
  integer?: bigint;
  float?: number;
}

const ATTRIBUTE_STARTS = new Set(['.', 'resource.', 'span.', 'parent.', 'event.', 'link.', 'instrumentation.']);
const SCOPES = new Set([...ATTRIBUTE_STARTS, 'span:', 'trace:', 'event:', 'link:', 'instrumentation:']);
const DURATION_LETTERS = new Set([...'nsumhµdwy'].map((character) => character.charCodeAt(0)));
const INT64_MAX = (BigInt(1) << BigInt(63)) - BigInt(1);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isDurationCharacter(codePoint: number): boolean {
  if (codePoint < 0x80) {
    return (codePoint >= 0x30 && codePoint <= 0x39) || codePoint === 0x2e || DURATION_LETTERS.has(codePoint);
  }
  return DURATION_LETTERS.has(codePoint) || isNumeral(codePoint);
}

export class Lexer {
  readonly scanner: Scanner;
  private inAttribute = false;
  private scope = '';

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  next(): Token {
    if (this.inAttribute) {
      return this.attributeToken();
    }
    const kind = this.scanner.scan();
    switch (kind) {
      case 'end':
        return this.token('$end');
      case 'string':
      case 'rawString':
        return this.token('STRING', {
          text: decodeGoString(this.scanner.tokenText()) ?? this.scanner.fail('invalid syntax'),
        });
      case 'integer':
      case 'float':
        return this.numberToken(kind);
      default:
        return this.wordOrSymbol();
    }
  }

  private token(name: string, value: Pick<Token, 'text' | 'integer' | 'float'> = {}): Token {
    return { name, from: this.scanner.tokenStart, to: this.scanner.position, ...value };
  }

  private numberToken(kind: 'integer' | 'float'): Token {
    const digits = this.scanner.tokenText();
    const duration = this.readDuration(digits);
    if (duration !== undefined) {
      return this.token('DURATION', { integer: duration });
    }
    if (kind === 'integer') {
      if (!/^[0-9]+$/.test(digits)) {
        this.scanner.fail(`strconv.Atoi: parsing "${digits}": invalid syntax`);
      }
      const integer = BigInt(digits);
      if (integer > INT64_MAX) {
        this.scanner.fail(`strconv.Atoi: parsing "${digits}": value out of range`);
      }
      return this.token('INTEGER', { integer });
    }
    return this.token('FLOAT', { float: this.parseFloat(digits) });
  }

  private parseFloat(digits: string): number {
    const plain = digits.replace(/_/g, '');
    const hexadecimal = /^0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/.exec(plain);
    const value = hexadecimal ? hexadecimalFloat(hexadecimal.slice(1)) : Number(plain);
    if (!Number.isFinite(value)) {
      this.scanner.fail(`strconv.ParseFloat: parsing "${digits}": value out of range`);
    }
    return value;
  }

  /** Takes the characters after the digits only when all of them together make a duration. */
  private readDuration(digits: string): bigint | undefined {
    const { text } = this.scanner;
    const start = this.scanner.position;
    let end = start;
    while (end < text.length && isDurationCharacter(text.codePointAt(end) ?? END_OF_TEXT)) {
      end++;
    }
    const duration = end === start ? undefined : parseDuration(digits + text.slice(start, end));
    if (duration !== undefined) {
      this.skipTo(end);
    }
    return duration;
  }

  private skipTo(offset: number): void {
    while (this.scanner.position < offset) {
      this.scanner.next();
    }
  }

  private wordOrSymbol(): Token {
    let text = this.scanner.tokenText();
    let found = FIXED_TOKENS.has(text) ? text : undefined;
    for (;;) {
      const codePoint = this.scanner.peek();
      text += codePoint === END_OF_TEXT ? '\ufffd' : String.fromCodePoint(codePoint);
      if (!FIXED_TOKENS.has(text)) {
        break;
      }
      this.scanner.next();
      found = text;
    }
    if (found === undefined) {
      return this.token('IDENTIFIER', { text: this.scanner.tokenText() });
    }
    if (found !== '.' && SCOPES.has(found)) {
      this.scope = found;
    }
    this.inAttribute = ATTRIBUTE_STARTS.has(found);
    return this.token(found);
  }

  private attributeToken(): Token {
    const from = this.scanner.position;
    if (!isAttributeCharacter(this.scanner.peek())) {
      this.inAttribute = false;
      return { name: 'END_ATTRIBUTE', from, to: from };
    }
    const innerScope = this.scope === 'parent.' ? this.innerScope(from) : undefined;
    if (innerScope) {
      this.skipTo(from + innerScope.length);
      this.scope = innerScope;
      return { name: innerScope, from, to: this.scanner.position };
    }
    const text = this.attributeName();
    return { name: 'IDENTIFIER', from, to: this.scanner.position, text };
  }

  /** After `parent.` the scope of the parent's attribute may follow. */
  private innerScope(from: number): string | undefined {
    return ['span.', 'resource.'].find((scope) => this.scanner.text.startsWith(scope, from));
  }

  private attributeName(): string {
    let name = '';
    for (let codePoint = this.scanner.peek(); isAttributeCharacter(codePoint); codePoint = this.scanner.peek()) {
      if (codePoint === QUOTE) {
        name += this.quotedNamePart();
      } else {
        name += String.fromCodePoint(codePoint);
        this.scanner.next();
      }
    }
    return name;
  }

  private quotedNamePart(): string {
    let part = '';
    this.scanner.next();
    for (;;) {
      const codePoint = this.scanner.peek();
      if (codePoint === END_OF_TEXT) {
        this.scanner.fail('unexpected EOF, expecting "');
      }
      this.scanner.next();
      if (codePoint === QUOTE) {
        return part;
      }
      if (codePoint !== BACKSLASH) {
        part += String.fromCodePoint(codePoint);
        continue;
      }
      const escaped = this.scanner.peek();
      if (escaped !== QUOTE && escaped !== BACKSLASH) {
        this.scanner.fail('invalid escape sequence');
      }
      part += String.fromCodePoint(escaped);
      this.scanner.next();
    }
  }
}

function hexadecimalFloat([whole, fraction, exponent]: string[]): number {
  const mantissa = Number(BigInt(`0x0${whole}${fraction}`));
  return mantissa * Math.pow(2, Number(exponent) - 4 * fraction.length);
}
