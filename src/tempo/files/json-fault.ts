/** Where a text stops being JSON (RFC 8259). JSON.parse says so in some browsers only. */

const SPACE = /[ \t\n\r]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const MEMBER = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"[ \t\n\r]*:/y;

/** Offset of the first character that cannot be there, which is the length of a text that is only cut off; -1 for good JSON. */
export function jsonFault(text: string): number {
  /** What closes the lists and objects that are open */
  const open: string[] = [];
  let at = 0;
  const eat = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) {
      return false;
    }
    at = pattern.lastIndex;
    return true;
  };
  let expectValue = true;
  for (;;) {
    eat(SPACE);
    if (expectValue) {
      const character = text[at];
      if (character === '[' || character === '{') {
        open.push(character === '[' ? ']' : '}');
        at++;
        eat(SPACE);
        if (text[at] === open[open.length - 1]) {
          expectValue = false;
        } else if (character === '{' && !eat(MEMBER)) {
          return at;
        }
        continue;
      }
      if (!eat(SCALAR)) {
        return at;
      }
      expectValue = false;
      continue;
    }
    const closer = open[open.length - 1];
    if (closer === undefined) {
      return at === text.length ? -1 : at;
    }
    if (text[at] === closer) {
      open.pop();
      at++;
    } else if (text[at] === ',') {
      at++;
      eat(SPACE);
      if (closer === '}' && !eat(MEMBER)) {
        return at;
      }
      expectValue = true;
    } else {
      return at;
    }
  }
}

/** Both counted from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}
