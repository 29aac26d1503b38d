import { type CardStyle, detailLines, drawEmblem } from './card-parts';
import { badgeStart, CARD_TEXT, cardFonts, type CardTexts, cardTexts } from './card-texts';
import { fitMiddle, fitText, twoLines } from './fit-text';
import { type Detail } from './level-of-detail';
import { type MapNode } from '../model/map-types';
import { isBroken, loudnessOf } from './paint-style';
import { type Palette } from './palette';
import { between, usableRate } from './rate-size';
import { type Rect } from '../viewport/viewport';

export interface CardState {
  selected: boolean;
  hovered: boolean;
  matched: boolean;
  /** Put in its place by a person */
  pinned: boolean;
  /** The operation that is pointed at or selected */
  operation?: string;
}

const RADIUS = 8;
const PADDING = 10;

function outline(ctx: CanvasRenderingContext2D, { x, y, width, height }: Rect, grow: number) {
  ctx.beginPath();
  ctx.roundRect(x - grow, y - grow, width + 2 * grow, height + 2 * grow, RADIUS + grow);
}

function drawBadge(
  ctx: CanvasRenderingContext2D,
  { text, box }: NonNullable<CardTexts['badge']>,
  node: MapNode,
  palette: Palette
) {
  const at = badgeStart(box);
  ctx.beginPath();
  ctx.roundRect(box.x, box.y, box.width, box.height, box.height / 2);
  ctx.fillStyle = palette.tone[node.tone];
  ctx.fill();
  ctx.font = cardFonts(palette).badge;
  ctx.fillStyle = palette.textOnTone[node.tone];
  ctx.fillText(text, at.x, at.y);
}

function drawFull(ctx: CanvasRenderingContext2D, node: MapNode, style: CardStyle) {
  const { palette } = style;
  const { card } = node;
  drawEmblem(ctx, node, style);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const { name, stats, badge } = cardTexts(ctx, node, style);
  if (badge) {
    drawBadge(ctx, badge, node, palette);
  }
  ctx.font = `500 ${name.size}px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(name.text, card.x + CARD_TEXT.left, card.y + CARD_TEXT.name);
  ctx.font = cardFonts(palette).stats;
  ctx.fillStyle = palette.textSecondary;
  ctx.fillText(stats, card.x + CARD_TEXT.left, card.y + CARD_TEXT.stats);
}

/** From here on there is room for everything that is known, in smaller letters. */
function drawDetails(ctx: CanvasRenderingContext2D, node: MapNode, style: CardStyle) {
  const { palette } = style;
  const { card, service } = node;
  drawEmblem(ctx, node, style);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const left = card.x + CARD_TEXT.left;
  const room = card.width - CARD_TEXT.left - PADDING;
  ctx.font = `500 10.5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(fitMiddle(ctx, service.name, room), left, card.y + 14);
  ctx.font = `400 7.5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.textSecondary;
  detailLines(service, style).forEach((line, index) => {
    ctx.fillText(fitText(ctx, line, room), left, card.y + 25 + index * 9.5);
  });
}

const NAME = { size: 25, line: 26, left: 22 } as const;
/** px of the world: width of the strip at the left of a card that shows its name only */
const STRIP = { least: 3, most: 18, usual: 12, loud: 8 } as const;

/** The name only, as large as the card allows, beside a strip as wide as the service is busy. */
function drawName(ctx: CanvasRenderingContext2D, { card, service, tone }: MapNode, { palette, sizeOf }: CardStyle) {
  const colour = service.look?.color ?? service.look?.arcs?.[0].color;
  const isLoud = loudnessOf(tone) > 0 || colour !== undefined;
  const size = sizeOf?.(service);
  if (isLoud || (sizeOf && usableRate(service) !== undefined)) {
    const width = between(size, STRIP);
    ctx.fillStyle = colour ?? (isLoud ? palette.tone[tone] : palette.spot);
    ctx.beginPath();
    ctx.roundRect(card.x, card.y, isLoud ? Math.max(STRIP.loud, width) : width, card.height, [RADIUS, 0, 0, RADIUS]);
    ctx.fill();
  }
  ctx.font = `500 ${NAME.size}px ${palette.fontFamily}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.text;
  const lines = twoLines(ctx, service.name, card.width - NAME.left - 6);
  const top = card.y + card.height / 2 + 1 - ((lines.length - 1) * NAME.line) / 2;
  lines.forEach((line, index) => ctx.fillText(line, card.x + NAME.left, top + index * NAME.line));
}

/** px of the world: how far the mark of a chosen card stands out */
const MARK: Record<Detail, number> = { group: 4, block: 4, name: 4, full: 4, details: 2, operations: 1 };

/** A card from the zoom on at which it is more than a spot. */
export function drawCard(
  ctx: CanvasRenderingContext2D,
  node: MapNode,
  style: CardStyle,
  state: CardState,
  detail: Detail
) {
  const { palette } = style;
  const isSpot = detail === 'block' || detail === 'group';
  if (state.selected || state.matched) {
    outline(ctx, node.card, MARK[detail]);
    ctx.fillStyle = state.selected ? palette.focus : palette.match;
    ctx.fill();
  }
  outline(ctx, node.card, 0);
  // What is gone is a ghost: the ground shines through it.
  const ground = node.tone === 'removed' ? palette.background : palette.card;
  ctx.fillStyle = isSpot && loudnessOf(node.tone) > 0 ? palette.tone[node.tone] : ground;
  ctx.fill();
  ctx.lineWidth = isSpot ? 3 : 1;
  const isOdd = isBroken(node.tone);
  ctx.setLineDash(isOdd ? [6, 4] : []);
  const isLit = state.hovered || node.service.look?.highlighted === true;
  ctx.strokeStyle = isLit ? palette.focus : isOdd ? palette.tone[node.tone] : palette.cardBorder;
  ctx.stroke();
  ctx.setLineDash([]);
  const operations = detail === 'operations' ? style.operations?.of(node.service) : undefined;
  if (operations) {
    style.operations?.draw?.(ctx, node, operations, style, state.operation);
  } else if (detail === 'details' || detail === 'operations') {
    drawDetails(ctx, node, style);
  } else if (detail === 'full') {
    drawFull(ctx, node, style);
  } else if (detail === 'name') {
    drawName(ctx, node, style);
  }
  if (state.pinned) {
    drawPin(ctx, node, palette);
  }
}

/** A dot on the corner of what a person put in its place. */
function drawPin(ctx: CanvasRenderingContext2D, { card }: MapNode, palette: Palette) {
  ctx.beginPath();
  ctx.arc(card.x + card.width - 5, card.y + 5, 4, 0, 2 * Math.PI);
  ctx.fillStyle = palette.focus;
  ctx.fill();
}
