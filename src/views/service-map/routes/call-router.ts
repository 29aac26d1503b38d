/** Ways of calls around the cards and boxes that they do not belong to. */
import { boundsOf, type Curve, type Line, sampleLine } from '../curves';
import { type Point, type Rect } from '../viewport';
import { FreeSpace } from './free-space';
import { rounded } from './rounded';
import { contains, distanceTo, grown, holds, isSound, meets, middleOf, passes, spanOf } from './rects';
import { type Gate, taut, WayFinder } from './shortest-way';

export interface Box {
  box: Rect;
  /** Where its name is */
  name: Rect;
}

export interface Ground {
  cards: readonly Rect[];
  boxes: readonly Box[];
}

export interface RoutedCall {
  /** Indices of cards */
  source: number;
  target: number;
  /** As the layout has it */
  line: Line;
  /** Calls on different lanes run beside each other where they take the same way. */
  lane: number;
}

/** px to keep off things */
const MARGIN = { card: 8, box: 12, name: 3, lane: 6, hit: 2, around: 120 } as const;
/** px that a call goes straight before it turns; less where there is no room */
const STUBS = [22, 9];
const LANES = { count: 7, gap: 3.5 } as const;
const LEAST_OFF = 1;
/** Ports: at most so far from the middle of a card's side */
const PORTS = { most: 16, slope: 150 } as const;
/** px that rounded corners stay off things, and the most that they are cut by */
const CUT = { off: 1, least: 2, most: 200 } as const;
/** Calls that would go far out of their way may arrive at the side that they left from, if that saves so many px. */
const SAME_SIDE = { detour: 1.3, extra: 150 } as const;
/** So many cards outside of boxes are too many to find ways between. */
const MOST_STRAYS = 1500;

interface End {
  /** Where the call leaves or enters the card, and which way that is */
  port: Point;
  side: number;
  stub: Point;
  /** Of the stub */
  cell: number;
}

/** Index of a card (-1 for what is none), and what it takes with less or more room around it */
interface Block {
  card: number;
  rect: Rect;
  wide: Rect;
}

interface Way {
  gates: Gate[];
  from: End;
  to: End;
  length: number;
}

function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (let index = 1; index < points.length; index++) {
    length += Math.hypot(points[index].x - points[index - 1].x, points[index].y - points[index - 1].y);
  }
  return length;
}

/**
 * Calls go through the room between boxes, and between the cards of the two boxes that they begin and end in; other
 * boxes are gone around. What was found is kept.
 */
export class CallRouter {
  /** Box of each card's middle */
  private readonly boxOf: Int32Array;
  /** Boxes with room around them */
  private readonly rooms: Rect[];
  private readonly members: number[][];
  /** Cards that lie in no box, or not wholly */
  private readonly strays: number[] = [];
  private readonly inTheWay = new Map<number, Block[]>();
  private readonly ways = new Map<number, Way | undefined>();
  private readonly opened = new Set<number>();
  private divided?: FreeSpace;
  private finder?: WayFinder;

  constructor(private readonly ground: Ground) {
    const { cards } = ground;
    const boxes = ground.boxes.map(({ box }) => box);
    this.rooms = boxes.map((box) => grown(box, MARGIN.box));
    this.members = boxes.map(() => []);
    let last = 0;
    this.boxOf = Int32Array.from(cards, (card, index) => {
      if (!isSound(card)) {
        return -1;
      }
      // Neighbours in the list mostly share a box.
      const middle = middleOf(card);
      const isSameBox = last < boxes.length && contains(boxes[last], middle);
      const box = isSameBox ? last : boxes.findIndex((one) => contains(one, middle));
      if (box >= 0) {
        last = box;
        this.members[box].push(index);
      }
      if (box < 0 || !holds(boxes[box], card)) {
        this.strays.push(index);
      }
      return box;
    });
  }

  /** @returns undefined when nothing is in the way of the layout's line, or when there is no way around */
  curveOf({ source, target, line, lane }: RoutedCall): Curve | undefined {
    const { cards } = this.ground;
    const isCall = source !== target && line.length >= 4 && isSound(cards[source]) && isSound(cards[target]);
    if (!isCall || this.strays.length > MOST_STRAYS) {
      return undefined;
    }
    const blocks = this.blocksOf(source, target);
    if (isFree({ points: line }, blocks, source, target)) {
      return undefined;
    }
    const key = source * cards.length + target;
    if (!this.ways.has(key)) {
      this.ways.set(key, this.findWay(cards[source], cards[target]));
    }
    const way = this.ways.get(key);
    if (!way) {
      return undefined;
    }
    const corners = this.cornersOf(way, blocks, Math.abs(Math.trunc(lane)) % LANES.count);
    const curve = rounded(corners, (corner) => roomAt(corner, blocks));
    return isFree(curve, blocks, source, target) ? curve : rounded(corners, () => CUT.least);
  }

  /** With one card elsewhere */
  moved(index: number, card: Rect): CallRouter {
    const { cards, boxes } = this.ground;
    return new CallRouter({ boxes, cards: cards.map((one, at) => (at === index ? card : one)) });
  }

  /** Cards and names in the boxes of both ends, the other boxes, and what lies outside of boxes */
  private blocksOf(source: number, target: number): Block[] {
    const { boxes, cards } = this.ground;
    const [a, b] = [this.boxOf[source], this.boxOf[target]];
    const key = (Math.min(a, b) + 1) * (boxes.length + 1) + Math.max(a, b) + 1;
    let blocks = this.inTheWay.get(key);
    if (!blocks) {
      const blockOf = (card: number, rect: Rect): Block => ({
        card,
        rect: grown(rect, MARGIN.hit),
        wide: grown(rect, MARGIN.lane),
      });
      blocks = boxes.map(({ box, name }, index) => blockOf(-1, index === a || index === b ? name : box));
      for (const card of new Set([...this.strays, ...(this.members[a] ?? []), ...(this.members[b] ?? [])])) {
        blocks.push(blockOf(card, cards[card]));
      }
      this.inTheWay.set(key, blocks);
    }
    return blocks;
  }

