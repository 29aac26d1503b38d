import { type Polyline } from './routes';
import { type Part } from './subgraphs';

interface Point {
  x: number;
  y: number;
}

/** A drawing of its own, with its corner at 0, 0. */
export interface Drawing {
  /** Centres */
  x: Float64Array;
  y: Float64Array;
  /** Nodes that may change places with each other: those of one layer. Their cards are alike. */
  rows: number[][];
  /** Ways of the edges when the nodes are at these y, after some have changed places */
  linesAt: (y: Float64Array) => Polyline[];
  width: number;
  height: number;
}

/** A part of a graph with a drawing of its own */
export interface DrawnPart extends Omit<Part, 'graph'> {
  drawing: Drawing;
}

export function rowsOf(parts: readonly DrawnPart[]): number[][] {
  return parts.flatMap(({ nodes, drawing }) => drawing.rows.map((row) => row.map((place) => nodes[place])));
}

/** Puts the nodes of a part where they are when its drawing is in the whole at `corner`. */
export function putNodes({ nodes, drawing }: DrawnPart, corner: Point, { x, y }: { x: Float64Array; y: Float64Array }) {
  nodes.forEach((node, place) => {
    x[node] = corner.x + drawing.x[place];
    y[node] = corner.y + drawing.y[place];
  });
}

/** The same with the ways of its edges. @param y of the nodes, after some have changed places */
export function putLines({ nodes, edges, drawing }: DrawnPart, corner: Point, y: Float64Array, lines: Polyline[]) {
  const drawn = drawing.linesAt(Float64Array.from(nodes, (node) => y[node] - corner.y));
  edges.forEach((edge, place) => {
    lines[edge] = drawn[place].map((value, at) => value + (at % 2 === 0 ? corner.x : corner.y));
  });
}
