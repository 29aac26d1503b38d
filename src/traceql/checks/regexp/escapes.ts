import { type PatternCursor, refuse } from './pattern-cursor';

export const PERL_CLASSES = 'dDsSwW';
const SIMPLE_ESCAPES = 'afnrtv';

/** After the backslash, from the `p` or `P`. */
export function readUnicodeClass(cursor: PatternCursor): void {
  const name = /^[pP](?:\{\^?([^}]*)\}|(.))/su.exec(cursor.remaining());
  if (!name || !isUnicodeClass(name[1] ?? name[2])) {
    refuse('invalid character class range');
  }
  cursor.at += [...name[0]].length;
}

/** After the backslash. Returns the character's code. */
export function readCharacterEscape(cursor: PatternCursor): number {
  const next = cursor.take();
  if (next === 'x') {
    return readHexadecimal(cursor);
  }
  if (next >= '0' && next <= '7') {
    const octal = /^[0-7]{1,2}/.exec(cursor.rest())?.[0] ?? '';
    if (next !== '0' && octal === '') {
      refuse('invalid escape sequence');
    }
    cursor.at += octal.length;
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

function readHexadecimal(cursor: PatternCursor): number {
  const digits = /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(cursor.rest());
  const value = digits ? parseInt(digits[1] ?? digits[2], 16) : Infinity;
  if (!digits || value > 0x10ffff) {
    refuse('invalid escape sequence');
  }
  cursor.at += digits[0].length;
  return value;
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
