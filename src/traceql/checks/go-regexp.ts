/** Whether Go's regexp package takes a pattern: the RE2 syntax of https://github.com/google/re2/wiki/Syntax, without look-around or back-references. */
import { readClass } from './regexp/character-class';
import { PERL_CLASSES, readCharacterEscape, readUnicodeClass } from './regexp/escapes';
import { InvalidPattern, PatternCursor, refuse } from './regexp/pattern-cursor';

const MAX_REPEAT = 1000;
const MAX_NESTING = 1000;

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

class PatternReader {
  private readonly cursor: PatternCursor;
  private readonly groups: Group[] = [{ weight: 1 }];

  constructor(pattern: string) {
    this.cursor = new PatternCursor(pattern);
  }

  readAll(): void {
    let repeated = false;
    while (!this.cursor.isAtEnd) {
      repeated = this.readOne(repeated);
    }
    if (this.groups.length > 1) {
      refuse('missing closing )');
    }
  }

  /** Returns whether it was a repetition, which must not be followed by another. */
  private readOne(afterRepetition: boolean): boolean {
    switch (this.cursor.take()) {
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
        readClass(this.cursor);
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

  private group(): Group {
    return this.groups[this.groups.length - 1];
  }

  private operand(weight: number): void {
    const group = this.group();
    group.operand = weight;
    group.weight = Math.max(group.weight, weight);
  }

  private openGroup(): void {
    if (this.cursor.peek() === '?') {
      const name = /^\?P?<([^>]*)(>?)/.exec(this.cursor.remaining());
      if (name) {
        if (!/^[A-Za-z0-9_]+$/.test(name[1]) || !name[2]) {
          refuse('invalid named capture');
        }
        this.cursor.at += [...name[0]].length;
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
    const flags = /^\?(?:[imsU]*)(?:-[imsU]+)?([:)])/.exec(this.cursor.rest());
    if (!flags) {
      refuse('invalid or unsupported Perl syntax');
    }
    this.cursor.at += flags[0].length;
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
    if (this.cursor.peek() === '?') {
      this.cursor.at++;
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
    const count = /^([0-9]+)(?:(,)([0-9]*))?\}/.exec(this.cursor.rest());
    const hasLeadingZero = count && [count[1], count[3] ?? ''].some((digits) => /^0[0-9]/.test(digits));
    if (!count || hasLeadingZero) {
      this.operand(1);
      return false;
    }
    this.cursor.at += count[0].length;
    const min = Number(count[1]);
    const max = count[2] ? (count[3] ? Number(count[3]) : undefined) : min;
    if (min > MAX_REPEAT || (max !== undefined && (max > MAX_REPEAT || min > max))) {
      refuse('invalid repeat count');
    }
    this.repeat(afterRepetition, max ?? min, true);
    return true;
  }

  private readEscape(): void {
    const next = this.cursor.peek();
    if (next === '') {
      refuse('trailing backslash at end of expression');
    }
    if (next === 'Q') {
      this.readLiteralText();
      return;
    }
    if ('AbBz'.includes(next) || PERL_CLASSES.includes(next)) {
      this.cursor.at++;
    } else if (next === 'p' || next === 'P') {
      readUnicodeClass(this.cursor);
    } else {
      readCharacterEscape(this.cursor);
    }
    this.operand(1);
  }

  private readLiteralText(): void {
    this.cursor.at++;
    const text = this.cursor.remaining();
    const end = text.indexOf('\\E');
    const literal = end < 0 ? text : text.slice(0, end);
    this.cursor.at += [...literal].length + (end < 0 ? 0 : 2);
    if (literal) {
      this.operand(1);
    }
  }
}
