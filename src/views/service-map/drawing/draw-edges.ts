import { runSteps } from '../../../trace/steps';
import { type Arrow, type Pen, traceLine, traceSelfCall } from '../model/curves';
import { type DrawView, inChunks } from './draw-view';
import { type FoldedLink, type FoldedMap } from '../model/folded-map';
import { listsBy } from '../model/lists-by';
import { type MapEdge, type MapModel } from '../model/map-types';
import { isBroken, loudnessOf, type Tone } from './paint-style';
import { type Palette } from './palette';
import { grown } from '../model/rects';
import { type Highlight } from '../selection';
import { intersects, type Point } from '../viewport/viewport';

const ARROW = { length: 8, width: 7 } as const;
/** Below this zoom curves cannot be told from lines, nor widths from hairlines. */
export const FAR = 0.2;

interface Style {
  colour: string;
  alpha: number;
  /** px of the world; never less than a pixel of the screen */
  width: number;
  /** px of the world */
  dash?: number[];
}

function strokeEdge(ctx: CanvasRenderingContext2D, edge: MapEdge, k: number) {
  const { card, centre } = edge.source;
  const { line, curve } = edge.way;
  if (line.length === 0) {
    traceSelfCall(ctx, centre, card.width, card.height);
  } else if (k < FAR) {
    ctx.moveTo(line[0], line[1]);
    for (let index = 2; index < line.length; index += 2) {
      ctx.lineTo(line[index], line[index + 1]);
    }
  } else {
    traceLine(ctx, curve, arrowTrim(edge, k));
  }
}

function arrowScale({ width }: MapEdge, k: number): number {
  return Math.max(1 + width * 0.18, 0.5 / k);
}

/** Lines end inside their arrow heads, not at their tips. */
export function arrowTrim(edge: MapEdge, k: number): { x: number; y: number } {
  const length = 0.95 * ARROW.length * arrowScale(edge, k);
  const { arrow } = edge.way;
  return arrow ? { x: length * Math.cos(arrow.angle), y: length * Math.sin(arrow.angle) } : { x: 0, y: 0 };
}

type HeadPen = Pen & Pick<CanvasRenderingContext2D, 'closePath'>;

/** @param length px of the world */
export function traceHead(ctx: HeadPen, { x, y, angle }: Arrow, length: number) {
  const half = (length * ARROW.width) / ARROW.length / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  ctx.moveTo(x, y);
  ctx.lineTo(x - length * cos + half * sin, y - length * sin - half * cos);
  ctx.lineTo(x - length * cos - half * sin, y - length * sin + half * cos);
  ctx.closePath();
}

/** Arrow heads point at the callee, at least 4 px of the screen long. */
export function traceArrow(ctx: HeadPen, edge: MapEdge, k: number) {
  const { arrow } = edge.way;
  if (arrow) {
    traceHead(ctx, arrow, ARROW.length * arrowScale(edge, k));
  }
}

