/** Where a fitted map is looked at from so that nothing of it is under the controls in the lower right corner. */
import { fit, intersects, type Rect, type Size, toScreen, type Viewport } from './viewport';

interface FittedMap {
  bounds: Rect;
  /** What must be seen, px of the world */
  cards: ReadonlyArray<{ card: Rect }>;
}

interface Screen {
  size: Size;
  /** What is taken in the lower right corner, px; absent: nothing */
  corner?: Size;
  /** `fit` when absent */
  fitInto?: typeof fit;
}

/** px that stay free at the other sides when the map makes way */
const LEAST_MARGIN = 8;

/** What of the world is under a part of the screen: one rectangle to convert in place of thousands of cards */
function inWorld({ k, x, y }: Viewport, screen: Rect): Rect {
  return { x: (screen.x - x) / k, y: (screen.y - y) / k, width: screen.width / k, height: screen.height / k };
}

export function isUnder(viewport: Viewport, { cards }: Pick<FittedMap, 'cards'>, taken: Rect): boolean {
  const under = inWorld(viewport, taken);
  return cards.some(({ card }) => intersects(card, under));
}

/** Moves what is under the controls up, or to the left, as far as there is room for that. */
function shifts(look: Viewport, { bounds, cards }: FittedMap, taken: Rect): Viewport[] {
  const under = inWorld(look, taken);
  let [up, left] = [0, 0];
  for (const { card } of cards) {
    if (intersects(card, under)) {
      up = Math.max(up, look.k * (card.y + card.height - under.y));
      left = Math.max(left, look.k * (card.x + card.width - under.x));
    }
  }
  const corner = toScreen(look, bounds);
  return [
    ...(corner.y - up >= LEAST_MARGIN ? [{ ...look, y: look.y - up }] : []),
    ...(corner.x - left >= LEAST_MARGIN ? [{ ...look, x: look.x - left }] : []),
  ];
}

/** As near as `fitInto`; smaller, or not in the middle, only where something would be covered otherwise. */
export function fitBesideCorner(map: FittedMap, { size, corner, fitInto = fit }: Screen): Viewport {
  const look = fitInto(map.bounds, size);
  if (!corner) {
    return look;
  }
  const taken = { x: size.width - corner.width, y: size.height - corner.height, ...corner };
  if (!isUnder(look, map, taken)) {
    return look;
  }
  const above = { ...size, height: size.height - corner.height + LEAST_MARGIN };
  const beside = { ...size, width: size.width - corner.width + LEAST_MARGIN };
  const others = [...shifts(look, map, taken), ...[above, beside].map((part) => fitInto(map.bounds, part))];
  return (
    others
      .filter((other) => !isUnder(other, map, taken))
      .reduce<Viewport | undefined>((best, other) => (best && best.k >= other.k ? best : other), undefined) ?? look
  );
}
