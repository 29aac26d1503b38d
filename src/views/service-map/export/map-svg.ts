/** The whole map as an SVG document: what is shown, at the detail of a near look, with the text as text. */
import { runSteps, type Steps } from '../../../trace/steps';
import { badgeStart, CARD_TEXT, type CardTexts, cardTexts } from '../drawing/card-texts';
import { arrowTrim, edgeColour, linkShape, traceArrow, traceHead } from '../drawing/draw-edges';
import { sumsOf, tileName } from '../drawing/draw-groups';
import { ICONS } from '../drawing/draw-icon';
import { type Scene } from '../drawing/draw-map';
import { placeLabels } from '../drawing/draw-labels';
import { type FoldedLink } from '../model/folded-map';
import { traceLine, traceSelfCall } from '../model/curves';
import { fitText, type TextMeasurer } from '../drawing/fit-text';
import { type MapEdge, type MapGroup, type MapNode } from '../model/map-types';
import { isBroken, loudnessOf } from '../drawing/paint-style';
import { RING_DASH, ringParts, ringRadius } from '../drawing/ring-parts';
import { textWidth } from '../drawing/text-width';
import { type Rect } from '../viewport/viewport';
import { colour, element, escapeXml, opening, rect, SvgPath, text } from './svg-elements';

const MARGIN = 24;
const LEGEND_HEIGHT = 30;
const RING = { x: 27, width: 3 } as const;

export interface MapSvgOptions {
  /** Of the document, for screen readers and tabs */
  title: string;
  /** Measures texts with the fonts of the page */
  measurer: TextMeasurer;
}

function widthIn(measurer: TextMeasurer, font: string, content: string): number {
  measurer.font = font;
  return textWidth(measurer, content);
}

function fitted(measurer: TextMeasurer, font: string, content: string, width: number): string {
  measurer.font = font;
  return fitText(measurer, content.replace(/\s+/g, ' '), width);
}

function boxOf(group: MapGroup, { palette }: Scene, measurer: TextMeasurer): string {
  const { box, name } = group;
  const title = [name, ...sumsOf(group)].join(' · ');
  const shown = fitted(measurer, `500 14px ${palette.fontFamily}`, title, box.width - 28);
  return [
    rect(box, 12, { ...colour('fill', palette.group), ...colour('stroke', palette.groupBorder) }),
    text(box.x + 14, box.y + 26, shown, {
      'font-size': 14,
      'font-weight': 500,
      ...colour('fill', palette.textSecondary),
    }),
  ].join('');
}

function tileOf(group: MapGroup, { palette }: Scene, measurer: TextMeasurer): string {
  const { box, tone } = group;
  const border = loudnessOf(tone) > 0 ? palette.tone[tone] : palette.cardBorder;
  const [x, middle] = [box.x + box.width / 2, box.y + box.height / 2];
  const lines = [fitted(measurer, `500 16px ${palette.fontFamily}`, tileName(group), box.width - 16), ...sumsOf(group)];
  return [
    rect(box, 12, { ...colour('fill', palette.card), ...colour('stroke', border), 'stroke-width': 2 }),
    ...lines.map((line, index) =>
      text(x, middle + (index - (lines.length - 1) / 2) * 20 + 5, line, {
        'text-anchor': 'middle',
        'font-size': index === 0 ? 16 : 13,
        'font-weight': index === 0 ? 500 : 400,
        ...colour('fill', index === 0 ? palette.text : palette.textSecondary),
      })
    ),
  ].join('');
}

/** What an end of a call is called: a service, or what it is folded up in */
function endName({ service, group }: MapNode, { model, folded }: Scene['map']): string {
  const holder = folded.find((one) => one === model.groups[group]);
  return holder ? tileName(holder) : service.name;
}

