import { componentsOf, isolatedNodes } from './adjacency';
import { type Drawing, putLines, putNodes, rowsOf } from './drawing';
import { flatLayout } from './flat';
import { packGrid, packRows } from './packing';
import { type Polyline } from './routes';
import { partsOf } from './subgraphs';
import { type LayoutInput, type LayoutOptions, SPACING } from './types';

/** Draws each component in layers, packs the drawings, and puts what has no calls into a grid below. */
export function layoutParts(input: LayoutInput, options: LayoutOptions): Drawing {
  return withGridBelow(packedComponents(input, options), input, options);
}

/** What has calls; all else is at 0, 0. */
export function packedComponents(input: LayoutInput, options: LayoutOptions): Drawing {
  const isolated = isolatedNodes(input);
  const components = componentsOf(input).map((component, node) => (isolated[node] ? -1 : component));
  const parts = partsOf(input, components)
    .filter(({ nodes }) => nodes.length > 0)
    .map((part) => ({ ...part, drawing: flatLayout(part.graph, options) }));
  const { corners, width, height } = packRows(
    parts.map(({ drawing }) => drawing),
    options.aspect,
    SPACING.component
  );
  const drawing: Drawing = {
    x: new Float64Array(input.nodeCount),
    y: new Float64Array(input.nodeCount),
    rows: rowsOf(parts),
    linesAt: (y) => {
      const lines: Polyline[] = Array.from(input.sources, () => []);
      parts.forEach((part, index) => putLines(part, corners[index], y, lines));
      return lines;
    },
    width,
    height,
  };
  parts.forEach((part, index) => putNodes(part, corners[index], drawing));
  return drawing;
}

export function withGridBelow(
  drawing: Drawing,
  input: LayoutInput,
  { aspect, nodeWidth, nodeHeight }: LayoutOptions
): Drawing {
  const isolated = isolatedNodes(input);
  const nodes = Array.from(isolated.keys()).filter((node) => isolated[node]);
  if (nodes.length === 0) {
    return drawing;
  }
  const cell = { width: nodeWidth, height: nodeHeight };
  const { corners, width, height } = packGrid(nodes.length, cell, aspect, SPACING.node, drawing.width);
  const top = drawing.height > 0 ? drawing.height + SPACING.component : 0;
  nodes.forEach((node, index) => {
    drawing.x[node] = corners[index].x + nodeWidth / 2;
    drawing.y[node] = top + corners[index].y + nodeHeight / 2;
  });
  return {
    ...drawing,
    rows: [...drawing.rows, nodes],
    width: Math.max(drawing.width, width),
    height: top + height,
  };
}
