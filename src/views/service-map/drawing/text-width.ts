/** Widths of texts from widths of their characters: a canvas measures each character of a font once. */
export interface TextMeasurer {
  font: string;
  measureText(text: string): { width: number };
}

const MOST_CHARACTERS = 5_000;
const fonts = new Map<string, Map<string, number>>();

/** px at the pen's font, as a function of a single character. */
export function characterWidths(pen: TextMeasurer): (character: string) => number {
  let known = fonts.get(pen.font);
  if (!known || known.size > MOST_CHARACTERS) {
    known = new Map();
    fonts.set(pen.font, known);
  }
  const widths = known;
  return (character) => {
    let width = widths.get(character);
    if (width === undefined) {
      width = pen.measureText(character).width;
      widths.set(character, width);
    }
    return width;
  };
}

/** px at the pen's font; letters that are joined or kerned may be a little narrower. */
export function textWidth(pen: TextMeasurer, text: string): number {
  const widthOf = characterWidths(pen);
  let width = 0;
  for (const character of text) {
    width += widthOf(character);
  }
  return width;
}
