/** Ways of calls around the cards and boxes that they do not belong to. */
import { boundsOf, type Curve, layoutCurve, type Line, sampleLine } from '../model/curves';
import { contains, distanceTo, grown, holds, isSound, middleOf, passes, spanOf } from '../model/rects';
import { clamp, intersects, type Point, type Rect } from '../viewport/viewport';
import { cellAt, type Cell, freeSpace, openRoom } from './free-space';
import { along, directionOf, rounded } from './rounded';
import { gatesBetween, type Gate, type Stand, taut } from './shortest-way';

export interface Box {
  box: Rect;
  /** Where its name is */
  name: Rect;
}

export interface Ground {
  cards: readonly Rect[];
  boxes: readonly Box[];
  /** Index of the box that each card most likely lies in; saves looking for it */
  likely?: ArrayLike<number>;
}

export interface RoutedCall {
  /** Indices of cards */
  source: number;
  target: number;
  /** As the layout has it */
  line: Line;
  /** 0, 1, 2, …: calls on different lanes run beside each other where they take the same way. */
  lane: number;
}

/** px to keep off things */
const MARGIN = { card: 8, box: 12, name: 3, lane: 6, hit: 2, around: 120 } as const;
/** px that a call goes straight before it turns; less where there is no room */
const STUBS = [22, 9];
const LANES = { count: 7, gap: 3.5 } as const;
/** Ports: at most so far from the middle of a card's side */
const PORTS = { most: 16, slope: 150 } as const;
/** px that rounded corners stay off things, and the most that they are cut by */
const CUT = { off: 1, least: 2, most: 200 } as const;
/** Calls that would go far out of their way may arrive at the side that they left from, if that saves so many px. */
const SAME_SIDE = { detour: 1.3, extra: 150 } as const;
/** So many cards outside of boxes are too many to find ways between. */
const MOST_STRAYS = 1500;

interface End extends Stand {
  /** Where the call leaves or enters the card; where it stands it may turn */
  port: Point;
}

interface Way {
  gates: Gate[];
  from: End;
  to: End;
  length: number;
  /** By lanes */
  curves: Curve[];
}

/** Something in the way, with less or more room around it */
interface Block {
  /** Index, -1 for what is no card */
  card: number;
  rect: Rect;
  wide: Rect;
}

export interface CallRouter {
  /** @returns undefined when nothing is in the way of the layout's line, or when there is no way around */
  curveOf(call: RoutedCall): Curve | undefined;
  /** With one card elsewhere */
  moved(index: number, card: Rect): CallRouter;
}

function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let index = 1; index < points.length; index++) {
    length += directionOf(points[index - 1], points[index]).length;
  }
  return length;
}

function shifted({ port, at, cell }: End, by: number): [port: Point, turn: Point] {
  const y = clamp(port.y + by, cell.y + 1, cell.bottom - 1);
  return [
    { x: port.x, y },
    { x: at.x, y },
  ];
}

function cornersOf({ gates, from, to }: Way, blocks: readonly Block[], lane: number): Point[] {
  // Higher where a call comes from above, so that calls of one card do not cross in front of it
  const climb = to.port.y - from.port.y;
  const by = (PORTS.most * climb) / (Math.abs(climb) + PORTS.slope);
  const apart = lane - LANES.count / 2;
  const [[leave, first], [arrive, last]] = [shifted(from, apart + by), shifted(to, apart - by)];
  const corners = [leave, ...taut(gates, first, last), arrive];
  for (let index = 2; index < corners.length - 2; index++) {
    const [before, after] = [corners[index - 1], corners[index + 1]];
    for (let off = lane * LANES.gap; off >= 1; off /= 2) {
      const moved = outwards(before, corners[index], after, off);
      if (!blocks.some(({ wide }) => passes(wide, before, moved) || passes(wide, moved, after))) {
        corners[index] = moved;
        break;
      }
    }
  }
  return corners;
}

function inTheWay(rect: Rect, card = -1): Block {
  return { card, rect: grown(rect, MARGIN.hit), wide: grown(rect, MARGIN.lane) };
}

/** Made when first asked for, by a number */
function kept<T>(make: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}

/**
 * Calls go through the room between boxes, and between the cards of the two boxes that they begin and end in; other
 * boxes are gone around. What was found is kept.
 */
