/** Kinds of characters in query text. Code points; below 0 is the end of the text. */

// As text: as literals the build for older browsers would write every letter of Unicode out, 25 kB.
const LETTER = new RegExp('^\\p{L}$', 'u');
const LETTER_OR_DIGIT = new RegExp('^[\\p{L}\\p{Nd}]$', 'u');
const NUMBER = new RegExp('^\\p{N}$', 'u');

const UNICODE_SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;
const ENDS_ATTRIBUTE = new Set([...'{}()=~!<>&|^,'].map((character) => character.charCodeAt(0)));

function isSpace(codePoint: number): boolean {
  return codePoint <= 0xffff && UNICODE_SPACE.test(String.fromCharCode(codePoint));
}

/** Whether the character may stand in an attribute's name without quotes. */
export function isAttributeCharacter(codePoint: number): boolean {
  return codePoint >= 0 && !ENDS_ATTRIBUTE.has(codePoint) && !isSpace(codePoint);
}

export function isLetter(codePoint: number): boolean {
  return LETTER.test(String.fromCodePoint(codePoint));
}

export function isLetterOrDigit(codePoint: number): boolean {
  return LETTER_OR_DIGIT.test(String.fromCodePoint(codePoint));
}

/** Digits of any script, and other characters that stand for a number. */
export function isNumeral(codePoint: number): boolean {
  return NUMBER.test(String.fromCodePoint(codePoint));
}
