import { traceLine, traceSelfCall } from './curves';
import { type MapEdge, type MapModel } from './map-model';
import { loudnessOf, type Tone } from './paint-style';
import { type Palette } from './palette';
import { type Highlight } from './selection';
import { intersects, type Rect } from './viewport';

export interface EdgeView {
  palette: Palette;
  /** The part of the world that is seen */
  visible: Rect;
  k: number;
  highlight?: Highlight;
  /** So many services that calls between boxes are drawn only when something is up with them. */
  quiet: boolean;
}

const ARROW = { length: 8, width: 7 } as const;
/** Below this zoom curves cannot be told from lines, nor widths from hairlines. */
const FAR = 0.2;
const DRAW_ORDER: readonly Tone[] = ['unknown', 'ok', 'better', 'removed', 'added', 'warning', 'worse', 'critical'];

interface Style {
  colour: string;
  alpha: number;
  /** Added to every width, px of the world */
  extra: number;
}

function strokeEdge(ctx: CanvasRenderingContext2D, edge: MapEdge, k: number) {
  const { card, centre } = edge.source;
  if (edge.line.length === 0) {
    traceSelfCall(ctx, centre, card.width, card.height);
  } else if (k < FAR) {
    ctx.moveTo(edge.line[0], edge.line[1]);
    for (let index = 2; index < edge.line.length; index += 2) {
      ctx.lineTo(edge.line[index], edge.line[index + 1]);
    }
  } else {
    traceLine(ctx, edge.line, arrowTrim(edge, k));
  }
}

function arrowScale({ width }: MapEdge, k: number): number {
  return Math.max(1 + width * 0.18, 0.5 / k);
}

/** Lines end inside their arrow heads, not at their tips. */
function arrowTrim(edge: MapEdge, k: number): { x: number; y: number } {
  const length = 0.95 * ARROW.length * arrowScale(edge, k);
  return edge.arrow
    ? { x: length * Math.cos(edge.arrow.angle), y: length * Math.sin(edge.arrow.angle) }
    : { x: 0, y: 0 };
}

/** Arrow heads point at the callee, at least 4 px of the screen long. */
function traceArrow(ctx: CanvasRenderingContext2D, edge: MapEdge, k: number) {
  const { arrow } = edge;
  if (!arrow) {
    return;
  }
  const scale = arrowScale(edge, k);
  const [length, half] = [ARROW.length * scale, (ARROW.width * scale) / 2];
  const [cos, sin] = [Math.cos(arrow.angle), Math.sin(arrow.angle)];
  ctx.moveTo(arrow.x, arrow.y);
  ctx.lineTo(arrow.x - length * cos + half * sin, arrow.y - length * sin - half * cos);
  ctx.lineTo(arrow.x - length * cos - half * sin, arrow.y - length * sin + half * cos);
  ctx.closePath();
}

/** Strokes of one width go into one path: a call for each edge would be several times slower. */
function drawBatch(ctx: CanvasRenderingContext2D, edges: MapEdge[], style: Style, k: number) {
  const byWidth = new Map<number, MapEdge[]>();
  for (const edge of edges) {
    const width = k < FAR ? 0 : Math.round(2 * (edge.width + style.extra)) / 2;
    const list = byWidth.get(width) ?? [];
    list.push(edge);
    byWidth.set(width, list);
  }
  ctx.globalAlpha = style.alpha;
  ctx.strokeStyle = style.colour;
  ctx.fillStyle = style.colour;
  byWidth.forEach((list, width) => {
    ctx.lineWidth = Math.max(width, 1 / k);
    ctx.beginPath();
    list.forEach((edge) => strokeEdge(ctx, edge, k));
    ctx.stroke();
  });
  if (k >= FAR) {
    ctx.beginPath();
    edges.forEach((edge) => traceArrow(ctx, edge, k));
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

function isDrawn(edge: MapEdge, { quiet }: EdgeView): boolean {
  return !quiet || !edge.betweenGroups || loudnessOf(edge.tone) > loudnessOf('warning');
}

function baseAlpha(tone: Tone, edge: { betweenGroups: boolean }): number {
  const quiet = loudnessOf(tone) === 0;
  return quiet ? (edge.betweenGroups ? 0.45 : 0.85) : edge.betweenGroups ? 0.6 : 0.95;
}

/** How far the calls beside the highlighted ones step back; little where single cards cannot be read anyway. */
function restAlpha({ highlight, k }: EdgeView): number {
  return !highlight ? 1 : highlight.strong && k >= FAR ? 0.25 : 0.5;
}

function drawTrunks(ctx: CanvasRenderingContext2D, model: MapModel, view: EdgeView) {
  const { palette, k } = view;
  ctx.strokeStyle = palette.trunk;
  ctx.globalAlpha = 0.8 * restAlpha(view);
  for (const { from, to, share } of model.trunks) {
    ctx.lineWidth = Math.max(1.5, 6 * share) / k;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

export function drawEdges(ctx: CanvasRenderingContext2D, model: MapModel, view: EdgeView) {
  const { highlight, palette, visible, k } = view;
  const lit = (edge: MapEdge) => highlight?.outgoing.has(edge.call.id) || highlight?.incoming.has(edge.call.id);
  const shown = model.edges.filter((edge) => intersects(edge.bounds, visible) && (lit(edge) || isDrawn(edge, view)));
  ctx.lineCap = 'butt';
  if (view.quiet) {
    drawTrunks(ctx, model, view);
  }
  for (const tone of DRAW_ORDER) {
    for (const betweenGroups of [true, false]) {
      const batch = shown.filter((edge) => edge.tone === tone && edge.betweenGroups === betweenGroups && !lit(edge));
      const far = k < FAR && tone !== 'critical' ? 0.5 : 1;
      const alpha = baseAlpha(tone, { betweenGroups }) * far * restAlpha(view);
      drawBatch(ctx, batch, { colour: palette.edge[tone], alpha, extra: 0 }, k);
    }
  }
  if (!highlight) {
    return;
  }
  const isBad = ({ tone }: MapEdge) => loudnessOf(tone) > 0;
  const sides = [
    { ids: highlight.incoming, colour: palette.incoming },
    { ids: highlight.outgoing, colour: palette.outgoing },
  ];
  for (const { ids, colour } of sides) {
    const edges = shown.filter(({ call }) => ids.has(call.id));
    drawBatch(
      ctx,
      edges.filter((edge) => !isBad(edge)),
      { colour, alpha: 1, extra: 0.8 },
      k
    );
    for (const tone of DRAW_ORDER.filter((one) => loudnessOf(one) > 0)) {
      const bad = edges.filter((edge) => edge.tone === tone);
      drawBatch(ctx, bad, { colour: palette.edge[tone], alpha: 1, extra: 0.8 }, k);
    }
  }
}
