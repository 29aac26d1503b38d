import { type CardStyle, detailAt, drawCard } from './draw-card';
import { drawEdges } from './draw-edges';
import { drawLabels } from './draw-labels';
import { fitText } from './fit-text';
import { type MapModel } from './map-model';
import { type Palette } from './palette';
import { type Highlight, type Selection } from './selection';
import { intersects, type Rect, type Size, type Viewport, visibleRect } from './viewport';

export interface MapView extends CardStyle {
  viewport: Viewport;
  /** CSS px */
  size: Size;
  /** Device px by CSS px */
  pixelRatio: number;
  highlight?: Highlight;
  hovered?: Selection;
  selected?: Selection;
  /** Service.id of what a search found */
  matches: ReadonlySet<string>;
}

/** Above this many services calls between boxes are drawn quietly. */
const QUIET_SERVICES = 300;
const GROUP_RADIUS = 12;

function drawGroups(ctx: CanvasRenderingContext2D, model: MapModel, { palette, viewport }: MapView, visible: Rect) {
  for (const { box } of model.groups) {
    if (!intersects(box, visible)) {
      continue;
    }
    ctx.beginPath();
    ctx.roundRect(box.x, box.y, box.width, box.height, GROUP_RADIUS);
    ctx.fillStyle = palette.group;
    ctx.fill();
    ctx.lineWidth = 1 / viewport.k;
    ctx.strokeStyle = palette.groupBorder;
    ctx.stroke();
  }
}

/** Readable at any zoom as far as the box has room; far out it lies over the cards. */
function drawGroupName(ctx: CanvasRenderingContext2D, name: string, box: Rect, palette: Palette, k: number) {
  if (name === '') {
    return;
  }
  const size = Math.min(Math.max(14, 12 / k), 0.3 * box.height);
  ctx.font = `500 ${size}px ${palette.fontFamily}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  const text = fitText(ctx, name, box.width - 28);
  ctx.lineJoin = 'round';
  ctx.lineWidth = size / 3;
  ctx.strokeStyle = palette.group;
  ctx.strokeText(text, box.x + 14, box.y + 14);
  ctx.fillStyle = palette.textSecondary;
  ctx.fillText(text, box.x + 14, box.y + 14);
}

function drawGroupNames(ctx: CanvasRenderingContext2D, model: MapModel, { palette, viewport }: MapView, visible: Rect) {
  for (const { name, box } of model.groups) {
    if (intersects(box, visible)) {
      drawGroupName(ctx, name, box, palette, viewport.k);
    }
  }
}

function drawCards(ctx: CanvasRenderingContext2D, model: MapModel, view: MapView, visible: Rect) {
  const detail = detailAt(view.viewport.k);
  const { highlight, hovered, selected, matches } = view;
  for (const node of model.nodes) {
    if (!intersects(node.card, visible)) {
      continue;
    }
    const { id } = node.service;
    const isSelected = selected?.kind === 'service' && selected.id === id;
    const dimmed =
      highlight?.strong && detail !== 'block'
        ? !highlight.services.has(id)
        : matches.size > 0 && !matches.has(id) && !isSelected;
    if (dimmed) {
      // Lines must not shine through a card that stands back.
      ctx.fillStyle = view.palette.background;
      ctx.fillRect(node.card.x, node.card.y, node.card.width, node.card.height);
    }
    ctx.globalAlpha = dimmed ? (highlight?.strong ? 0.45 : 0.75) : 1;
    const state = {
      selected: isSelected,
      hovered: hovered?.kind === 'service' && hovered.id === id,
      matched: matches.has(id),
    };
    drawCard(ctx, node, view, state, detail);
  }
  ctx.globalAlpha = 1;
}

/** One whole picture of the map; what lies outside the view costs nothing but a comparison. */
export function drawMap(ctx: CanvasRenderingContext2D, model: MapModel, view: MapView) {
  const { viewport, size, pixelRatio, palette } = view;
  const visible = visibleRect(viewport, size);
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  ctx.clearRect(0, 0, size.width, size.height);
  const scale = viewport.k * pixelRatio;
  ctx.setTransform(scale, 0, 0, scale, viewport.x * pixelRatio, viewport.y * pixelRatio);
  drawGroups(ctx, model, view, visible);
  const quiet = model.nodes.length > QUIET_SERVICES;
  drawEdges(ctx, model, { palette, visible, k: viewport.k, highlight: view.highlight, quiet });
  drawCards(ctx, model, view, visible);
  drawGroupNames(ctx, model, view, visible);
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  drawLabels(ctx, model, view);
}
