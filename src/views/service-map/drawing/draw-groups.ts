/** Boxes around the services of a group, their names, and what stands in a box when it is seen from afar or folded. */
import { type DrawView } from './draw-view';
import { fitText } from './fit-text';
import { formatRate } from '../format-stats';
import { averageText, failedText, moreText, servicesText } from '../kind-names';
import { type MapGroup } from '../model/map-types';
import { loudnessOf } from './paint-style';
import { type Palette } from './palette';
import { textWidth } from './text-width';
import { intersects, type Rect, toScreen } from '../viewport/viewport';

const RADIUS = 12;
/** px of the world: from a box's corner to its name, and how far down a name may reach so that it stays off the cards */
const NAME = { left: 14, top: 14, bottom: 30 } as const;

/** px of the world: sizes of letters in small boxes differ by a fifth, as browsers make the letters of each size anew. */
function letterSize(box: Rect, k: number): number {
  const wanted = Math.max(14, 12 / k);
  const most = 0.3 * box.height;
  return wanted <= most ? wanted : 1.2 ** Math.floor(Math.log(most) / Math.log(1.2));
}

/** Letters that sums have at least: it is not worth to make them where these do not fit. */
const LEAST_SUMS = 20;

export function drawBoxes(ctx: CanvasRenderingContext2D, groups: readonly MapGroup[], view: DrawView) {
  const { palette, viewport, visible } = view;
  for (const { box } of groups) {
    if (!intersects(box, visible)) {
      continue;
    }
    ctx.beginPath();
    ctx.roundRect(box.x, box.y, box.width, box.height, RADIUS);
    ctx.fillStyle = palette.group;
    ctx.fill();
    ctx.lineWidth = 1 / viewport.k;
    ctx.strokeStyle = palette.groupBorder;
    ctx.stroke();
  }
}

/** Which group the keyboard is on, in px of the screen */
export function drawGroupFocus(ctx: CanvasRenderingContext2D, box: Rect, { palette, viewport }: DrawView) {
  const { x, y } = toScreen(viewport, box);
  ctx.beginPath();
  ctx.roundRect(x - 2, y - 2, box.width * viewport.k + 4, box.height * viewport.k + 4, 8);
  ctx.lineWidth = 3;
  ctx.strokeStyle = palette.focus;
  ctx.stroke();
}

/** px that the pen has: letters of other sizes are drawn scaled, so that their widths need not be measured at each size. */
const LETTERS = 20;

/** Names, with sums where they fit; readable at any zoom as far as the box has room. @returns where they are, px of the screen */
export function drawBoxNames(ctx: CanvasRenderingContext2D, groups: readonly MapGroup[], view: DrawView): Rect[] {
  const places: Rect[] = [];
  const { palette, viewport, visible } = view;
  const pens = { name: `500 ${LETTERS}px ${palette.fontFamily}`, sums: `400 ${LETTERS}px ${palette.fontFamily}` };
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.lineJoin = 'round';
  ctx.lineWidth = LETTERS / 3;
  ctx.strokeStyle = palette.group;
  ctx.fillStyle = palette.textSecondary;
  const write = (text: string, x: number) => {
    ctx.strokeText(text, x, 0);
    ctx.fillText(text, x, 0);
  };
  for (const group of groups) {
    const { name, box } = group;
    if (!intersects(box, visible)) {
      continue;
    }
    const size = letterSize(box, viewport.k);
    const scale = size / LETTERS;
    const at = {
      x: box.x + NAME.left,
      y: box.y + Math.min(NAME.top, Math.max(NAME.bottom - size, 2 / viewport.k)),
    };
    ctx.save();
    ctx.translate(at.x, at.y);
    ctx.scale(scale, scale);
    ctx.font = pens.name;
    const most = (box.width - 2 * NAME.left) / scale;
    const text = fitText(ctx, name, most);
    write(text, 0);
    let width = textWidth(ctx, text);
    const room = most - width;
    const sums = room < 0.5 * LEAST_SUMS * LETTERS ? '' : sumsOf(group).join(' · ');
    if (sums !== '') {
      ctx.font = pens.sums;
      const needed = LETTERS + textWidth(ctx, sums);
      if (needed <= room) {
        write(sums, width + LETTERS);
        width += needed;
      }
    }
    ctx.restore();
    places.push({ ...toScreen(viewport, at), width: width * scale * viewport.k, height: size * viewport.k });
  }
  return places;
}

