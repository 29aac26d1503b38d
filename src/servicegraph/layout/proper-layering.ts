import { type Adjacency, adjacencyOf } from './adjacency';
import { countOf } from './numbered';
import { type LayoutInput } from './types';

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

export function properLayering({ nodeCount, sources, targets }: LayoutInput, nodeLayer: Int32Array): ProperLayering {
  // 0 for self calls
  const spans = sources.map((source, edge) => nodeLayer[targets[edge]] - nodeLayer[source]);
  const wanted = spans.reduce((sum, span) => sum + Math.max(0, span - 1), 0);
  const longest = wanted > MOST_DUMMIES_PER_NODE * nodeCount ? 4 : Infinity;
  const chains = new Int32Array(sources.length + 1);
  const layers = Array.from(nodeLayer);
  const from: number[] = [];
  const to: number[] = [];
  sources.forEach((source, edge) => {
    if (spans[edge] > 0 && spans[edge] <= longest) {
      from.push(source);
      for (let step = 1; step < spans[edge]; step++) {
        to.push(layers.length);
        from.push(layers.length);
        layers.push(nodeLayer[source] + step);
      }
      to.push(targets[edge]);
    }
    chains[edge + 1] = layers.length - nodeCount;
  });
  const vertexCount = layers.length;
  const layer = Int32Array.from(layers);
  const [segmentFrom, segmentTo] = [Int32Array.from(from), Int32Array.from(to)];
  return {
    nodeCount,
    vertexCount,
    layerCount: countOf(layer),
    layer,
    chains,
    left: adjacencyOf(vertexCount, segmentTo, segmentFrom),
    right: adjacencyOf(vertexCount, segmentFrom, segmentTo),
    segmentFrom,
    segmentTo,
  };
}
