import { countOf } from './numbered';
import { type LayoutInput } from './types';

/** Some of a graph's nodes and the edges among them */
export interface Part {
  nodes: number[];
  edges: number[];
  /** The same as a graph of its own, in this order */
  graph: LayoutInput;
}

/** @param partOf of each node, from 0; below 0 for what is in no part */
export function partsOf({ nodeCount, sources, targets }: LayoutInput, partOf: Int32Array): Part[] {
  const members = Array.from({ length: countOf(partOf) }, () => ({ nodes: [] as number[], edges: [] as number[] }));
  const places = new Int32Array(nodeCount);
  partOf.forEach((part, node) => {
    if (part >= 0) {
      places[node] = members[part].nodes.push(node) - 1;
    }
  });
  sources.forEach((source, edge) => {
    const part = partOf[source];
    if (part >= 0 && part === partOf[targets[edge]]) {
      members[part].edges.push(edge);
    }
  });
  return members.map(({ nodes, edges }) => {
    const ends = (list: Int32Array) => Int32Array.from(edges, (edge) => places[list[edge]]);
    return { nodes, edges, graph: { nodeCount: nodes.length, sources: ends(sources), targets: ends(targets) } };
  });
}
