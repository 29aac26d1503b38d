/** The picture of the map: a base that only changes with its content, and what lies over it while one points. */
import { runSteps } from '../../../trace/steps';
import { type CardStyle } from './card-parts';
import { drawCard } from './draw-card';
import { drawLinks, drawLitEdges, drawTrunks, edgeSteps, QUIET_SERVICES } from './draw-edges';
import { drawBoxes, drawBoxNames, drawGroupFocus, drawTiles } from './draw-groups';
import { labelSteps } from './draw-labels';
import { nameSteps } from './draw-names';
import { drawBars, drawSpots } from './draw-spots';
import { type CallLabel, type DrawView, inChunks } from './draw-view';
import { type FoldedMap } from '../model/folded-map';
import { type Detail, detailAt, hasCards } from './level-of-detail';
import { type MapNode } from '../model/map-types';
import { type Highlight, operationOf, type Selection } from '../selection';
import { intersects, type Rect, type Size, type Viewport, visibleRect } from '../viewport/viewport';

/** What there is to draw, wherever it is looked at from. */
export interface Scene extends CardStyle {
  map: FoldedMap;
  /** Service.id of what a search found */
  matches: ReadonlySet<string>;
  /** Service.id of what a person put in its place */
  pinned: ReadonlySet<string>;
  callLabel?: CallLabel;
}

export interface View {
  viewport: Viewport;
  /** CSS px */
  size: Size;
  /** Device px by CSS px */
  pixelRatio: number;
}

/** What lies over the base. */
export interface Overlay {
  highlight?: Highlight;
  hovered?: Selection;
  selected?: Selection;
  /** Service.id of services chosen together */
  several: ReadonlySet<string>;
  /** A card being moved, where it is now */
  dragged?: MapNode;
  /** Box of the group that the keyboard is on */
  group?: Rect;
  /** Frame drawn with the pointer, px of the screen */
  frame?: Rect;
}

/** Things drawn before the clock is looked at again */
const CHUNK = { cards: 25, spots: 1000, boxes: 30, boxNames: 8, tiles: 8 } as const;

function toWorldSpace(ctx: CanvasRenderingContext2D, { viewport, pixelRatio }: View) {
  const scale = viewport.k * pixelRatio;
  ctx.setTransform(scale, 0, 0, scale, viewport.x * pixelRatio, viewport.y * pixelRatio);
}

function toScreenSpace(ctx: CanvasRenderingContext2D, { pixelRatio }: View) {
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
}

/** A drawing without boxes has services to show also from afar. */
function detailOf({ map }: Scene, k: number): Detail {
  const detail = detailAt(k);
  return detail === 'group' && !map.model.hasGroups ? 'block' : detail;
}

function* cardSteps(ctx: CanvasRenderingContext2D, scene: Scene, visible: Rect, detail: Detail): Generator<void> {
  const { map, matches, pinned, palette } = scene;
  const seen = map.nodes.filter(({ card }) => intersects(card, visible));
  if (!hasCards(detail) && matches.size === 0) {
    // Behind the sums of their groups
    ctx.globalAlpha = detail === 'group' ? 0.5 : 1;
    yield* inChunks(seen, CHUNK.spots, (chunk) =>
      detail === 'group' ? drawSpots(ctx, chunk, scene) : drawBars(ctx, chunk, scene)
    );
    ctx.globalAlpha = 1;
    return;
  }
  let drawn = 0;
  for (const node of seen) {
    const { id } = node.service;
    const dimmed = matches.size > 0 && !matches.has(id);
    if (dimmed) {
      // Lines must not shine through a card that stands back.
      ctx.fillStyle = palette.background;
      ctx.fillRect(node.card.x, node.card.y, node.card.width, node.card.height);
    }
    ctx.globalAlpha = dimmed ? 0.6 : 1;
    const state = { selected: false, hovered: false, matched: matches.has(id), pinned: pinned.has(id) };
    drawCard(ctx, node, scene, state, detail);
    ctx.globalAlpha = 1;
    if (++drawn % CHUNK.cards === 0) {
      yield;
    }
  }
}

function viewOf({ palette, latency, callLabel }: Scene, { viewport, size }: View): DrawView {
  return { palette, latency, callLabel, viewport, size, visible: visibleRect(viewport, size) };
}

/**
 * Paints the base from the beginning. It may be left off after every step and gone on with later.
 * @param patience `performance.now()` from which on calls that are not routed yet are drawn the straight way
 */
