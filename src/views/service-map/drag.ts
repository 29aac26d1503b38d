import { directRoute } from '../../servicegraph/layout/routes';
import { arrowOf, boundsOf, sampleLine } from './curves';
import { type Overlay } from './draw-map';
import { type MapEdge, type MapModel, type MapNode } from './map-model';
import { type Point } from './viewport';

function movedNode(node: MapNode, { x, y }: Point): MapNode {
  return {
    ...node,
    centre: { x: node.centre.x + x, y: node.centre.y + y },
    card: { ...node.card, x: node.card.x + x, y: node.card.y + y },
  };
}

function movedEdge(edge: MapEdge, node: MapNode): MapEdge {
  const [source, target] = [edge.source, edge.target].map((end) => (end.service.id === node.service.id ? node : end));
  const { width, height } = node.card;
  const isSelf = source === target;
  const line = isSelf ? [] : directRoute(source.centre, target.centre, { nodeWidth: width, nodeHeight: height });
  return {
    call: edge.call,
    source,
    target,
    line,
    arrow: arrowOf(line),
    bounds: isSelf ? node.card : boundsOf(line, 8),
    tone: edge.tone,
    width: edge.width,
    betweenGroups: edge.betweenGroups,
    samples: () => sampleLine(line),
  };
}

/** A card under way with its calls: only these are drawn anew while it moves. @param by px of the world */
export function draggedOverlay(model: MapModel, overlay: Overlay, id: string, by: Point): Overlay {
  const node = model.nodeById.get(id);
  if (!node) {
    return overlay;
  }
  const dragged = movedNode(node, by);
  const move = (edges: readonly MapEdge[] = []) => edges.map((edge) => movedEdge(edge, dragged));
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