function edgeOf(edge: MapEdge, { palette, map }: Scene): string {
  const [line, head] = [new SvgPath(), new SvgPath()];
  const { card, centre } = edge.source;
  if (edge.way.line.length === 0) {
    traceSelfCall(line, centre, card.width, card.height);
  } else {
    edge.way.route();
    traceLine(line, edge.way.curve, arrowTrim(edge, 1));
    traceArrow(head, edge, 1);
  }
  const { look } = edge.call;
  const shade = edgeColour(edge, palette);
  const dashes = look?.dash ?? (isBroken(edge.tone) ? [5, 5] : undefined);
  const name = [edge.source, edge.target].map((end) => endName(end, map)).join(' → ');
  return element(
    'g',
    { class: 'call' },
    [
      element('title', {}, escapeXml(name)),
      element('path', {
        d: line.d,
        fill: 'none',
        ...colour('stroke', shade),
        'stroke-width': edge.width,
        'stroke-dasharray': dashes?.join(' '),
      }),
      head.d && element('path', { d: head.d, ...colour('fill', shade) }),
    ].join('')
  );
}

function linkOf(link: FoldedLink, { palette }: Scene): string {
  const { from, width, tone } = link;
  const { end, head: arrow, length } = linkShape(link);
  const [line, head] = [new SvgPath(), new SvgPath()];
  line.moveTo(from.x, from.y);
  line.lineTo(end.x, end.y);
  traceHead(head, arrow, length);
  return [
    element('path', { d: line.d, fill: 'none', ...colour('stroke', palette.edge[tone]), 'stroke-width': width }),
    element('path', { d: head.d, ...colour('fill', palette.edge[tone]) }),
  ].join('');
}

function ringOf(node: MapNode, scene: Scene): string {
  const { card } = node;
  const [x, y, top] = [card.x + RING.x, card.y + card.height / 2, -Math.PI / 2];
  return ringParts(node, scene)
    .map(({ from, to, colour: shade, dashed }) => {
      const path = new SvgPath();
      path.arc(x, y, ringRadius(node, scene.sizeOf), top + from * 2 * Math.PI, top + to * 2 * Math.PI);
      return element('path', {
        d: path.d,
        fill: 'none',
        ...colour('stroke', shade),
        'stroke-width': RING.width,
        'stroke-dasharray': dashed ? RING_DASH.join(' ') : undefined,
      });
    })
    .join('');
}

/** Why a card is loud, in its upper right corner, and how much room that takes */
function badgeOf(
  { text: content, box }: NonNullable<CardTexts['badge']>,
  { tone }: MapNode,
  { palette }: Scene
): string {
  const at = badgeStart(box);
  const label = text(at.x, at.y, content, {
    'font-size': 11,
    'font-weight': 600,
    ...colour('fill', palette.textOnTone[tone]),
  });
  return rect(box, box.height / 2, colour('fill', palette.tone[tone])) + label;
}

function cardOf(node: MapNode, scene: Scene, measurer: TextMeasurer): string {
  const { palette } = scene;
  const { card, service } = node;
  const { name, stats, badge } = cardTexts(measurer, node, scene);
  const full = [service.namespace, service.name].filter(Boolean).join(' / ');
  const left = card.x + CARD_TEXT.left;
  return element(
    'g',
    { class: 'service' },
    [
      element('title', {}, escapeXml(full)),
      rect(card, 8, {
        ...colour('fill', palette.card),
        ...colour('stroke', service.look?.highlighted ? palette.focus : palette.cardBorder),
      }),
      ringOf(node, scene),
      element('path', {
        d: ICONS[service.kind],
        transform: `translate(${card.x + RING.x} ${card.y + card.height / 2})`,
        fill: 'none',
        ...colour('stroke', palette.textSecondary),
        'stroke-width': 1.3,
      }),
      text(left, card.y + CARD_TEXT.name, name.text, {
        'font-size': name.size,
        'font-weight': 500,
        ...colour('fill', palette.text),
      }),
      text(left, card.y + CARD_TEXT.stats, stats, { 'font-size': 11.5, ...colour('fill', palette.textSecondary) }),
      badge ? badgeOf(badge, node, scene) : '',
    ].join('')
  );
}

