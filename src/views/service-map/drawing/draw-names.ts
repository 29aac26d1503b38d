/** Names of services whose cards are too small to hold them: the worst and the busiest, where there is room. */
import { type DrawView } from './draw-view';
import { fitText } from './fit-text';
import { type MapNode } from '../model/map-types';
import { loudnessOf, type Tone } from './paint-style';
import { type Palette } from './palette';
import { textWidth } from './text-width';
import { intersects, type Rect, toScreen } from '../viewport/viewport';

const NAMES = { most: 160, size: 10.5, height: 13, longest: 150, gap: 3 } as const;

function byImportance(a: MapNode, b: MapNode): number {
  return loudnessOf(b.tone) - loudnessOf(a.tone) || (b.service.stats.rate ?? -1) - (a.service.stats.rate ?? -1);
}

/** Places taken so far, by cells of the screen. */
class Taken {
  private readonly cells = new Map<number, Rect[]>();
  private static readonly cell = 160;

  /** @returns whether there was room */
  take(rect: Rect): boolean {
    const keys: number[] = [];
    const at = (value: number) => Math.floor(value / Taken.cell) + 1000;
    for (let column = at(rect.x); column <= at(rect.x + rect.width); column++) {
      for (let row = at(rect.y); row <= at(rect.y + rect.height); row++) {
        keys.push(column * 4096 + row);
      }
    }
    if (keys.some((key) => this.cells.get(key)?.some((other) => intersects(other, rect)))) {
      return false;
    }
    keys.forEach((key) => this.cells.set(key, [...(this.cells.get(key) ?? []), rect]));
    return true;
  }
}

/** Names tried before the clock is looked at again */
const CHUNK = 15;

function takePen(ctx: CanvasRenderingContext2D, palette: Palette) {
  ctx.font = `500 ${NAMES.size}px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3;
  ctx.strokeStyle = palette.group;
}

/** @param isHidden whether the name covers the spot, whose colour would not be seen then */
function nameColour(tone: Tone, isHidden: boolean, palette: Palette): string {
  if (isHidden && loudnessOf(tone) > 0) {
    return palette.tone[tone];
  }
  return loudnessOf(tone) > loudnessOf('warning') ? palette.text : palette.textSecondary;
}

/** In px of the screen, after the world has been drawn. It may be left off after every step and gone on with later. */
export function* nameSteps(
  ctx: CanvasRenderingContext2D,
  nodes: readonly MapNode[],
  { palette, viewport, size, visible, reserved = [] }: DrawView
): Generator<void> {
  takePen(ctx, palette);
  const taken = new Taken();
  reserved.forEach((rect) => taken.take(rect));
  let [written, tried] = [0, 0];
  const seen = nodes.filter(({ card }) => intersects(card, visible)).sort(byImportance);
  for (const { service, centre, card, tone } of seen) {
    const at = toScreen(viewport, centre);
    const text = fitText(ctx, service.name, NAMES.longest);
    const width = textWidth(ctx, text);
    // Beside the edge of the screen rather than over it
    at.x = Math.max(width / 2, Math.min(size.width - width / 2, at.x));
    const place = { x: at.x - width / 2, y: at.y - NAMES.height / 2, width, height: NAMES.height };
    const room = { ...place, x: place.x - NAMES.gap, width: width + 2 * NAMES.gap };
    if (taken.take(room)) {
      ctx.strokeText(text, at.x, at.y);
      ctx.fillStyle = nameColour(tone, card.height * viewport.k < NAMES.height, palette);
      ctx.fillText(text, at.x, at.y);
      if (++written >= NAMES.most) {
        return;
      }
    }
    if (++tried % CHUNK === 0) {
      yield;
    }
  }
}