/** Strokes of one width go into one path: a call for each edge would be several times slower. */
function drawBatch(ctx: CanvasRenderingContext2D, edges: readonly MapEdge[], style: Style, k: number) {
  ctx.globalAlpha = style.alpha;
  ctx.strokeStyle = style.colour;
  ctx.fillStyle = style.colour;
  ctx.lineWidth = Math.max(style.width, 1 / k);
  ctx.beginPath();
  edges.forEach((edge) => strokeEdge(ctx, edge, k));
  ctx.setLineDash(style.dash ?? []);
  ctx.stroke();
  ctx.setLineDash([]);
  if (k >= FAR) {
    ctx.beginPath();
    edges.forEach((edge) => traceArrow(ctx, edge, k));
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

/** px of the world, in steps, so that few paths are needed; from afar all are hairlines. */
function strokeWidth(edge: MapEdge, extra: number, k: number): number {
  return k < FAR ? 0 : Math.round(2 * (edge.width + extra)) / 2;
}

/** With so many services calls between boxes are left to the trunks, but for those that are in trouble. */
export const QUIET_SERVICES = 300;

export function isDrawn(edge: MapEdge, quiet: boolean): boolean {
  return !quiet || !edge.betweenGroups || loudnessOf(edge.tone) > loudnessOf('warning');
}

function baseAlpha(tone: Tone, betweenGroups: boolean): number {
  return loudnessOf(tone) === 0 ? (betweenGroups ? 0.45 : 0.85) : betweenGroups ? 0.6 : 0.95;
}

export function drawTrunks(ctx: CanvasRenderingContext2D, model: MapModel, { palette, viewport: { k } }: DrawView) {
  ctx.globalAlpha = 0.8;
  for (const { from, to, share, tone } of model.trunks) {
    ctx.strokeStyle = loudnessOf(tone) > loudnessOf('warning') ? palette.edge[tone] : palette.trunk;
    ctx.lineWidth = Math.max(1.5, 6 * share) / k;
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

/** The line of a folded group's calls, which ends inside its head. @param least px of the world that a head is long at least */
export function linkShape({ from, to, width }: FoldedLink, least = 0): { end: Point; head: Arrow; length: number } {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const length = Math.max(ARROW.length * (1 + width * 0.18), least);
  const end = { x: to.x - 0.9 * length * Math.cos(angle), y: to.y - 0.9 * length * Math.sin(angle) };
  return { end, head: { ...to, angle }, length };
}

/** Calls of folded groups: straight, as thick as many calls together, with the head at the callee. */
export function drawLinks(ctx: CanvasRenderingContext2D, links: readonly FoldedLink[], view: DrawView) {
  const { palette, viewport } = view;
  const { k } = viewport;
  for (const link of links) {
    const { from, width, tone } = link;
    const { end, head, length } = linkShape(link, (0.6 * ARROW.length) / k);
    ctx.globalAlpha = baseAlpha(tone, true);
    ctx.strokeStyle = palette.edge[tone];
    ctx.fillStyle = palette.edge[tone];
    ctx.lineWidth = Math.max(width, 1 / k);
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(end.x, end.y);
    ctx.stroke();
    ctx.beginPath();
    traceHead(ctx, head, length);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

/** Edges drawn before the clock is looked at again: about a millisecond of them */
const CHUNK = 200;

/** As its data source has it, else by its tone */
export function edgeColour({ call: { look }, tone }: MapEdge, palette: Palette): string {
  return look?.color ?? (look?.highlighted ? palette.focus : palette.edge[tone]);
}

/** px of the screen of the dashes and gaps of what is not there in one of two windows */
const DASH = 5;

function dashOf({ call: { look }, tone }: MapEdge, k: number): number[] | undefined {
  return look ? look.dash : isBroken(tone) ? [DASH / k, DASH / k] : undefined;
}

/** Calls whose ways are looked for before the clock is looked at again */
const ROUTED = 5;
/** px that a way around things may lead away from the straight line */
const DETOUR = 400;

/** Whether something of a call is to be seen; what is not routed yet may still come there. */
function isNear({ way: { bounds, isRouted } }: MapEdge, { visible, viewport: { k } }: DrawView): boolean {
  return intersects(isRouted || k < FAR ? bounds : grown(bounds, DETOUR), visible);
}

/** Edges whose bounds are looked at, and found the first time, before the clock is looked at again */
const LOOKED_AT = 2000;

function* nearSteps(edges: readonly MapEdge[], quiet: boolean, view: DrawView): Generator<void, MapEdge[]> {
  const near: MapEdge[] = [];
  for (let index = 0; index < edges.length; index++) {
    if (isDrawn(edges[index], quiet) && isNear(edges[index], view)) {
      near.push(edges[index]);
    }
    if (index % LOOKED_AT === LOOKED_AT - 1) {
      yield;
    }
  }
  return near;
}

/** Finds the ways of calls around cards. */
function* routeSteps(edges: readonly MapEdge[], { viewport: { k }, patience = Infinity }: DrawView): Generator<void> {
  let found = 0;
  for (const { way } of k < FAR ? [] : edges) {
    if (!way.isRouted) {
      if (performance.now() > patience) {
        return;
      }
      way.route();
      if (++found % ROUTED === 0) {
        yield;
      }
    }
  }
}

/** Finds the ways of all calls that are drawn from near, before anybody comes there: one a step, as the first take long. */
export function* waysAheadSteps({ nodes, edges }: FoldedMap): Generator<void> {
  const quiet = nodes.length > QUIET_SERVICES;
  for (const edge of edges) {
    if (!edge.way.isRouted && isDrawn(edge, quiet)) {
      edge.way.route();
      yield;
    }
  }
}

/** Those of one look together, the quiet ones first and those whose data source says how they look last */
function batchesOf(edges: readonly MapEdge[], widthOf: (edge: MapEdge) => number): MapEdge[][] {
  const orderOf = ({ tone, betweenGroups }: MapEdge) =>
    2 * loudnessOf(tone) + (tone === 'unknown' ? -2 : 0) + (betweenGroups ? 0 : 1);
  const looked = edges.some(({ call }) => call.look) ? edges.filter(({ call }) => call.look) : [];
  const plain = looked.length > 0 ? edges.filter(({ call }) => !call.look) : edges;
  const ordered = [...listsBy(plain, orderOf)].sort((a, b) => a[0] - b[0]);
  return [
    ...ordered.flatMap(([, batch]) => [...listsBy(batch, widthOf).values()]),
    ...listsBy(looked, (edge) => JSON.stringify([edge.call.look, edge.tone, widthOf(edge)])).values(),
  ];
}

/**
 * @param edges near enough that they, or their ways around cards, may be seen
 * @param wider px of the world more than usual
 */
function* strokeSteps(
  ctx: CanvasRenderingContext2D,
  edges: readonly MapEdge[],
  view: DrawView,
  lookOf: (edge: MapEdge) => Pick<Style, 'colour' | 'alpha'>,
  wider = 0
): Generator<void> {
  const { k } = view.viewport;
  yield* routeSteps(edges, view);
  const shown = edges.filter(({ way }) => intersects(way.bounds, view.visible));
  const widthOf = (edge: MapEdge) => strokeWidth(edge, wider, k);
  for (const batch of batchesOf(shown, widthOf)) {
    const [edge] = batch;
    const style = { ...lookOf(edge), width: widthOf(edge), dash: dashOf(edge, k) };
    yield* inChunks(batch, CHUNK, (chunk) => drawBatch(ctx, chunk, style, k));
  }
}

/** Draws all calls, the quiet ones first. It may be left off after every step and gone on with later. */
export function* edgeSteps(ctx: CanvasRenderingContext2D, map: FoldedMap, view: DrawView): Generator<void> {
  ctx.lineCap = 'butt';
  const near = yield* nearSteps(map.edges, map.nodes.length > QUIET_SERVICES, view);
  yield* strokeSteps(ctx, near, view, (edge) => {
    const { tone, betweenGroups, call } = edge;
    const far = view.viewport.k < FAR && tone !== 'critical' ? 0.5 : 1;
    return {
      colour: edgeColour(edge, view.palette),
      alpha: call.look ? 0.9 : baseAlpha(tone, betweenGroups) * far,
    };
  });
  drawLinks(ctx, map.links, view);
}

/** px of the world that calls lit up are wider by */
const LIT_WIDER = 0.8;

/** The calls of what is pointed at or selected, over everything else. */
export function drawLitEdges(ctx: CanvasRenderingContext2D, { incoming, outgoing }: Highlight, view: DrawView) {
  const { palette, isNeutral } = view;
  const light = (edges: readonly MapEdge[], colour: string) => {
    const near = edges.filter((edge) => isNear(edge, view));
    const quiet = isNeutral ? palette.textSecondary : colour;
    const lookOf = ({ tone }: MapEdge) => ({ colour: loudnessOf(tone) > 0 ? palette.edge[tone] : quiet, alpha: 1 });
    runSteps(strokeSteps(ctx, near, view, lookOf, LIT_WIDER));
  };
  light(incoming, palette.incoming);
  light(outgoing, palette.outgoing);
}