  private get space(): FreeSpace {
    if (!this.divided) {
      const blocks = [...this.rooms.filter(isSound), ...this.strays.map((card) => this.blockOf(card))];
      this.divided = new FreeSpace();
      this.divided.divide(-1, blocks, spanOf(blocks, MARGIN.around));
    }
    return this.divided;
  }

  private blockOf(card: number): Rect {
    return grown(this.ground.cards[card], MARGIN.card);
  }

  /** Divides what is in a box when the first call goes there. */
  private enter(box: number) {
    if (!this.opened.has(box)) {
      this.opened.add(box);
      const room = this.rooms[box];
      const cards = new Set([...this.members[box], ...this.strays.filter((card) => meets(this.blockOf(card), room))]);
      const blocks = [...cards].map((card) => this.blockOf(card));
      this.space.divide(box, [...blocks, grown(this.ground.boxes[box].name, MARGIN.name)], room);
      this.space.open(box);
    }
  }

  private endOf(card: Rect, side: number, stub: number): End {
    const { x, y } = middleOf(card);
    const port = { x: x + (side * card.width) / 2, y };
    const at = { x: port.x + side * stub, y };
    const box = this.rooms.findIndex((room) => contains(room, at));
    if (box >= 0) {
      this.enter(box);
    }
    return { port, side, stub: at, cell: this.space.cellAt(box, at) };
  }

  private findWay(source: Rect, target: Rect): Way | undefined {
    const [from, to] = [middleOf(source), middleOf(target)];
    const sign = to.x < from.x ? -1 : 1;
    for (const stub of STUBS) {
      const way = (leave: number, arrive: number) =>
        this.wayBetween(this.endOf(source, leave, stub), this.endOf(target, arrive, stub));
      const isBeside = Math.abs(to.x - from.x) > (source.width + target.width) / 2 + 2 * stub;
      const across = isBeside ? way(sign, -sign) : undefined;
      const most = across ? across.length - SAME_SIDE.extra : Infinity;
      const isDirect = across && across.length < SAME_SIDE.detour * Math.hypot(to.x - from.x, to.y - from.y);
      const around = isDirect ? [] : [way(sign, sign), way(-sign, -sign)];
      const best = around.reduce(
        (one, other) => (other && other.length < (one?.length ?? most) ? other : one),
        undefined
      );
      if (best ?? across) {
        return best ?? across;
      }
    }
    return undefined;
  }

  private wayBetween(from: End, to: End): Way | undefined {
    if (from.cell < 0 || to.cell < 0) {
      return undefined;
    }
    const { room } = this.space;
    this.finder ??= new WayFinder(this.space);
    const gates = this.finder.gatesBetween(
      { cell: from.cell, at: from.stub },
      { cell: to.cell, at: to.stub },
      new Set([-1, room[from.cell], room[to.cell]])
    );
    return gates && { gates, from, to, length: lengthOf(taut(gates, from.stub, to.stub)) };
  }

  private cornersOf({ gates, from, to }: Way, blocks: readonly Block[], lane: number): Point[] {
    // Higher where a call comes from above, so that calls of one card do not cross in front of it
    const climb = to.port.y - from.port.y;
    const by = (PORTS.most * climb) / (Math.abs(climb) + PORTS.slope);
    const apart = lane - LANES.count / 2;
    const [leave, arrive] = [this.shifted(from, apart + by), this.shifted(to, apart - by)];
    const corners = [leave.port, ...taut(gates, leave.stub, arrive.stub), arrive.port];
    for (let index = 2; index < corners.length - 2; index++) {
      const [before, after] = [corners[index - 1], corners[index + 1]];
      for (let off = lane * LANES.gap; off >= LEAST_OFF; off /= 2) {
        const moved = outwards(before, corners[index], after, off);
        if (!blocks.some(({ wide }) => passes(wide, before, moved) || passes(wide, moved, after))) {
          corners[index] = moved;
          break;
        }
      }
    }
    return corners;
  }

  private shifted({ port, stub, cell }: End, by: number): { port: Point; stub: Point } {
    const { top, bottom } = this.space;
    const y = Math.min(bottom[cell] - 1, Math.max(top[cell] + 1, port.y + by));
    return { port: { ...port, y }, stub: { ...stub, y } };
  }
}

/** A corner moved away from what the way turns around there */
function outwards(before: Point, at: Point, after: Point, by: number): Point {
  const [inX, inY, outX, outY] = [at.x - before.x, at.y - before.y, after.x - at.x, after.y - at.y];
  const [inLength, outLength] = [Math.hypot(inX, inY), Math.hypot(outX, outY)];
  const [x, y] = [inX / inLength - outX / outLength, inY / inLength - outY / outLength];
  const length = Math.hypot(x, y);
  return length > 0 ? { x: at.x + (x / length) * by, y: at.y + (y / length) * by } : at;
}

/** px that a corner may be cut by */
function roomAt(corner: Point, blocks: readonly Block[]): number {
  let least: number = CUT.most;
  for (const { rect } of blocks) {
    least = Math.min(least, distanceTo(rect, corner));
  }
  return Math.max(CUT.least, least - CUT.off);
}

function isFree(curve: Curve, blocks: readonly Block[], source: number, target: number): boolean {
  let sampled: Point[] | undefined;
  const span = boundsOf(curve.points, 1);
  for (const { card, rect } of blocks) {
    if (card !== source && card !== target && meets(rect, span)) {
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
