import { formatLatency, formatRate, type LatencyKey } from './format-stats';
import { drawIcon } from './draw-icon';
import { fitText, twoLines } from './fit-text';
import { type Detail } from './level-of-detail';
import { failedText, latencyName } from './kind-names';
import { type MapNode } from './map-model';
import { isBroken, loudnessOf, type PaintStyle, type Tone } from './paint-style';
import { type Palette } from './palette';
import { ringParts, ringRadius } from './ring-parts';

export interface CardStyle {
  palette: Palette;
  latency: LatencyKey;
  paint: PaintStyle;
  /** Texts for cards without numbers, by kind */
  kindNames: Record<MapNode['service']['kind'], string>;
}

export interface CardState {
  selected: boolean;
  hovered: boolean;
  matched: boolean;
  /** Put in its place by a person */
  pinned: boolean;
}

const RADIUS = 8;
const RING = { x: 27, width: 3 } as const;
const TEXT_LEFT = 52;
const PADDING = 10;

function outline(ctx: CanvasRenderingContext2D, { card }: MapNode, grow: number) {
  ctx.beginPath();
  ctx.roundRect(card.x - grow, card.y - grow, card.width + 2 * grow, card.height + 2 * grow, RADIUS + grow);
}

function drawRing(ctx: CanvasRenderingContext2D, node: MapNode, { palette, paint }: CardStyle) {
  const { card } = node;
  const [x, y] = [card.x + RING.x, card.y + card.height / 2];
  const top = -Math.PI / 2;
  ctx.lineWidth = RING.width;
  for (const { from, to, colour } of ringParts(node, palette, paint)) {
    ctx.beginPath();
    ctx.arc(x, y, ringRadius(node), top + from * 2 * Math.PI, top + to * 2 * Math.PI);
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
}

function drawPill(ctx: CanvasRenderingContext2D, node: MapNode, style: CardStyle): number {
  const { palette } = style;
  const text = loudnessOf(node.tone) > 0 ? style.paint.badgeOf(node.service.stats, node.service.id) : undefined;
  if (!text) {
    return 0;
  }
  const { card } = node;
  ctx.font = `600 11px ${palette.fontFamily}`;
  const width = ctx.measureText(text).width + 10;
  ctx.beginPath();
  ctx.roundRect(card.x + card.width - PADDING - width + 2, card.y + 10, width, 17, 8.5);
  ctx.fillStyle = palette.tone[node.tone];
  ctx.fill();
  ctx.fillStyle = palette.textOnTone[node.tone];
  ctx.fillText(text, card.x + card.width - PADDING - width + 7, card.y + 22.5);
  return width + 4;
}

/** The second line of a card */
export function statsText({ service }: MapNode, { latency, kindNames, paint }: CardStyle): string {
  const { stats, details } = service;
  const told = paint.textOf?.(service.id);
  if (told !== undefined) {
    return told;
  }
  const known = [formatRate(stats.rate), formatLatency(stats[latency] ?? stats.mean)].filter(Boolean);
  if (known.length > 0) {
    return known.join(' · ');
  }
  return (
    details
      ?.slice(0, 2)
      .map(({ text }) => text)
      .join(' · ') || kindNames[service.kind]
  );
}

function drawFull(ctx: CanvasRenderingContext2D, node: MapNode, style: CardStyle) {
  const { palette } = style;
  const { card, service } = node;
  drawRing(ctx, node, style);
  drawIcon(ctx, service.kind, { x: card.x + RING.x, y: card.y + card.height / 2 }, palette.textSecondary);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const pill = drawPill(ctx, node, style);
  const room = card.width - TEXT_LEFT - PADDING;
  ctx.font = `500 13.5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(fitText(ctx, service.name, room - pill), card.x + TEXT_LEFT, card.y + 24);
  ctx.font = `400 11.5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.textSecondary;
  ctx.fillText(fitText(ctx, statsText(node, style), room), card.x + TEXT_LEFT, card.y + 43);
}

/** From here on there is room for everything that is known, in smaller letters. */
function drawDetails(ctx: CanvasRenderingContext2D, node: MapNode, style: CardStyle) {
  const { palette } = style;
  const { card, service } = node;
  drawRing(ctx, node, style);
  drawIcon(ctx, service.kind, { x: card.x + RING.x, y: card.y + card.height / 2 }, palette.textSecondary);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const left = card.x + TEXT_LEFT;
  const room = card.width - TEXT_LEFT - PADDING;
  ctx.font = `500 10.5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(fitText(ctx, service.name, room), left, card.y + 14);
  ctx.font = `400 7.5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.textSecondary;
  detailLines(service, style).forEach((line, index) => {
    ctx.fillText(fitText(ctx, line, room), left, card.y + 25 + index * 9.5);
  });
}

function detailLines(service: MapNode['service'], { kindNames }: CardStyle): string[] {
  const { stats, details = [] } = service;
  const latencies = (['p50', 'p95', 'p99'] as const).flatMap((key) => {
    const text = formatLatency(stats[key]);
    return text ? [`${key} ${text}`] : [];
  });
  const mean = formatLatency(stats.mean);
  return [
    [kindNames[service.kind], service.namespace],
    [formatRate(stats.rate), failedText(stats), mean && `${latencyName('mean')} ${mean}`],
    latencies,
    details.slice(0, 3).map(({ label, text }) => `${label} ${text}`),
  ]
    .map((parts) => parts.filter(Boolean).join(' · '))
    .filter((line) => line !== '');
}

const NAME = { size: 25, line: 26, left: 20 } as const;

/** The name only, as large as the card allows. */
function drawName(ctx: CanvasRenderingContext2D, { card, service, tone }: MapNode, { palette }: CardStyle) {
  const colour = service.look?.color ?? service.look?.arcs?.[0].color;
  if (loudnessOf(tone) > 0 || colour !== undefined) {
    ctx.fillStyle = colour ?? palette.tone[tone];
    ctx.beginPath();
    ctx.roundRect(card.x, card.y, 12, card.height, [RADIUS, 0, 0, RADIUS]);
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

/** A card from the zoom on at which it is more than a spot. */
export function drawCard(
  ctx: CanvasRenderingContext2D,
  node: MapNode,
  style: CardStyle,
  state: CardState,
  detail: Detail
) {
  const { palette } = style;
  if (state.selected || state.matched) {
    outline(ctx, node, 4);
    ctx.fillStyle = state.selected ? palette.focus : palette.match;
    ctx.fill();
  }
  outline(ctx, node, 0);
  const isSpot = detail === 'block' || detail === 'group';
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
  if (detail === 'details') {
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

/** Services as spots: one fill for each, without outlines, as there may be ten thousand. */
export function drawSpots(ctx: CanvasRenderingContext2D, nodes: readonly MapNode[], palette: Palette) {
  let tone: Tone | undefined;
  for (const { card, tone: own, service } of nodes) {
    const colour = service.look?.color;
    if (own !== tone || colour !== undefined) {
      tone = colour === undefined ? own : undefined;
      ctx.fillStyle = colour ?? (loudnessOf(own) > 0 ? palette.tone[own] : palette.spot);
    }
    ctx.fillRect(card.x, card.y, card.width, card.height);
  }
}
