/** A graph by indices, as the layout and the worker's messages have it. Lengths are px before any zoom. */
export interface LayoutInput {
  /** Nodes are 0 to nodeCount - 1. */
  nodeCount: number;
  /** Node index of each edge's caller and callee */
  sources: Int32Array;
  targets: Int32Array;
  /** Group of each node, from 0; groups are drawn as boxes. Absent: one flat drawing. */
  groups?: Int32Array;
}

export interface LayoutOptions {
  /** Width by height of the place where the drawing will be shown. */
  aspect: number;
  /** px of its width */
  room: number;
  /** Nodes in a layer; none of them reaches further than the longest, though calls run less straight. Absent: by the aspect */
  layerMost?: number;
  nodeWidth: number;
  nodeHeight: number;
  /** Few groups may stand in as many columns as there are steps of calls, also where the frame grows by it. */
  columnsByDepth?: boolean;
  /** Drawn inside of a box: layers stand nearer together. */
  isBox?: boolean;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface GroupBox extends Box {
  group: number;
}

/** Polylines of all edges, one after another. */
export interface Routes {
  /** Edge e has the points offsets[e] to offsets[e + 1] - 1; none for a self call. */
  offsets: Int32Array;
  /** x and y of each point, alternately; from the caller's border to the callee's. */
  points: Float64Array;
}

export interface LayoutResult {
  /** Centres of the nodes */
  x: Float64Array;
  y: Float64Array;
  routes: Routes;
  groups: GroupBox[];
  /** Everything lies between 0 and these. */
  width: number;
  height: number;
}

/** Room between things, px. */
export const SPACING = {
  node: 22,
  dummy: 14,
  layer: 84,
  /** Between layers of few nodes, so that calls have room for labels */
  layerOfFew: 118,
  layerMost: 210,
  /** The same within boxes, which are smaller */
  layerMostInBox: 140,
  component: 64,
  groupPadding: 26,
  groupHeader: 30,
  group: 70,
} as const;
