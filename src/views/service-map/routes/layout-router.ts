import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';
import { hashId } from '../hash-id';
import { type Rect } from '../viewport';
import { type Box, type CallRouter, callRouter } from './call-router';

/** px of a box's name at its natural size */
const NAME = { left: 14, top: 14, height: 16, letter: 8, letters: 12 } as const;

/** @param letters of the box's name */
export function namedBox(box: Rect, letters: number): Box {
  const width = Math.min(NAME.letter * letters, box.width - 2 * NAME.left);
  return { box, name: { x: box.x + NAME.left, y: box.y + NAME.top, width, height: NAME.height } };
}

function boxesOf({ groups, groupNames }: GraphLayout): Box[] {
  return groups.map(({ group, x, y, width, height }) =>
    namedBox({ x, y, width, height }, groupNames[group]?.length || NAME.letters)
  );
}

function cardsOf({ x, y, nodeWidth: width, nodeHeight: height }: GraphLayout): Rect[] {
  return Array.from(x, (middle, node) => ({ x: middle - width / 2, y: y[node] - height / 2, width, height }));
}

function likelyBoxes({ groups, nodeGroups }: GraphLayout): Int32Array | undefined {
  const boxOf = new Map(groups.map(({ group }, index) => [group, index]));
  return nodeGroups?.map((group) => boxOf.get(group) ?? -1);
}

const routers = new WeakMap<GraphLayout, CallRouter>();

/** One for each layout: what was found stays found while nothing moves. */
export function routerOf(layout: GraphLayout): CallRouter {
  let router = routers.get(layout);
  if (!router) {
    router = callRouter({ cards: cardsOf(layout), boxes: boxesOf(layout), likely: likelyBoxes(layout) });
    routers.set(layout, router);
  }
  return router;
}

/** The same for a call in every drawing of it. @param id ServiceCall.id */
export function laneOf(id: string): number {
  return hashId(id) >>> 8;
}
