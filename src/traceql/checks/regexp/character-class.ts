import { PERL_CLASSES, readCharacterEscape, readUnicodeClass } from './escapes';
import { type PatternCursor, refuse } from './pattern-cursor';

const POSIX_CLASSES = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'
    .split(' ')
    .flatMap((name) => [name, `^${name}`])
);

/** After the opening bracket. */
export function readClass(cursor: PatternCursor): void {
  if (cursor.peek() === '^') {
    cursor.at++;
  }
  for (let isFirst = true; isFirst || cursor.peek() !== ']'; isFirst = false) {
    if (cursor.peek() === '') {
      refuse('missing closing ]');
    }
    if (!readNamedClass(cursor)) {
      readClassRange(cursor);
    }
  }
  cursor.at++;
}

function readNamedClass(cursor: PatternCursor): boolean {
  const posix = /^\[:([^\]]*?):\]/.exec(cursor.rest());
  if (posix) {
    if (!POSIX_CLASSES.has(posix[1])) {
      refuse('invalid character class range');
    }
    cursor.at += posix[0].length;
    return true;
  }
  const next = cursor.peek(1);
  if (cursor.peek() !== '\\' || next === '') {
    return false;
  }
  if (next === 'p' || next === 'P') {
    cursor.at++;
    readUnicodeClass(cursor);
    return true;
  }
  if (PERL_CLASSES.includes(next)) {
    cursor.at += 2;
    return true;
  }
  return false;
}

function readClassRange(cursor: PatternCursor): void {
  const low = readClassCharacter(cursor);
  if (cursor.peek() === '-' && cursor.peek(1) !== ']' && cursor.peek(1) !== '') {
    cursor.at++;
    if (readClassCharacter(cursor) < low) {
      refuse('invalid character class range');
    }
  }
}

function readClassCharacter(cursor: PatternCursor): number {
  const next = cursor.take();
  if (next === '') {
    refuse('missing closing ]');
  }
  return next === '\\' ? readCharacterEscape(cursor) : (next.codePointAt(0) ?? 0);
}
