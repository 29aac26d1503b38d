/** Text cut to a width, as canvas has no ellipsis of its own. */
export interface TextMeasurer {
  font: string;
  measureText(text: string): { width: number };
}

const MOST_CACHED = 20_000;
const cache = new Map<string, string>();

function cut(pen: TextMeasurer, text: string, width: number): string {
  if (pen.measureText(text).width <= width) {
    return text;
  }
  const characters = Array.from(text.slice(0, 200));
  let [least, most] = [0, characters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (pen.measureText(`${characters.slice(0, middle).join('')}…`).width <= width) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  return `${characters.slice(0, least).join('')}…`;
}

/** The text if it fits in `width` at the pen's font, else its beginning with an ellipsis. */
export function fitText(pen: TextMeasurer, text: string, width: number): string {
  const key = `${pen.font}|${Math.round(width)}|${text}`;
  const known = cache.get(key);
  if (known !== undefined) {
    return known;
  }
  if (cache.size > MOST_CACHED) {
    cache.clear();
  }
  const fitted = cut(pen, text, width);
  cache.set(key, fitted);
  return fitted;
}
