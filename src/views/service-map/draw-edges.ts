import { runSteps } from '../../trace/steps';
import { type Arrow, type Pen, traceLine, traceSelfCall } from './curves';
import { type FoldedLink, type FoldedMap } from './folded-map';
import { listsBy } from './lists-by';
import { type MapEdge, type MapModel } from './map-types';
import { isBroken, loudnessOf, type Tone } from './paint-style';
import { type Palette } from './palette';
import { type Highlight } from './selection';
import { intersects, type Point, type Rect } from './viewport';

export interface EdgeView {
  palette: Palette;
  /** The part of the world that is seen */
  visible: Rect;
  k: number;
  /** `performance.now()` from which on calls that are not routed yet are drawn the straight way */
  patience?: number;
  /** Calls made and received are not told apart, as colours mean something else */
  isNeutral?: boolean;
}

const ARROW = { length: 8, width: 7 } as const;
/** Below this zoom curves cannot be told from lines, nor widths from hairlines. */
export const FAR = 0.2;
const DRAW_ORDER: readonly Tone[] = [
  'unknown',
  'ok',
  'traffic',
  'better',
  'removed',
  'added',
  'warning',
  'worse',
  'critical',
];

interface Style {
  colour: string;
  alpha: number;
  /** px of the world; never less than a pixel of the screen */
  width: number;
  broken?: boolean;
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

/** px of the screen */
const DASH = 5;

/** Strokes of one width go into one path: a call for each edge would be several times slower. */
function drawBatch(ctx: CanvasRenderingContext2D, edges: readonly MapEdge[], style: Style, k: number) {
  ctx.globalAlpha = style.alpha;
  ctx.strokeStyle = style.colour;
  ctx.fillStyle = style.colour;
  ctx.lineWidth = Math.max(style.width, 1 / k);
  ctx.beginPath();
  edges.forEach((edge) => strokeEdge(ctx, edge, k));
  ctx.setLineDash(style.dash ?? (style.broken ? [DASH / k, DASH / k] : []));
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

export function drawTrunks(ctx: CanvasRenderingContext2D, model: MapModel, { palette, k }: EdgeView) {
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
export function drawLinks(ctx: CanvasRenderingContext2D, links: readonly FoldedLink[], { palette, k }: EdgeView) {
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

/** Calls whose data source says how they look, those of one look together */
function* lookedSteps(ctx: CanvasRenderingContext2D, edges: readonly MapEdge[], { palette, k }: EdgeView) {
  const keyOf = (edge: MapEdge) =>
    JSON.stringify([edgeColour(edge, palette), edge.call.look?.dash, strokeWidth(edge, 0, k)]);
  for (const batch of listsBy(edges, keyOf).values()) {
    const [edge] = batch;
    const style = { colour: edgeColour(edge, palette), alpha: 0.9, width: strokeWidth(edge, 0, k) };
    for (let begin = 0; begin < batch.length; begin += CHUNK) {
      drawBatch(ctx, batch.slice(begin, begin + CHUNK), { ...style, dash: edge.call.look?.dash }, k);
      yield;
    }
  }
}

/** Calls whose ways are looked for before the clock is looked at again */
const ROUTED = 5;
/** px that a way around things may lead away from the straight line */
const DETOUR = 400;

/** Whether something of a call is to be seen; what is not routed yet may still come there. */
function isNear({ way: { bounds, isRouted } }: MapEdge, { visible, k }: EdgeView): boolean {
  const { x, y, width, height } = bounds;
  const reach = isRouted || k < FAR ? 0 : DETOUR;
  return intersects({ x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach }, visible);
}

/** Edges whose bounds are looked at, and found the first time, before the clock is looked at again */
const LOOKED_AT = 2000;

function* nearSteps(edges: readonly MapEdge[], quiet: boolean, view: EdgeView): Generator<void, MapEdge[]> {
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
function* routeSteps(edges: readonly MapEdge[], { k, patience = Infinity }: EdgeView): Generator<void> {
  let found = 0;
  for (const edge of k < FAR ? [] : edges) {
    if (!edge.way.isRouted) {
      if (performance.now() > patience) {
        return;
      }
      edge.way.route();
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

/** Draws all calls, the quiet ones first. It may be left off after every step and gone on with later. */
export function* edgeSteps(ctx: CanvasRenderingContext2D, map: FoldedMap, view: EdgeView): Generator<void> {
  const { palette, visible, k } = view;
  const quiet = map.nodes.length > QUIET_SERVICES;
  ctx.lineCap = 'butt';
  const near = yield* nearSteps(map.edges, quiet, view);
  yield* routeSteps(near, view);
  const shown = near.filter(({ way }) => intersects(way.bounds, visible));
  const looked = shown.filter(({ call }) => call.look !== undefined);
  const byTone = listsBy(looked.length > 0 ? shown.filter(({ call }) => !call.look) : shown, ({ tone }) => tone);
  for (const tone of DRAW_ORDER) {
    for (const betweenGroups of [true, false]) {
      const batch = (byTone.get(tone) ?? []).filter((edge) => edge.betweenGroups === betweenGroups);
      const alpha = baseAlpha(tone, betweenGroups) * (k < FAR && tone !== 'critical' ? 0.5 : 1);
      for (const [width, edges] of listsBy(batch, (edge) => strokeWidth(edge, 0, k))) {
        for (let begin = 0; begin < edges.length; begin += CHUNK) {
          drawBatch(
            ctx,
            edges.slice(begin, begin + CHUNK),
            { colour: palette.edge[tone], alpha, width, broken: isBroken(tone) },
            k
          );
          yield;
        }
      }
    }
  }
  yield* lookedSteps(ctx, looked, view);
  drawLinks(ctx, map.links, view);
}

/** The calls of what is pointed at or selected, over everything else. */
export function drawLitEdges(ctx: CanvasRenderingContext2D, highlight: Highlight, view: EdgeView) {
  const { palette, visible, k, isNeutral } = view;
  const sides = [
    { edges: highlight.incoming, colour: isNeutral ? palette.textSecondary : palette.incoming },
    { edges: highlight.outgoing, colour: isNeutral ? palette.textSecondary : palette.outgoing },
  ];
  for (const { edges, colour } of sides) {
    const near = edges.filter((edge) => isNear(edge, view));
    runSteps(routeSteps(near, view));
    const shown = near.filter(({ way }) => intersects(way.bounds, visible));
    const inOrder = [...listsBy(shown, ({ tone }) => tone)].sort((a, b) => loudnessOf(a[0]) - loudnessOf(b[0]));
    for (const [tone, batch] of inOrder) {
      for (const [width, list] of listsBy(batch, (edge) => strokeWidth(edge, 0.8, k))) {
        const lit = loudnessOf(tone) > 0 ? palette.edge[tone] : colour;
        drawBatch(ctx, list, { colour: lit, alpha: 1, width, broken: isBroken(tone) }, k);
      }
    }
  }
}
