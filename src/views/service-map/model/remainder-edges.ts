/** Calls of what a remainder ("+N more") is folded up in: its card is one among the others, which its calls go around. */
import { CallWay, wholeLine } from './call-way';
import { lazily } from './lazily';
import { type MapEdge, type MapGroup, type MapModel, type MapNode } from './map-types';
import { type CallRouter, callRouter } from '../routes/call-router';
import { laneOf, namedBox } from '../routes/layout-router';
import { type Rect } from '../viewport/viewport';

const NOWHERE: Rect = { x: NaN, y: NaN, width: 0, height: 0 };

/** One service stands for all that are at the same place, so that they are not in each other's way. */
function standsFor(node: MapNode, { groups }: MapModel, folded: ReadonlySet<MapGroup>): MapNode {
  const group = groups[node.group];
  return group && folded.has(group) ? group.members[0] : node;
}

function routerAround(model: MapModel, folded: ReadonlySet<MapGroup>): CallRouter {
  const cards = Array.from({ length: Math.max(...model.nodes.map(({ index }) => index)) + 1 }, () => NOWHERE);
  for (const node of model.nodes) {
    if (standsFor(node, model, folded) === node) {
      cards[node.index] = node.card;
    }
  }
  const boxes = model.groups.filter((group) => !folded.has(group)).map(({ box, name }) => namedBox(box, name));
  return callRouter({ cards, boxes });
}

type Looks = Pick<MapEdge, 'call' | 'calls' | 'tone' | 'width'>;

/**
 * Makes one edge of the calls between two cards. Nothing is worked out before the first of them is looked at from near.
 * @param folded the remainders that are folded up
 */
export function remainderEdges(model: MapModel, folded: ReadonlySet<MapGroup>): (of: MapEdge, looks: Looks) => MapEdge {
  const router = lazily(() => routerAround(model, folded));
  return ({ source, target, way }, looks) => {
    const lane = laneOf(looks.call.id);
    return {
      ...looks,
      source,
      target,
      betweenGroups: false,
      way: new CallWay(wholeLine(way.line), source.card, (line) => {
        const [from, to] = [source, target].map((node) => standsFor(node, model, folded).index);
        return router().curveOf({ source: from, target: to, line, lane });
      }),
    };
  };
}
