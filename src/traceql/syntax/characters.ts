/** Kinds of characters in query text. Code points; below 0 is the end of the text. */

/**
 * Characters of Unicode's general categories (https://www.unicode.org/reports/tr44/#General_Category_Values). Put together
 * here, as the build for older browsers would write a pattern that it sees whole out to all its characters, 25 kB.
 */
function ofCategories(...categories: string[]): RegExp {
  return new RegExp(`^[${categories.map((category) => `\\p{${category}}`).join('')}]$`, 'u');
}

const LETTER = ofCategories('L');
const LETTER_OR_DIGIT = ofCategories('L', 'Nd');
const NUMBER = ofCategories('N');

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

export function isDecimal(codePoint: number): boolean {
  return codePoint >= 0x30 && codePoint <= 0x39;
}

/** 16 for what is no hexadecimal digit */
export function digitValue(codePoint: number): number {
  if (isDecimal(codePoint)) {
    return codePoint - 0x30;
  }
  const lower = codePoint | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 16;
}
