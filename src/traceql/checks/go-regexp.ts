/** Whether Go's regexp package takes a pattern: the RE2 syntax of https://github.com/google/re2/wiki/Syntax, without look-around or back-references. */

const MAX_REPEAT = 1000;
const MAX_NESTING = 1000;
const PERL_CLASSES = 'dDsSwW';
const SIMPLE_ESCAPES = 'afnrtv';
const POSIX_CLASSES = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'
    .split(' ')
    .flatMap((name) => [name, `^${name}`])
);

class InvalidPattern extends Error {}

interface Group {
  /** Highest product of the repeat counts inside. */
  weight: number;
  /** Weight of what a repetition would apply to; undefined at the start of an alternative. */
  operand?: number;
}

/** What Go says against the pattern, or undefined when it is fine. */
export function goRegexpError(pattern: string): string | undefined {
  try {
    new PatternReader(pattern).readAll();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidPattern) {
      return error.message;
    }
    throw error;
  }
}

function refuse(message: string): never {
  throw new InvalidPattern(message);
}

class PatternReader {
  private readonly characters: string[];
  private at = 0;
  private readonly groups: Group[] = [{ weight: 1 }];

  constructor(pattern: string) {
    this.characters = [...pattern];
  }

  readAll(): void {
    let repeated = false;
    while (this.at < this.characters.length) {
      repeated = this.readOne(repeated);
    }
    if (this.groups.length > 1) {
      refuse('missing closing )');
    }
  }

  /** Returns whether it was a repetition, which must not be followed by another. */
  private readOne(afterRepetition: boolean): boolean {
    switch (this.take()) {
      case '(':
        this.openGroup();
        return false;
      case ')':
        this.closeGroup();
        return false;
      case '|':
        this.group().operand = undefined;
        return false;
      case '[':
        this.readClass();
        this.operand(1);
        return false;
      case '*':
      case '+':
      case '?':
        this.repeat(afterRepetition, 1, false);
        return true;
      case '{':
        return this.readCount(afterRepetition);
      case '\\':
        this.readEscape();
        return false;
      default:
        this.operand(1);
        return false;
    }
  }

  private take(): string {
    return this.characters[this.at++] ?? '';
  }

  private peek(ahead = 0): string {
    return this.characters[this.at + ahead] ?? '';
  }

  private rest(): string {
    return this.characters.slice(this.at, this.at + 64).join('');
  }

  private group(): Group {
    return this.groups[this.groups.length - 1];
  }

  private operand(weight: number): void {
    const group = this.group();
    group.operand = weight;
    group.weight = Math.max(group.weight, weight);
  }

  private openGroup(): void {
    if (this.peek() === '?') {
      const name = /^\?P?<([^>]*)(>?)/.exec(this.characters.slice(this.at).join(''));
      if (name) {
        if (!/^[A-Za-z0-9_]+$/.test(name[1]) || !name[2]) {
          refuse('invalid named capture');
        }
        this.at += [...name[0]].length;
      } else if (!this.readFlags()) {
        return;
      }
    }
    this.groups.push({ weight: 1 });
    if (this.groups.length > MAX_NESTING) {
      refuse('expression nests too deeply');
    }
  }

