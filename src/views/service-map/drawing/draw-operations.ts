/** A card at the nearest zoom: what is known of the service, and its operations below. */
import { t } from '../../../i18n/translate';
import { type Operation } from '../../../servicegraph/operations';
import { detailLines, drawEmblem } from './card-parts';
import { type CardOperations, type CardStyle } from './card-style';
import { fitText } from './fit-text';
import { formatErrorShare, formatLatency, formatShortRate } from '../format-stats';
import { type MapNode } from '../model/map-types';
import { CARD_PARTS, operationRow } from '../operations/operation-rows';
import { loudnessOf } from './paint-style';
import { textWidth } from './text-width';

const NONE = '–';
const { columns, padding } = CARD_PARTS;

export function drawCardWithOperations(
  ctx: CanvasRenderingContext2D,
  node: MapNode,
  operations: CardOperations,
  style: CardStyle,
  /** The one that is pointed at or selected */
  picked?: string
) {
  const { card } = node;
  drawHead(ctx, node, style);
  ctx.fillStyle = style.palette.cardBorder;
  ctx.fillRect(card.x + padding, card.y + columns + 1.2, card.width - 2 * padding, 0.3);
  if (typeof operations === 'string' || operations.length === 0) {
    drawNote(ctx, node, noteOf(operations), style);
    return;
  }
  drawColumnNames(ctx, node, style);
  operations.forEach((operation, index) => {
    if (operation.name === picked) {
      const row = operationRow(card, index);
      ctx.fillStyle = style.palette.focus;
      ctx.globalAlpha *= 0.25;
      ctx.fillRect(row.x, row.y, row.width, row.height);
      ctx.globalAlpha /= 0.25;
    }
    drawOperation(ctx, node, operation, index, style);
  });
}

function noteOf(operations: CardOperations): string {
  switch (operations) {
    case 'loading':
      return '…';
    case 'failed':
      return t('traceatlas.service-map.operations.not-loaded', 'Operations could not be loaded');
    default:
      return t('traceatlas.service-map.operations.none', 'No requests in span metrics');
  }
}

function drawHead(ctx: CanvasRenderingContext2D, node: MapNode, style: CardStyle) {
  const { palette } = style;
  const { card, service } = node;
  const { emblem, head } = CARD_PARTS;
  drawEmblem(ctx, node, style, { x: card.x + emblem.x, y: card.y + emblem.y }, emblem.scale);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const room = card.width - head.left - padding;
  ctx.font = `500 8px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(fitText(ctx, service.name, room), card.x + head.left, card.y + head.name);
  ctx.font = `400 5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.textSecondary;
  const [what, numbers, ...more] = detailLines(service, style);
  const lines = [[what, numbers], more].map((parts) => parts.filter(Boolean).join(' · '));
  lines.forEach((line, index) =>
    ctx.fillText(fitText(ctx, line, room), card.x + head.left, card.y + head.lines[index])
  );
}

function drawNote(ctx: CanvasRenderingContext2D, { card }: MapNode, note: string, { palette }: CardStyle) {
  ctx.font = `400 5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.textSecondary;
  ctx.fillText(fitText(ctx, note, card.width - 2 * padding), card.x + padding, card.y + CARD_PARTS.first + 2);
}

interface Column {
  text: string;
  /** From the card's right border to the column's right end */
  at: number;
  colour: string;
}

function write(ctx: CanvasRenderingContext2D, { card }: MapNode, y: number, cells: readonly Column[]) {
  for (const { text, at, colour } of cells) {
    ctx.fillStyle = colour;
    ctx.fillText(text, card.x + card.width - at - textWidth(ctx, text), y);
  }
}

function drawColumnNames(ctx: CanvasRenderingContext2D, node: MapNode, { palette }: CardStyle) {
  const { rate, errors, p95 } = CARD_PARTS;
  const { card } = node;
  ctx.font = `400 4.2px ${palette.fontFamily}`;
  const colour = palette.textSecondary;
  ctx.fillStyle = colour;
  ctx.fillText(t('traceatlas.service.operations', 'Operations'), card.x + padding, card.y + columns);
  write(ctx, node, card.y + columns, [
    { text: t('traceatlas.service-map.stats.rate', 'Rate'), at: rate, colour },
    { text: t('traceatlas.service-map.stats.errors', 'Errors'), at: errors, colour },
    { text: 'p95', at: p95, colour },
  ]);
}

function drawOperation(
  ctx: CanvasRenderingContext2D,
  node: MapNode,
  { name, stats }: Operation,
  index: number,
  { palette, paint }: CardStyle
) {
  const { first, line, rate, errors, p95, rateWidth } = CARD_PARTS;
  const { card } = node;
  const y = card.y + first + index * line;
  const isKnownBy = (kind: typeof paint.kind) => paint.kind === kind;
  // A comparison is of services and calls: it says nothing of an operation.
  const tone = isKnownBy('change') ? 'ok' : paint.ofService({ ...node.service, stats });
  const loud = loudnessOf(tone) > 0 ? palette.toneText[tone] : palette.text;
  ctx.font = `400 5px ${palette.fontFamily}`;
  ctx.fillStyle = palette.text;
  ctx.fillText(fitText(ctx, name || NONE, card.width - rate - rateWidth - padding), card.x + padding, y);
  write(ctx, node, y, [
    { text: formatShortRate(stats.rate) ?? NONE, at: rate, colour: palette.text },
    { text: formatErrorShare(stats) ?? NONE, at: errors, colour: isKnownBy('errors') ? loud : palette.text },
    { text: formatLatency(stats.p95) ?? NONE, at: p95, colour: isKnownBy('latency') ? loud : palette.text },
  ]);
}
