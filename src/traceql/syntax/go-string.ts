/** Go's string literals (https://go.dev/ref/spec#String_literals), which TraceQL uses. */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const ESCAPE = /\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g;

/** The literal is one that the scanner accepted; undefined when it holds a code point or byte that Go refuses. */
export function decodeGoString(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) {
    return body.replace(/\r/g, '');
  }
  if (!body.includes('\\')) {
    return body;
  }
  let decoded = '';
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) {
      decoded += new TextDecoder().decode(new Uint8Array(bytes));
      bytes = [];
    }
  };
  let end = 0;
  for (const match of body.matchAll(ESCAPE)) {
    const [whole, simple, octal, hexByte, hex4, hex8] = match;
    const index = match.index ?? 0;
    if (index > end) {
      flush();
      decoded += body.slice(end, index);
    }
    end = index + whole.length;
    if (octal !== undefined || hexByte !== undefined) {
      // Byte escapes may spell one UTF-8 character together.
      const byte = octal === undefined ? parseInt(hexByte, 16) : parseInt(octal, 8);
      if (byte > 255) {
        return undefined;
      }
      bytes.push(byte);
      continue;
    }
    flush();
    const character = simple === undefined ? codePointText(parseInt(hex4 ?? hex8, 16)) : SIMPLE[simple];
    if (character === undefined) {
      return undefined;
    }
    decoded += character;
  }
  flush();
  return decoded + body.slice(end);
}

function codePointText(value: number): string | undefined {
  const isCharacter = value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
  return isCharacter ? String.fromCodePoint(value) : undefined;
}

/** A double-quoted literal that reads back as the same text. */
export function quoteString(value: string): string {
  const escaped = value.replace(/["\\\u0000-\u001f\u007f\ufeff]|[\ud800-\udfff]/gu, (character) => {
    switch (character) {
      case '"':
      case '\\':
        return `\\${character}`;
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\t':
        return '\\t';
      default:
        return escapeCodePoint(character.codePointAt(0) ?? 0);
    }
  });
  return `"${escaped}"`;
}

function escapeCodePoint(value: number): string {
  // A lone surrogate has no spelling in Go: it becomes the replacement character.
  return value >= 0xd800 ? (value === 0xfeff ? '\\ufeff' : '\\ufffd') : `\\x${value.toString(16).padStart(2, '0')}`;
}