export function* paintSteps(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  patience?: number
): Generator<void> {
  const { map } = scene;
  const drawn = { ...viewOf(scene, view), patience };
  const detail = detailOf(scene, view.viewport.k);
  // An earlier painting may have been left off.
  ctx.globalAlpha = 1;
  toScreenSpace(ctx, view);
  ctx.clearRect(0, 0, view.size.width, view.size.height);
  toWorldSpace(ctx, view);
  // Lines between boxes pass behind boxes.
  if (detail === 'group' || map.nodes.length > QUIET_SERVICES) {
    drawTrunks(ctx, map.model, drawn);
    yield;
  }
  if (detail === 'group') {
    drawLinks(ctx, map.links, drawn);
  }
  yield* inChunks(map.model.groups, CHUNK.boxes, (chunk) => drawBoxes(ctx, chunk, drawn));
  if (detail !== 'group') {
    yield* edgeSteps(ctx, map, drawn);
  }
  yield;
  yield* cardSteps(ctx, scene, drawn.visible, detail);
  const open = map.model.groups.filter((group) => !map.folded.includes(group));
  const boxNames: Rect[] = [];
  if (detail !== 'group') {
    yield* inChunks(open, CHUNK.boxNames, (chunk) => boxNames.push(...drawBoxNames(ctx, chunk, drawn)));
  }
  toScreenSpace(ctx, view);
  if (detail === 'group') {
    yield* inChunks(open, CHUNK.tiles, (chunk) => drawTiles(ctx, chunk, drawn, false));
  } else if (detail === 'block') {
    yield* nameSteps(ctx, map.nodes, { ...drawn, reserved: boxNames });
  }
  yield* inChunks(map.folded, CHUNK.tiles, (chunk) => drawTiles(ctx, chunk, drawn, true));
  yield* labelSteps(ctx, map, { ...drawn, reserved: boxNames });
}

/** ms for finding the ways of calls that are lit up */
const ROUTING = 8;
/** How much of what is not lit stays to be seen */
const VEIL = { strong: 0.68, weak: 0.4 } as const;

function litNodes({ map }: Scene, { highlight, selected, several, dragged }: Overlay): MapNode[] {
  const ids = new Set([...(highlight?.services ?? []), ...several]);
  if (selected?.kind === 'service') {
    ids.add(selected.id);
  }
  const nodes = [...ids].flatMap((id) => map.model.nodeById.get(id) ?? []);
  return dragged ? [...nodes.filter(({ service }) => service.id !== dragged.service.id), dragged] : nodes;
}

/** Lets nothing be drawn on cards: as in the base, lines pass under them. */
function keepOffCards(ctx: CanvasRenderingContext2D, { nodes }: FoldedMap, visible: Rect) {
  ctx.beginPath();
  ctx.rect(visible.x, visible.y, visible.width, visible.height);
  for (const { card } of nodes) {
    if (intersects(card, visible)) {
      ctx.rect(card.x, card.y, card.width, card.height);
    }
  }
  ctx.clip('evenodd');
}

/** What is pointed at, selected, chosen or moved, over a base that steps back for it. */
export function drawOverlay(ctx: CanvasRenderingContext2D, scene: Scene, view: View, overlay: Overlay) {
  const { size } = view;
  const { palette, map, matches, pinned } = scene;
  const { highlight, hovered, selected, several, frame, group } = overlay;
  const drawn = { ...viewOf(scene, view), highlight };
  const { visible } = drawn;
  const detail = detailOf(scene, view.viewport.k);
  const isFolded = ({ group }: MapNode) => map.folded.includes(map.model.groups[group]);
  toScreenSpace(ctx, view);
  if (highlight || several.size > 0) {
    ctx.globalAlpha = highlight?.strong ? VEIL.strong : VEIL.weak;
    ctx.fillStyle = palette.background;
    ctx.fillRect(0, 0, size.width, size.height);
    ctx.globalAlpha = 1;
  }
  toWorldSpace(ctx, view);
  if (highlight) {
    ctx.save();
    if (hasCards(detail)) {
      keepOffCards(ctx, map, visible);
    }
    const isNeutral = scene.paint.kind === 'change';
    const patience = performance.now() + ROUTING;
    drawLitEdges(ctx, highlight, { ...drawn, patience, isNeutral });
    ctx.restore();
  }
  const lit = litNodes(scene, overlay).filter((node) => !isFolded(node));
  for (const node of lit) {
    const { id } = node.service;
    if (intersects(node.card, visible)) {
      const isSelected = (selected?.kind === 'service' && selected.id === id) || several.has(id);
      const isHovered = hovered?.kind === 'service' && hovered.id === id;
      const operation = operationOf(hovered, id) ?? operationOf(selected, id);
      const marks = { matched: matches.has(id), pinned: pinned.has(id), operation };
      drawCard(ctx, node, scene, { selected: isSelected, hovered: isHovered, ...marks }, detail);
    }
  }
  toScreenSpace(ctx, view);
  if (highlight) {
    runSteps(labelSteps(ctx, map, drawn));
    if (!hasCards(detail)) {
      runSteps(nameSteps(ctx, lit, drawn));
    }
  }
  if (group) {
    drawGroupFocus(ctx, group, drawn);
  }
  if (frame) {
    ctx.globalAlpha = 0.15;
    ctx.fillStyle = palette.focus;
    ctx.fillRect(frame.x, frame.y, frame.width, frame.height);
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1;
    ctx.strokeStyle = palette.focus;
    ctx.strokeRect(frame.x + 0.5, frame.y + 0.5, frame.width, frame.height);
  }
}
