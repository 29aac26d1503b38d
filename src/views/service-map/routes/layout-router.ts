import { hashId } from '../model/hash-id';
import { type Rect } from '../viewport/viewport';
import { type Box } from './call-router';

/** px of a box's name at its natural size; `letters` where it has none of its own */
const NAME = { left: 14, top: 14, height: 16, letter: 8, letters: 12 } as const;

export function namedBox({ x, y, width, height }: Rect, name = ''): Box {
  const long = Math.min(NAME.letter * (name.length || NAME.letters), width - 2 * NAME.left);
  return {
    box: { x, y, width, height },
    name: { x: x + NAME.left, y: y + NAME.top, width: long, height: NAME.height },
  };
}

/** The same for a call in every drawing of it. @param id ServiceCall.id */
export function laneOf(id: string): number {
  return hashId(id) >>> 8;
}
