import { componentsOf } from './adjacency';
import { type Drawing, flatLayout, isolatedNodes } from './flat';
import { packGrid, packRows, type Size } from './packing';
import { type Polyline } from './routes';
import { type LayoutInput, type LayoutOptions, SPACING } from './types';

interface Part {
  nodes: number[];
  edges: number[];
}

/** The nodes and the edges among them as a graph of its own. */
function subgraph(input: LayoutInput, { nodes, edges }: Part): LayoutInput {
  const place = new Map(nodes.map((node, index) => [node, index]));
  const indexOf = (node: number) => place.get(node) ?? 0;
  return {
    nodeCount: nodes.length,
    sources: Int32Array.from(edges, (edge) => indexOf(input.sources[edge])),
    targets: Int32Array.from(edges, (edge) => indexOf(input.targets[edge])),
  };
}

/** Nodes by component, and the edges of each; isolated nodes are left out. */
function connectedParts(input: LayoutInput, isolated: Uint8Array): Part[] {
  const component = componentsOf(input.nodeCount, input.sources, input.targets);
  const parts = new Map<number, Part>();
  component.forEach((number, node) => {
    if (!isolated[node]) {
      const part = parts.get(number) ?? { nodes: [], edges: [] };
      part.nodes.push(node);
      parts.set(number, part);
    }
  });
  input.sources.forEach((source, edge) => parts.get(component[source])?.edges.push(edge));
  return [...parts.values()];
}

/** Draws each component in layers, packs the drawings, and puts what has no calls into a grid below. */
export function layoutParts(input: LayoutInput, options: LayoutOptions): Drawing {
  const isolated = isolatedNodes(input);
  const parts = connectedParts(input, isolated);
  const drawings = parts.map((part) => flatLayout(subgraph(input, part), options));
  const packed = packRows(drawings, options.aspect, SPACING.component);
  const drawing: Drawing = {
    x: new Float64Array(input.nodeCount),
    y: new Float64Array(input.nodeCount),
    rows: drawings.flatMap(({ rows }, index) => rows.map((row) => row.map((place) => parts[index].nodes[place]))),
    linesAt: (moved) => {
      const lines: Polyline[] = Array.from(input.sources, () => []);
      parts.forEach(({ nodes, edges }, index) => {
        const { x, y } = packed.corners[index];
        const drawn = drawings[index].linesAt(Float64Array.from(nodes, (node) => moved[node] - y));
        edges.forEach((edge, place) => {
          lines[edge] = drawn[place].map((value, at) => value + (at % 2 === 0 ? x : y));
        });
      });
      return lines;
    },
    width: packed.width,
    height: packed.height,
  };
  parts.forEach(({ nodes }, index) => {
    const { x, y } = packed.corners[index];
    nodes.forEach((node, place) => {
      drawing.x[node] = drawings[index].x[place] + x;
      drawing.y[node] = drawings[index].y[place] + y;
    });
  });
  return withGridBelow(drawing, isolated, options);
}

function withGridBelow(drawing: Drawing, isolated: Uint8Array, options: LayoutOptions): Drawing {
  const nodes = Array.from(isolated.keys()).filter((node) => isolated[node]);
  if (nodes.length === 0) {
    return drawing;
  }
  const cell: Size = { width: options.nodeWidth, height: options.nodeHeight };
  const grid = packGrid(nodes.length, cell, options.aspect, SPACING.node, drawing.width);
  const top = drawing.height > 0 ? drawing.height + SPACING.component : 0;
  nodes.forEach((node, index) => {
    drawing.x[node] = grid.corners[index].x + cell.width / 2;
    drawing.y[node] = top + grid.corners[index].y + cell.height / 2;
  });
  return {
    ...drawing,
    rows: [...drawing.rows, nodes],
    width: Math.max(drawing.width, grid.width),
    height: top + grid.height,
  };
}