  /** `?i-s:` opens a group, `?i)` only sets flags. */
  private readFlags(): boolean {
    const flags = /^\?(?:[imsU]*)(?:-[imsU]+)?([:)])/.exec(this.rest());
    if (!flags) {
      refuse('invalid or unsupported Perl syntax');
    }
    this.at += flags[0].length;
    return flags[1] === ':';
  }

  private closeGroup(): void {
    if (this.groups.length === 1) {
      refuse('unexpected )');
    }
    const closed = this.groups.pop();
    this.operand(closed?.weight ?? 1);
  }

  private repeat(afterRepetition: boolean, count: number, isCounted: boolean): void {
    if (this.peek() === '?') {
      this.at++;
    }
    if (afterRepetition) {
      refuse('invalid nested repetition operator');
    }
    const { operand } = this.group();
    if (operand === undefined) {
      refuse('missing argument to repetition operator');
    }
    const weight = isCounted ? operand * count : operand;
    if (isCounted && count >= 2 && weight > MAX_REPEAT) {
      refuse('invalid repeat count');
    }
    this.operand(weight);
  }

  private readCount(afterRepetition: boolean): boolean {
    const count = /^([0-9]+)(?:(,)([0-9]*))?\}/.exec(this.rest());
    const hasLeadingZero = count && [count[1], count[3] ?? ''].some((digits) => /^0[0-9]/.test(digits));
    if (!count || hasLeadingZero) {
      this.operand(1);
      return false;
    }
    this.at += count[0].length;
    const min = Number(count[1]);
    const max = count[2] ? (count[3] ? Number(count[3]) : undefined) : min;
    if (min > MAX_REPEAT || (max !== undefined && (max > MAX_REPEAT || min > max))) {
      refuse('invalid repeat count');
    }
    this.repeat(afterRepetition, max ?? min, true);
    return true;
  }

  private readEscape(): void {
    const next = this.peek();
    if (next === '') {
      refuse('trailing backslash at end of expression');
    }
    if (next === 'Q') {
      this.readLiteralText();
      return;
    }
    if ('AbBz'.includes(next) || PERL_CLASSES.includes(next)) {
      this.at++;
    } else if (next === 'p' || next === 'P') {
      this.readUnicodeClass();
    } else {
      this.readCharacterEscape();
    }
    this.operand(1);
  }

  private readLiteralText(): void {
    this.at++;
    const text = this.characters.slice(this.at).join('');
    const end = text.indexOf('\\E');
    const literal = end < 0 ? text : text.slice(0, end);
    this.at += [...literal].length + (end < 0 ? 0 : 2);
    if (literal) {
      this.operand(1);
    }
  }

  private readUnicodeClass(): void {
    const name = /^[pP](?:\{\^?([^}]*)\}|(.))/su.exec(this.characters.slice(this.at).join(''));
    if (!name || !isUnicodeClass(name[1] ?? name[2])) {
      refuse('invalid character class range');
    }
    this.at += [...name[0]].length;
  }

  private readCharacterEscape(): number {
    const next = this.take();
    if (next === 'x') {
      return this.readHexadecimal();
    }
    if (next >= '0' && next <= '7') {
      const octal = /^[0-7]{1,2}/.exec(this.rest())?.[0] ?? '';
      if (next !== '0' && octal === '') {
        refuse('invalid escape sequence');
      }
      this.at += octal.length;
      return parseInt(next + octal, 8);
    }
    if (SIMPLE_ESCAPES.includes(next) && next !== '') {
      return '\x07\f\n\r\t\v'.charCodeAt(SIMPLE_ESCAPES.indexOf(next));
    }
    if (next === '' || /[0-9A-Za-z]/.test(next) || next > '\x7f') {
      refuse('invalid escape sequence');
    }
    return next.charCodeAt(0);
  }

  private readHexadecimal(): number {
    const digits = /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(this.rest());
    const value = digits ? parseInt(digits[1] ?? digits[2], 16) : Infinity;
    if (!digits || value > 0x10ffff) {
      refuse('invalid escape sequence');
    }
    this.at += digits[0].length;
    return value;
  }

  private readClass(): void {
    if (this.peek() === '^') {
      this.at++;
    }
    for (let isFirst = true; isFirst || this.peek() !== ']'; isFirst = false) {
      if (this.peek() === '') {
        refuse('missing closing ]');
      }
      if (!this.readNamedClass()) {
        this.readClassRange();
      }
    }
    this.at++;
  }

  private readNamedClass(): boolean {
    const posix = /^\[:([^\]]*?):\]/.exec(this.rest());
    if (posix) {
      if (!POSIX_CLASSES.has(posix[1])) {
        refuse('invalid character class range');
      }
      this.at += posix[0].length;
      return true;
    }
    const next = this.peek(1);
    if (this.peek() !== '\\' || next === '') {
      return false;
    }
    if (next === 'p' || next === 'P') {
      this.at++;
      this.readUnicodeClass();
      return true;
    }
    if (PERL_CLASSES.includes(next)) {
      this.at += 2;
      return true;
    }
    return false;
  }

  private readClassRange(): void {
    const low = this.readClassCharacter();
    if (this.peek() === '-' && this.peek(1) !== ']' && this.peek(1) !== '') {
      this.at++;
      if (this.readClassCharacter() < low) {
        refuse('invalid character class range');
      }
    }
  }

  private readClassCharacter(): number {
    const next = this.take();
    if (next === '') {
      refuse('missing closing ]');
    }
    return next === '\\' ? this.readCharacterEscape() : (next.codePointAt(0) ?? 0);
  }
}

function isUnicodeClass(name: string): boolean {
  if (name === 'Any') {
    return true;
  }
  return [`\\p{${name}}`, `\\p{Script=${name}}`].some((pattern) => {
    try {
      return /^[A-Za-z_]+$/.test(name) && new RegExp(pattern, 'u').source !== '';
    } catch {
      return false;
    }
  });
}
