/** What of the map follows from the layout alone: made once, and kept as long as nothing moves. */
import { type GraphLayout } from '../../servicegraph/layout/layout-graph';
import { arrowOf, type Arrow, boundsOf, type Curve, EDGE_MARGIN, type Line, sampleLine } from './curves';
import { laneOf, routerOf } from './routes/layout-router';
import { type Point, type Rect } from './viewport';

export interface NodePlace {
  /** Index in the layout */
  index: number;
  centre: Point;
  card: Rect;
  /** Index in `GraphLayout.groups`, -1 for none */
  group: number;
}

const SELF_CALL_HEIGHT = 32;

/** The way of a call, worked out as far as it is asked for. */
export class CallPath {
  private points?: Line;
  private straight?: Curve;
  private routed?: Curve;
  private sampled?: Point[];
  private head?: { value: Arrow | undefined };
  private around?: Rect;

  constructor(
    private readonly layout: GraphLayout,
    private readonly index: number,
    readonly source: NodePlace,
    readonly target: NodePlace
  ) {}

  /** As the layout has it, for a look from afar; empty for a self call */
  get line(): Line {
    const { offsets, points } = this.layout.routes;
    return (this.points ??= points.subarray(2 * offsets[this.index], 2 * offsets[this.index + 1]));
  }

  get isRouted(): boolean {
    return this.routed !== undefined;
  }

  /** Around the cards that are in its way once that has been found, else the line */
  get curve(): Curve {
    return this.routed ?? (this.straight ??= { points: this.line });
  }

  /** Finds the way around the cards; tens of microseconds where it was not known. */
  route() {
    if (!this.routed) {
      const { source, target, line, layout, index } = this;
      const lane = laneOf(layout.callIds[index]);
      const curve = routerOf(layout).curveOf({ source: source.index, target: target.index, line, lane });
      this.routed = curve ?? this.curve;
      if (curve) {
        this.around = boundsOf(curve.points);
        this.head = undefined;
        this.sampled = undefined;
      }
    }
  }

  get arrow(): Arrow | undefined {
    return (this.head ??= { value: arrowOf(this.curve) }).value;
  }

  get samples(): Point[] {
    return (this.sampled ??= sampleLine(this.curve));
  }

  /** Of the line, and of the curve once it has been found */
  get bounds(): Rect {
    return (this.around ??= this.findBounds());
  }

  private findBounds(): Rect {
    const { offsets, points } = this.layout.routes;
    const [begin, end] = [2 * offsets[this.index], 2 * offsets[this.index + 1]];
    if (begin === end) {
      const { card } = this.source;
      return { ...card, y: card.y - SELF_CALL_HEIGHT, height: card.height + SELF_CALL_HEIGHT };
    }
    let [left, top, right, bottom] = [points[begin], points[begin + 1], points[begin], points[begin + 1]];
    for (let index = begin + 2; index < end; index += 2) {
      const [x, y] = [points[index], points[index + 1]];
      left = x < left ? x : left;
      right = x > right ? x : right;
      top = y < top ? y : top;
      bottom = y > bottom ? y : bottom;
    }
    return {
      x: left - EDGE_MARGIN,
      y: top - EDGE_MARGIN,
      width: right - left + 2 * EDGE_MARGIN,
      height: bottom - top + 2 * EDGE_MARGIN,
    };
  }
}

export class LayoutGeometry {
  readonly places: readonly NodePlace[];
  private readonly paths: Array<CallPath | undefined> = [];

  constructor(private readonly layout: GraphLayout) {
    const { x, y, nodeWidth, nodeHeight, nodeGroups, groups } = layout;
    const boxOf = new Map(groups.map(({ group }, index) => [group, index]));
    this.places = layout.serviceIds.map((_, index) => ({
      index,
      centre: { x: x[index], y: y[index] },
      card: { x: x[index] - nodeWidth / 2, y: y[index] - nodeHeight / 2, width: nodeWidth, height: nodeHeight },
      group: nodeGroups ? (boxOf.get(nodeGroups[index]) ?? -1) : -1,
    }));
  }

  /** @param index in `GraphLayout.callIds` */
  path(index: number, source: NodePlace, target: NodePlace): CallPath {
    const known = this.paths[index];
    if (known && known.source === source && known.target === target) {
      return known;
    }
    const path = new CallPath(this.layout, index, source, target);
    this.paths[index] = path;
    return path;
  }
}

const geometries = new WeakMap<GraphLayout, LayoutGeometry>();

export function geometryOf(layout: GraphLayout): LayoutGeometry {
  let geometry = geometries.get(layout);
  if (!geometry) {
    geometry = new LayoutGeometry(layout);
    geometries.set(layout, geometry);
  }
  return geometry;
}
