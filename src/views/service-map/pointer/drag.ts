import { directRoute } from '../../../servicegraph/layout/routes';
import { CallWay, wholeLine } from '../model/call-way';
import { type Overlay } from '../drawing/draw-map';
import { type MapEdge, type MapModel, type MapNode } from '../model/map-types';
import { type CallRouter } from '../routes/call-router';
import { laneOf } from '../routes/layout-router';
import { type Point } from '../viewport/viewport';

function movedNode(node: MapNode, { x, y }: Point): MapNode {
  return {
    ...node,
    centre: { x: node.centre.x + x, y: node.centre.y + y },
    card: { ...node.card, x: node.card.x + x, y: node.card.y + y },
  };
}

function movedEdge(edge: MapEdge, node: MapNode, router: CallRouter): MapEdge {
  const [source, target] = [edge.source, edge.target].map((end) => (end.service.id === node.service.id ? node : end));
  const { width, height } = node.card;
  const isSelf = source === target;
  const line = isSelf ? [] : directRoute(source.centre, target.centre, { nodeWidth: width, nodeHeight: height });
  const lane = laneOf(edge.call.id);
  const way = new CallWay(wholeLine(line), source.card, (points) =>
    router.curveOf({ source: source.index, target: target.index, line: points, lane })
  );
  way.route();
  const { call, tone, width: thickness, betweenGroups } = edge;
  return { call, source, target, way, tone, width: thickness, betweenGroups };
}

/** A card under way with its calls: only these are drawn anew while it moves. @param by px of the world */
export function draggedOverlay(model: MapModel, overlay: Overlay, id: string, by: Point): Overlay {
  const node = model.nodeById.get(id);
  if (!node) {
    return overlay;
  }
  const dragged = movedNode(node, by);
  const router = model.router.moved(node.index, dragged.card);
  const move = (edges: readonly MapEdge[] = []) => edges.map((edge) => movedEdge(edge, dragged, router));
  return {
    ...overlay,
    dragged,
    highlight: {
      services: new Set([id]),
      outgoing: move(model.outgoing.get(id)),
      incoming: move(model.incoming.get(id)),
      strong: false,
    },
  };
}
