/** The ring of a card as coloured parts, for canvas and SVG alike. */
import { type MapNode } from '../model/map-types';
import { type PaintStyle } from './paint-style';
import { type Palette } from './palette';
import { between, lacksRate, type RateSize } from './rate-size';
import { clamp } from '../viewport/viewport';

export interface RingPart {
  /** Of the whole turn, 0 to 1, clockwise from the top */
  from: number;
  to: number;
  colour: string;
  /** Nothing is known of it */
  dashed?: boolean;
}

export interface RingStyle {
  palette: Palette;
  paint: PaintStyle;
  /** All rings are of one size without it. */
  sizeOf?: RateSize;
}

/** px: of the usual ring, and between which it may be; the icon fits into the least, the most into the card */
const RADIUS = { usual: 16, least: 9.5, most: 20 } as const;
/** The radius of Grafana's node graph when a data source says nothing */
const NODE_GRAPH_RADIUS = 40;
/** A sliver that could not be seen is shown a little wider than it is. */
const SLIVER = 0.04;
/** px of dashes and gaps of a ring without data */
export const RING_DASH = [3, 3];

/** px of the world; as the data source has it, else by rate */
export function ringRadius({ service }: MapNode, sizeOf?: RateSize): number {
  const { look } = service;
  if (look?.radius !== undefined) {
    return clamp((RADIUS.usual * look.radius) / NODE_GRAPH_RADIUS, RADIUS.least, RADIUS.most);
  }
  return between(sizeOf?.(service), RADIUS);
}

/** As its data source has it; else the tone's part in its colour and the rest in green; grey when nothing is known. */
export function ringParts(node: MapNode, { palette, paint, sizeOf }: RingStyle): RingPart[] {
  const { tone, ring, service } = node;
  const { arcs, color } = service.look ?? {};
  if (arcs) {
    let from = 0;
    return arcs.map(({ share, color: colour }) => ({ from, to: (from = Math.min(1, from + share)), colour }));
  }
  if (color !== undefined) {
    return [{ from: 0, to: 1, colour: color }];
  }
  if (ring === undefined) {
    const dashed = sizeOf !== undefined && lacksRate(service);
    return [{ from: 0, to: 1, colour: palette.cardBorder, dashed }];
  }
  const coloured = ring === 0 ? 0 : clamp(ring, SLIVER, 1);
  // Of a change nothing is good or bad in itself.
  const rest = { from: coloured, to: 1, colour: paint.kind === 'change' ? palette.cardBorder : palette.tone.ok };
  // Also a share too small to be loud is seen in the ring.
  const part = { from: 0, to: coloured, colour: tone === 'ok' ? palette.tone.warning : palette.tone[tone] };
  return [rest, part].filter(({ from, to }) => to > from);
}
