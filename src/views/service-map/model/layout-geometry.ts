/** What of the map follows from the layout alone: made once, and kept as long as nothing moves. */
import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';
import { CallWay } from './call-way';
import { type CallRouter, callRouter } from '../routes/call-router';
import { laneOf, namedBox } from '../routes/layout-router';
import { type Point, type Rect } from '../viewport/viewport';

export interface NodePlace {
  /** Index in the layout */
  index: number;
  centre: Point;
  card: Rect;
  /** Index in `GraphLayout.groups`, -1 for none */
  group: number;
}

interface KnownWay {
  source: NodePlace;
  target: NodePlace;
  way: CallWay;
}

export class LayoutGeometry {
  readonly places: readonly NodePlace[];
  private readonly ways: Array<KnownWay | undefined> = [];
  private knownRouter?: CallRouter;

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

  /** What was found stays found while nothing moves. */
  get router(): CallRouter {
    const { places, layout } = this;
    return (this.knownRouter ??= callRouter({
      cards: places.map(({ card }) => card),
      boxes: layout.groups.map((box) => namedBox(box, layout.groupNames[box.group])),
      likely: places.map(({ group }) => group),
    }));
  }

  /** @param index in `GraphLayout.callIds` */
  way(index: number, source: NodePlace, target: NodePlace): CallWay {
    const known = this.ways[index];
    if (known && known.source === source && known.target === target) {
      return known.way;
    }
    const { layout } = this;
    const { offsets, points } = layout.routes;
    const part = { points, begin: 2 * offsets[index], end: 2 * offsets[index + 1] };
    const lane = laneOf(layout.callIds[index]);
    const way = new CallWay(part, source.card, (line) =>
      this.router.curveOf({ source: source.index, target: target.index, line, lane })
    );
    this.ways[index] = { source, target, way };
    return way;
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
