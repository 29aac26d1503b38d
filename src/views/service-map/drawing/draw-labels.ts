import { runSteps, type Steps } from '../../../trace/steps';
import { labelPlaces } from '../model/curves';
import { isDrawn, QUIET_SERVICES } from './draw-edges';
import { type CallLabel, type DrawView } from './draw-view';
import { type LatencyKey, formatErrorShare, formatLatency, formatShortRate } from '../format-stats';
import { type FoldedMap } from '../model/folded-map';
import { type MapEdge } from '../model/map-types';
import { passes } from '../model/rects';
import { loudnessOf, type PaintStyle } from './paint-style';
import { textWidth } from './text-width';
import { intersects, type Rect, toScreen, toWorld, visibleRect } from '../viewport/viewport';

/** Labels of calls from this zoom on, the most important of those in view; of highlighted calls earlier. */
const LABELS = { zoom: 0.62, most: 90, highlightZoom: 0.3, highlightMost: 40 } as const;
const HEIGHT = 15;
const GAP = 2;

export interface PlacedLabel {
  edge: MapEdge;
  text: string;
  box: Rect;
}

/** "8.2/s · 120 ms · 3%" and ever shorter forms of it, for where there is little room. */
export function labelTexts(
  { call: { id, stats, details = [] }, tone }: MapEdge,
  latency: LatencyKey,
  paint?: PaintStyle,
  callLabel: CallLabel = 'all'
): string[] {
  const isLoud = loudnessOf(tone) > 0;
  const [told, badge] = [paint?.textOf?.(id), isLoud ? paint?.badgeOf(stats, id) : undefined];
  if (paint?.kind === 'change' && isLoud) {
    return [[told, badge].filter(Boolean).join('  '), badge ?? ''].filter((text) => text !== '');
  }
  const [rate, time] = [formatShortRate(stats.rate), formatLatency(stats[latency] ?? stats.mean)];
  if (callLabel !== 'all') {
    const one = { rate, latency: time, errors: formatErrorShare(stats), none: undefined }[callLabel];
    return one === undefined ? [] : [one];
  }
  if (rate === undefined && time === undefined && details.length > 0) {
    // Statistics of another data source, as the node graph would have them
    return [details.slice(0, 2), details.slice(0, 1)].map((list) => list.map(({ text }) => text).join(' · '));
  }
  const failed = isLoud ? formatErrorShare(stats) : undefined;
  const forms = [[rate, time, failed], isLoud ? [time, failed] : [rate, time], [failed ?? time ?? rate]];
  const texts = forms.map((parts) => parts.filter(Boolean).join(' · ')).filter((text) => text !== '');
  return [...new Set(texts)];
}

function byImportance(a: MapEdge, b: MapEdge): number {
  return loudnessOf(b.tone) - loudnessOf(a.tone) || b.width - a.width;
}

/** Calls that are seen where calls have labels, the most important first */
function labelled({ nodes, edges }: Pick<FoldedMap, 'nodes' | 'edges'>, { viewport, visible, highlight }: DrawView) {
  const { k } = viewport;
  const lit = highlight && [...highlight.outgoing, ...highlight.incoming];
  if (lit ? k < LABELS.highlightZoom || lit.length > LABELS.highlightMost : k < LABELS.zoom) {
    return [];
  }
  const quiet = nodes.length > QUIET_SERVICES;
  return (lit ?? edges)
    .filter((edge) => (lit || isDrawn(edge, quiet)) && intersects(edge.way.bounds, visible))
    .sort(byImportance);
}

type LabelledMap = Pick<FoldedMap, 'model' | 'nodes' | 'edges' | 'folded'>;

/** Labels placed or drawn before the clock is looked at again */
const CHUNK = 15;

/** The worst and the busiest calls choose first; a label that would hide something wherever it is put is left out. */
export function placeLabels(
  map: LabelledMap,
  view: Omit<DrawView, 'visible'>,
  widthOf: (text: string) => number
): PlacedLabel[] {
  return runSteps(placeSteps(map, { ...view, visible: visibleRect(view.viewport, view.size) }, widthOf));
}

function* placeSteps(map: LabelledMap, view: DrawView, widthOf: (text: string) => number): Steps<PlacedLabel[]> {
  const { viewport, visible } = view;
  const shown = labelled(map, view);
  if (shown.length === 0) {
    return [];
  }
  const { k } = viewport;
  const inWorld = (rect: Rect): Rect => ({
    ...toWorld(viewport, rect),
    width: rect.width / k,
    height: rect.height / k,
  });
  const solid = [...map.nodes.map(({ card }) => card), ...map.folded.map(({ box }) => box)];
  const taken = [...solid.filter((rect) => intersects(rect, visible)), ...(view.reserved ?? []).map(inWorld)];
  const placed: PlacedLabel[] = [];
  const isOnLine = (room: Rect, own: MapEdge) =>
    shown.some(
      (edge) =>
        edge !== own &&
        intersects(edge.way.bounds, room) &&
        edge.way.samples.some((point, index, line) => index > 0 && passes(room, line[index - 1], point))
    );
  const fits = (edge: MapEdge, text: string): Rect | undefined => {
    const width = widthOf(text) + 8;
    for (const place of labelPlaces(edge.way.curve, edge.width, k)) {
      const at = toScreen(viewport, place);
      const [x, y] = [at.x - width / 2, at.y - HEIGHT / 2];
      const room = inWorld({ x: x - GAP, y: y - GAP, width: width + 2 * GAP, height: HEIGHT + 2 * GAP });
      if (intersects(room, visible) && !taken.some((other) => intersects(other, room)) && !isOnLine(room, edge)) {
        taken.push(room);
        return { x, y, width, height: HEIGHT };
      }
    }
    return undefined;
  };
  for (const [index, edge] of shown.slice(0, LABELS.most).entries()) {
    if (index % CHUNK === CHUNK - 1) {
      yield;
    }
    for (const text of labelTexts(edge, view.latency, map.model.paint, view.callLabel)) {
      const box = fits(edge, text);
      if (box) {
        placed.push({ edge, text, box });
        break;
      }
    }
  }
  return placed;
}

/** In px of the screen, after the world has been drawn. It may be left off after every step and gone on with later. */
export function* labelSteps(ctx: CanvasRenderingContext2D, map: FoldedMap, view: DrawView): Generator<void> {
  const { palette } = view;
  ctx.font = `400 10.5px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  let drawn = 0;
  const placed = yield* placeSteps(map, view, (label) => textWidth(ctx, label));
  for (const { edge, text, box } of placed) {
    if (drawn++ % CHUNK === 0) {
      yield;
    }
    ctx.beginPath();
    ctx.roundRect(box.x, box.y, box.width, box.height, 4);
    ctx.globalAlpha = 0.88;
    ctx.fillStyle = palette.background;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.toneText[edge.tone];
    ctx.fillText(text, box.x + box.width / 2, box.y + box.height / 2 + 0.5);
  }
}
