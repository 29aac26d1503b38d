/** Services from afar. */
import { type CardStyle } from './card-parts';
import { type MapNode } from './map-model';
import { loudnessOf, type Tone } from './paint-style';
import { between, type RateSize, usableRate } from './rate-size';
import { type Rect } from './viewport';

/** Part of a card's height that its spot has */
const SPOT = { least: 0.3, most: 1, usual: 1 } as const;
/** px of the world: border of a spot whose rate is not known */
const HOLLOW = 7;

/** A spot is as wide as the card, so that calls reach it, and the higher the busier. */
export function spotOf({ card, service }: MapNode, sizeOf?: RateSize): Rect {
  const size = sizeOf?.(service);
  if (size === undefined) {
    return card;
  }
  const height = card.height * between(size, SPOT);
  return { ...card, y: card.y + (card.height - height) / 2, height };
}

type SpotStyle = Pick<CardStyle, 'palette' | 'sizeOf'>;

/** Services as spots: one fill for each, without outlines, as there may be ten thousand. */
export function drawSpots(ctx: CanvasRenderingContext2D, nodes: readonly MapNode[], { palette, sizeOf }: SpotStyle) {
  let tone: Tone | undefined;
  const unknown: Rect[] = [];
  for (const node of nodes) {
    const { tone: own, service } = node;
    const colour = service.look?.color;
    if (own !== tone || colour !== undefined) {
      tone = colour === undefined ? own : undefined;
      ctx.fillStyle = colour ?? (loudnessOf(own) > 0 ? palette.tone[own] : palette.spot);
    }
    const { x, y, width, height } = spotOf(node, sizeOf);
    ctx.fillRect(x, y, width, height);
    if (sizeOf && usableRate(service) === undefined) {
      unknown.push({ x: x + HOLLOW, y: y + HOLLOW, width: width - 2 * HOLLOW, height: height - 2 * HOLLOW });
    }
  }
  // Hollow: no number is not a small one.
  ctx.fillStyle = palette.group;
  unknown.forEach(({ x, y, width, height }) => ctx.fillRect(x, y, width, height));
}
