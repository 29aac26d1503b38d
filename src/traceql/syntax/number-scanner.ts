/** Number literals as Go's text/scanner package reads them, with its messages: https://pkg.go.dev/text/scanner. */
import { type CharacterReader, END_OF_TEXT } from './character-reader';
import { digitValue, isDecimal } from './characters';

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

/** @param afterDot the point before the first digit was read */
export function scanNumber(reader: CharacterReader, afterDot: boolean): 'integer' | 'float' {
  const literal = new NumberLiteral();
  let kind: 'integer' | 'float' = 'integer';
  let seenDot = afterDot;
  if (!afterDot) {
    readNumberPrefix(reader, literal);
    readDigits(reader, literal, literal.base);
    if (reader.peek() === 0x2e) {
      reader.read();
      seenDot = true;
    }
  }
  if (seenDot) {
    kind = 'float';
    if (literal.prefix === 'o' || literal.prefix === 'b') {
      reader.fail(`invalid radix point in ${literal.name}`);
    }
    readDigits(reader, literal, literal.base);
  }
  if (!literal.hasDigits) {
    reader.fail(`${literal.name} has no digits`);
  }
  if (readExponent(reader, literal)) {
    kind = 'float';
  } else if (literal.prefix === 'x' && kind === 'float') {
    reader.fail("hexadecimal mantissa requires a 'p' exponent");
  }
  if (kind === 'integer' && literal.invalidDigit !== undefined) {
    reader.fail(`invalid digit ${quoteCharacter(literal.invalidDigit)} in ${literal.name}`);
  }
  if (literal.hasSeparator && hasMisplacedSeparator(reader.tokenText())) {
    reader.fail("'_' must separate successive digits");
  }
  return kind;
}

function readNumberPrefix(reader: CharacterReader, literal: NumberLiteral): void {
  if (reader.peek() !== 0x30) {
    return;
  }
  reader.read();
  const prefix = reader.peek() === END_OF_TEXT ? '' : String.fromCodePoint(reader.peek()).toLowerCase();
  if (prefix === 'x' || prefix === 'o' || prefix === 'b') {
    literal.prefix = prefix;
    literal.base = { x: 16, o: 8, b: 2 }[prefix];
    reader.read();
  } else {
    literal.prefix = '0';
    literal.base = 8;
    literal.hasDigits = true;
  }
}

function readDigits(reader: CharacterReader, literal: NumberLiteral, base: number): boolean {
  let found = false;
  for (;;) {
    const codePoint = reader.peek();
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
    reader.read();
  }
}

function readExponent(reader: CharacterReader, literal: NumberLiteral): boolean {
  const letter = reader.peek() === END_OF_TEXT ? '' : String.fromCodePoint(reader.peek()).toLowerCase();
  if (letter !== 'e' && letter !== 'p') {
    return false;
  }
  if (letter === 'e' && literal.prefix !== '' && literal.prefix !== '0') {
    reader.fail(`${quoteCharacter(reader.peek())} exponent requires decimal mantissa`);
  }
  if (letter === 'p' && literal.prefix !== 'x') {
    reader.fail(`${quoteCharacter(reader.peek())} exponent requires hexadecimal mantissa`);
  }
  reader.read();
  if (reader.peek() === 0x2b || reader.peek() === 0x2d) {
    reader.read();
  }
  // The exponent is decimal whatever the base of the mantissa is.
  const exponent = new NumberLiteral();
  const hasExponentDigits = readDigits(reader, exponent, 10);
  literal.hasSeparator ||= exponent.hasSeparator;
  if (!hasExponentDigits) {
    reader.fail('exponent has no digits');
  }
  return true;
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

/** As Go's %q verb writes one character. */
function quoteCharacter(codePoint: number): string {
  return `'${String.fromCodePoint(codePoint)}'`;
}