export function callRouter({ cards, boxes, likely }: Ground): CallRouter {
  const rooms = boxes.map(({ box }) => grown(box, MARGIN.box));
  const members = boxes.map((): number[] => []);
  /** Cards that lie in no box, or not wholly */
  const strays: number[] = [];
  const boxOf = cards.map((card, index) => {
    const middle = middleOf(card);
    const isIn = (box: Box | undefined) => box !== undefined && contains(box.box, middle);
    const guess = likely?.[index] ?? -1;
    const box = isIn(boxes[guess]) ? guess : boxes.findIndex(isIn);
    members[box]?.push(index);
    if (isSound(card) && !(box >= 0 && holds(boxes[box].box, card))) {
      strays.push(index);
    }
    return box;
  });
  const blockOf = (card: number) => grown(cards[card], MARGIN.card);
  const whole = kept((box) => inTheWay(boxes[box].box));
  const names = kept((box) => inTheWay(boxes[box].name));
  const single = kept((card) => inTheWay(cards[card], card));
  /** Cells of a box's inside, or (-1) of what lies around all boxes */
  const cellsOf = kept((room): Cell[] => {
    if (room < 0) {
      const blocks = [...rooms.filter(isSound), ...strays.map(blockOf)];
      return freeSpace(room, blocks, spanOf(blocks, MARGIN.around));
    }
    const inside = new Set([...members[room], ...strays.filter((card) => intersects(blockOf(card), rooms[room]))]);
    const blocks = [...[...inside].map(blockOf), grown(boxes[room].name, MARGIN.name)];
    const cells = freeSpace(room, blocks, rooms[room]);
    openRoom(rooms[room], cells, cellsOf(-1));
    return cells;
  });
  /** Cards and names in the boxes of both ends, the other boxes, and what lies outside of boxes */
  const blocksOf = kept((a) =>
    kept((b) => {
      const near = new Set([...strays, ...(members[a] ?? []), ...(members[b] ?? [])]);
      const around = boxes.map((_, index) => (index === a || index === b ? names : whole)(index));
      return [...around, ...[...near].map(single)];
    })
  );

  const endOf = (card: Rect, side: number, length: number): End | undefined => {
    const { x, y } = middleOf(card);
    const port = { x: x + (side * card.width) / 2, y };
    const at = { x: port.x + side * length, y };
    const room = rooms.findIndex((one) => contains(one, at));
    const cell = cellAt(cellsOf(room), at);
    return cell && { port, at, cell };
  };
  const wayBetween = (from: End | undefined, to: End | undefined): Way | undefined => {
    const gates = from && to && gatesBetween(from, to);
    return gates && { gates, from, to, length: lengthOf(taut(gates, from.at, to.at)), curves: [] };
  };
  const findWay = (source: Rect, target: Rect): Way | undefined => {
    const [from, to] = [middleOf(source), middleOf(target)];
    const sign = to.x < from.x ? -1 : 1;
    for (const stub of STUBS) {
      const way = (leave: number, arrive: number) =>
        wayBetween(endOf(source, leave, stub), endOf(target, arrive, stub));
      const isBeside = Math.abs(to.x - from.x) > (source.width + target.width) / 2 + 2 * stub;
      let best = isBeside ? way(sign, -sign) : undefined;
      let most = best ? best.length - SAME_SIDE.extra : Infinity;
      if (!best || best.length > SAME_SIDE.detour * Math.hypot(to.x - from.x, to.y - from.y)) {
        for (const around of [way(sign, sign), way(-sign, -sign)]) {
          if (around && around.length < most) {
            best = around;
            most = around.length;
          }
        }
      }
      if (best) {
        return best;
      }
    }
    return undefined;
  };
  const wayOf = kept((source) => kept((target) => findWay(cards[source], cards[target]) ?? null));

  return {
    curveOf({ source, target, line, lane }) {
      const isCall = source !== target && line.length >= 4 && isSound(cards[source]) && isSound(cards[target]);
      if (!isCall || strays.length > MOST_STRAYS) {
        return undefined;
      }
      const blocks = blocksOf(boxOf[source])(boxOf[target]);
      const way = isFree(layoutCurve(line, cards[source]), blocks, source, target) ? null : wayOf(source)(target);
      const own = lane % LANES.count;
      if (way && !way.curves[own]) {
        const corners = cornersOf(way, blocks, own);
        const curve = rounded(corners, (corner) => roomAt(corner, blocks));
        way.curves[own] = isFree(curve, blocks, source, target) ? curve : rounded(corners, () => CUT.least);
      }
      return way?.curves[own];
    },
    moved: (index, card) => callRouter({ boxes, likely, cards: cards.map((one, at) => (at === index ? card : one)) }),
  };
}

/** A corner moved away from what the way turns around there */
function outwards(before: Point, at: Point, after: Point, by: number): Point {
  const away = directionOf(directionOf(at, after), directionOf(before, at));
  return away.length > 0 ? along(at, away, by) : at;
}

/** px that a corner may be cut by */
function roomAt(corner: Point, blocks: readonly Block[]): number {
  let least: number = CUT.most;
  blocks.forEach(({ rect }) => (least = Math.min(least, distanceTo(rect, corner))));
  return Math.max(CUT.least, least - CUT.off);
}

function isFree(curve: Curve, blocks: readonly Block[], source: number, target: number): boolean {
  let sampled: Point[] | undefined;
  const span = boundsOf(curve.points);
  for (const { card, rect } of blocks) {
    if (card !== source && card !== target && intersects(rect, span)) {
      sampled ??= sampleLine(curve);
      for (let index = 1; index < sampled.length; index++) {
        if (passes(rect, sampled[index - 1], sampled[index])) {
          return false;
        }
      }
    }
  }
  return true;
}
