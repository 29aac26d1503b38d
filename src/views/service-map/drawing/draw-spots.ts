/** Services from afar. */
import { type CardStyle } from './card-parts';
import { type MapNode } from '../model/map-types';
import { loudnessOf, type Tone } from './paint-style';
import { type Palette } from './palette';
import { between, usableRate } from './rate-size';
import { type Rect } from '../viewport/viewport';

function fillByTone(
  ctx: CanvasRenderingContext2D,
  nodes: readonly MapNode[],
  palette: Palette,
  widthOf: (node: MapNode) => number
) {
  let tone: Tone | undefined;
  for (const node of nodes) {
    const { tone: own, service, card } = node;
    const colour = service.look?.color;
    if (own !== tone || colour !== undefined) {
      tone = colour === undefined ? own : undefined;
      ctx.fillStyle = colour ?? (loudnessOf(own) > 0 ? palette.tone[own] : palette.spot);
    }
    ctx.fillRect(card.x, card.y, widthOf(node), card.height);
  }
}

const whole = ({ card }: { card: Rect }) => card.width;

/** Services as spots: one fill for each, without outlines, as there may be ten thousand. */
export function drawSpots(ctx: CanvasRenderingContext2D, nodes: readonly MapNode[], { palette }: CardStyle) {
  fillByTone(ctx, nodes, palette, whole);
}

/** Part of a spot's width that is filled */
const BAR = { least: 0.1, most: 1, usual: 1 } as const;
/** What a spot has besides its bar */
const EMPTY = 0.5;

/** Spots that are filled the further the busier the service is; not at all where no rate is known. */
export function drawBars(ctx: CanvasRenderingContext2D, nodes: readonly MapNode[], { palette, sizeOf }: CardStyle) {
  if (!sizeOf) {
    fillByTone(ctx, nodes, palette, whole);
    return;
  }
  const { globalAlpha } = ctx;
  ctx.globalAlpha = EMPTY * globalAlpha;
  fillByTone(ctx, nodes, palette, whole);
  ctx.globalAlpha = globalAlpha;
  fillByTone(ctx, nodes, palette, ({ service, card }) =>
    usableRate(service) === undefined ? 0 : card.width * between(sizeOf(service), BAR)
  );
}
