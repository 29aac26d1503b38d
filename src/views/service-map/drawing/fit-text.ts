/** Text cut to a width, as canvas has no ellipsis of its own. */
import { characterWidths, type TextMeasurer } from './text-width';

export { type TextMeasurer } from './text-width';

/** The text if it fits in `width` at the pen's font, else its beginning with an ellipsis. */
export function fitText(pen: TextMeasurer, text: string, width: number): string {
  const widthOf = characterWidths(pen);
  const ellipsis = widthOf('…');
  let used = 0;
  // Where to cut, should there be too much of it
  let cut = 0;
  let at = 0;
  for (const character of text) {
    used += widthOf(character);
    if (used > width) {
      return `${text.slice(0, cut)}…`;
    }
    at += character.length;
    if (used + ellipsis <= width) {
      cut = at;
    }
  }
  return text;
}

/** The text if it fits in `width` at the pen's font, else its beginning and its end: names often differ in either only. */
export function fitMiddle(pen: TextMeasurer, text: string, width: number): string {
  if (fitText(pen, text, width) === text) {
    return text;
  }
  const widthOf = characterWidths(pen);
  const characters = [...text];
  let room = width - widthOf('…');
  let [head, tail] = [0, 0];
  while (head + tail < characters.length) {
    const isHead = head * TAIL_SHARE <= tail;
    room -= widthOf(isHead ? characters[head] : characters[characters.length - 1 - tail]);
    if (room < 0) {
      break;
    }
    if (isHead) {
      head++;
    } else {
      tail++;
    }
  }
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/** Letters kept of the end of a cut name for each of its beginning */
const TAIL_SHARE = 0.6;
/** px of letters of a name on a card: smaller ones rather than fewer, as long as they can be read at its natural size */
const NAME_SIZES = [13.5, 12.25, 11, 10, 9.25] as const;

/** A name in the largest letters that fit in `width`, cut in the middle if none do; the pen is left with their font. */
export function fitName(
  pen: TextMeasurer,
  fontFamily: string,
  name: string,
  width: number
): { text: string; size: number } {
  let fitted = { text: name, size: 0 };
  for (const size of NAME_SIZES) {
    pen.font = `500 ${size}px ${fontFamily}`;
    fitted = { text: fitMiddle(pen, name, width), size };
    if (fitted.text === name) {
      break;
    }
  }
  return fitted;
}

/** In one or two lines, broken where names are: after a hyphen, a dot, a slash, an underscore or a blank. */
export function twoLines(pen: TextMeasurer, text: string, width: number): string[] {
  const first = fitText(pen, text, width);
  if (first === text) {
    return [text];
  }
  const room = first.length - 1;
  const head = text.slice(0, room + 1);
  const seam = Math.max(...['-', '.', '/', '_', ' ', ':'].map((mark) => head.lastIndexOf(mark))) + 1;
  const cut = seam > room / 3 && seam <= room ? seam : room;
  return [text.slice(0, cut), fitText(pen, text.slice(cut), width)];
}