function labelsOf({ map, palette, latency, callLabel }: Scene, bounds: Rect, measurer: TextMeasurer): string[] {
  const viewport = { k: 1, x: -bounds.x, y: -bounds.y };
  const view = { palette, viewport, size: bounds, latency, callLabel };
  const widthOf = (label: string) => widthIn(measurer, `400 10.5px ${palette.fontFamily}`, label);
  return placeLabels(map, view, widthOf).map(({ edge, text: label, box }) => {
    const place = { ...box, x: box.x + bounds.x, y: box.y + bounds.y };
    return [
      rect(place, 4, { ...colour('fill', palette.background), 'fill-opacity': 0.88 }),
      text(place.x + place.width / 2, place.y + 11, label, {
        'text-anchor': 'middle',
        'font-size': 10.5,
        ...colour('fill', palette.toneText[edge.tone]),
      }),
    ].join('');
  });
}

/** What the colours mean, below the map */
function legendOf({ palette, paint }: Scene, bounds: Rect, measurer: TextMeasurer): string[] {
  const y = bounds.y + bounds.height + LEGEND_HEIGHT / 2;
  let x = bounds.x + MARGIN;
  return paint.legend().map(({ tone, text: meaning }) => {
    const swatch = rect({ x, y: y - 2, width: 12, height: 4 }, 2, colour('fill', palette.tone[tone]));
    const label = text(x + 18, y + 4, meaning, { 'font-size': 12, ...colour('fill', palette.textSecondary) });
    x += 18 + widthIn(measurer, `400 12px ${palette.fontFamily}`, meaning) + 20;
    return swatch + label;
  });
}

/** Services or calls written before the clock is looked at again: about a millisecond of them */
const PARTS_PER_STEP = 20;

function* partsOf<T>(items: readonly T[], write: (item: T) => string): Steps<string[]> {
  const parts: string[] = [];
  for (const item of items) {
    parts.push(write(item));
    if (parts.length % PARTS_PER_STEP === 0) {
      yield;
    }
  }
  return parts;
}

/** The document in parts, which are one text when put together: of a large map it is too long to be made at once. */
export function* mapSvgSteps(scene: Scene, { title, measurer }: MapSvgOptions): Steps<string[]> {
  const { map, palette } = scene;
  const { x, y, width, height } = map.model.bounds;
  const bounds = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  const whole = { ...bounds, height: bounds.height + LEGEND_HEIGHT };
  const inOrder = [...map.edges].sort((a, b) => loudnessOf(a.tone) - loudnessOf(b.tone));
  const open = map.model.groups.filter((group) => !map.folded.includes(group));
  const box = [whole.x, whole.y, whole.width, whole.height].map((number) => Math.round(number * 10) / 10).join(' ');
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: box,
    width: whole.width,
    height: whole.height,
    role: 'img',
    'font-family': palette.fontFamily,
  };
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    opening('svg', attributes),
    element('title', {}, escapeXml(title)),
    rect(whole, 0, colour('fill', palette.background)),
  ];
  lines.push(...(yield* partsOf(open, (group) => boxOf(group, scene, measurer))));
  for (const part of yield* partsOf(inOrder, (edge) => edgeOf(edge, scene))) {
    lines.push(part);
  }
  lines.push(...map.links.map((link) => linkOf(link, scene)));
  for (const part of yield* partsOf(map.nodes, (node) => cardOf(node, scene, measurer))) {
    lines.push(part);
  }
  lines.push(
    ...map.folded.map((group) => tileOf(group, scene, measurer)),
    ...labelsOf(scene, bounds, measurer),
    ...legendOf(scene, bounds, measurer),
    '</svg>'
  );
  return lines.map((line) => `${line}\n`);
}

/** The same at once, for what is small. */
export function mapSvg(scene: Scene, options: MapSvgOptions): string {
  return runSteps(mapSvgSteps(scene, options)).join('');
}