/** px of the screen */
const TILE = { name: 12, smallName: 9.5, sums: 10.5, line: 15, margin: 3, leastWidth: 30 } as const;

/** What a group is called where its members are not to be seen */
export function tileName({ name, services, remainder }: MapGroup): string {
  return remainder ? moreText(services) : name;
}

/** Translated and formatted once: hundreds of boxes are painted many times while one zooms. */
const knownSums = new WeakMap<MapGroup, string[]>();

/** What the services of a group come to; percentiles are not among it, as they cannot be summed. */
export function sumsOf(group: MapGroup): readonly string[] {
  let sums = knownSums.get(group);
  if (!sums) {
    const { services, stats, remainder } = group;
    const counted = remainder ? undefined : servicesText(services);
    const texts = [counted, formatRate(stats.rate), failedText(stats), averageText(stats)];
    sums = texts.filter((text) => text !== undefined);
    knownSums.set(group, sums);
  }
  return sums;
}

/**
 * Name and sums in the middle of each box, in px of the screen. A small box shows its name only, a tiny one nothing.
 * @param solid covers what is in the box
 */
export function drawTiles(ctx: CanvasRenderingContext2D, groups: readonly MapGroup[], view: DrawView, solid: boolean) {
  const { palette, viewport, visible } = view;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const group of groups) {
    if (!intersects(group.box, visible)) {
      continue;
    }
    const corner = toScreen(viewport, group.box);
    const [width, height] = [group.box.width * viewport.k, group.box.height * viewport.k];
    drawTile(ctx, group, { ...corner, width, height }, { palette, solid });
  }
}

interface TileStyle {
  palette: Palette;
  solid: boolean;
}

function drawTile(
  ctx: CanvasRenderingContext2D,
  group: MapGroup,
  { x, y, width, height }: Rect,
  { palette, solid }: TileStyle
) {
  const isLoud = loudnessOf(group.tone) > 0;
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, Math.min(6, height / 4));
  if (solid) {
    ctx.fillStyle = palette.card;
    ctx.fill();
  }
  ctx.lineWidth = isLoud ? 2 : 1;
  ctx.strokeStyle = isLoud ? palette.tone[group.tone] : palette.cardBorder;
  ctx.stroke();
  const room = width - 2 * TILE.margin;
  if (room < TILE.leastWidth || height < TILE.line) {
    return;
  }
  const fontOf = (weight: number, size: number) => `${weight} ${size}px ${palette.fontFamily}`;
  ctx.font = fontOf(400, TILE.sums);
  const rows = Math.max(0, Math.floor((height - 4) / TILE.line) - 1);
  const lines = sumsOf(group)
    .filter((line) => textWidth(ctx, line) <= room)
    .slice(0, rows);
  const top = y + height / 2 - (lines.length * TILE.line) / 2;
  const write = (text: string, at: number, colour: string) => {
    // A halo keeps letters apart from the spots behind them.
    ctx.lineJoin = 'round';
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = solid ? palette.card : palette.group;
    ctx.strokeText(text, x + width / 2, at);
    ctx.fillStyle = colour;
    ctx.fillText(text, x + width / 2, at);
  };
  lines.forEach((line, index) => write(line, top + (index + 1) * TILE.line, palette.textSecondary));
  ctx.font = fontOf(500, TILE.name);
  const name = tileName(group);
  if (textWidth(ctx, name) > room) {
    ctx.font = fontOf(500, TILE.smallName);
  }
  write(fitText(ctx, name, room), top, palette.text);
}
