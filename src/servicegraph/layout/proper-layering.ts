import { type Adjacency, adjacencyOf } from './adjacency';
import { type Dag } from './layers';

/** A layering in which every edge joins neighbouring layers: longer edges go through dummy vertices. */
export interface ProperLayering {
  /** Vertices 0 to nodeCount - 1 are nodes, the rest are dummies. */
  nodeCount: number;
  vertexCount: number;
  layerCount: number;
  layer: Int32Array;
  /** Dummies of edge e: chains[e] to chains[e + 1] - 1, from left to right, as vertex numbers from nodeCount on */
  chains: Int32Array;
  /** Neighbours one layer to the left and one to the right */
  left: Adjacency;
  right: Adjacency;
  /** Segments between neighbouring layers */
  segmentFrom: Int32Array;
  segmentTo: Int32Array;
}

/** Above this many dummies for each node, long edges go straight: the drawing is past reading single edges then. */
const MOST_DUMMIES_PER_NODE = 24;

export function properLayering({ nodeCount, from, to }: Dag, nodeLayer: Int32Array): ProperLayering {
  const spanOf = (edge: number) => Math.max(0, nodeLayer[to[edge]] - nodeLayer[from[edge]]);
  let wanted = 0;
  for (let edge = 0; edge < from.length; edge++) {
    wanted += Math.max(0, spanOf(edge) - 1);
  }
  const longest = wanted > MOST_DUMMIES_PER_NODE * nodeCount ? 4 : Infinity;
  const chains = new Int32Array(from.length + 1);
  const layers: number[] = Array.from(nodeLayer);
  const segmentFrom: number[] = [];
  const segmentTo: number[] = [];
  for (let edge = 0; edge < from.length; edge++) {
    const span = spanOf(edge);
    if (span > 0 && span <= longest) {
      let previous = from[edge];
      for (let step = 1; step < span; step++) {
        const dummy = layers.length;
        layers.push(nodeLayer[from[edge]] + step);
        segmentFrom.push(previous);
        segmentTo.push(dummy);
        previous = dummy;
      }
      segmentFrom.push(previous);
      segmentTo.push(to[edge]);
    }
    chains[edge + 1] = layers.length - nodeCount;
  }
  const vertexCount = layers.length;
  const layer = Int32Array.from(layers);
  const [segmentsFrom, segmentsTo] = [Int32Array.from(segmentFrom), Int32Array.from(segmentTo)];
  return {
    nodeCount,
    vertexCount,
    layerCount: layer.reduce((most, one) => Math.max(most, one), -1) + 1,
    layer,
    chains,
    left: adjacencyOf(vertexCount, segmentsTo, segmentsFrom),
    right: adjacencyOf(vertexCount, segmentsFrom, segmentsTo),
    segmentFrom: segmentsFrom,
    segmentTo: segmentsTo,
  };
}
