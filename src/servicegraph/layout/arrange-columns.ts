/** Where the boxes of groups stand in their columns: simulated annealing for short calls that point to the right. */
import { type Steps } from '../../trace/steps';
import { widthOf } from './columns';
import { type GroupLink, type LinkEnds, linkEnds } from './group-links';
import { randomNumbers } from './random-numbers';
import { SPACING } from './types';

export interface ColumnBox {
  /** Of the group, from 0 */
  number: number;
  width: number;
  height: number;
}

const SWEEPS = 12;
const MOVES_PER_GROUP = 150;
const MOVES_MOST = 8000;
/** Part of the attempts that aim at where a group's calls are; the others aim anywhere. */
const WISE = 0.8;
/** At first a change for the worse is likely accepted up to this part of a group's mean cost. */
const HEAT = 0.07;
/** A column may be this much taller than columns of equal height would be. */
const TALLER = 1.04;
/** What a column costs that is twice as tall as it may be, in costs of all calls. */
const TALL_COST = 3;
/** Height counts as width does in a square: crossings are the same however wide the drawing is. */
const STEEP = 16 / 9;
/** What a call to the left may cost beside its length, in widths of a column. */
const BACKWARD_COST = 2;

/** Attempts between two chances to interrupt: some ms. */
const ATTEMPTS_PER_STEP = 64;

const NONE = -1;

/** A graph is always drawn alike. */
const SEED = 1;

/** The boxes as they stand: by number where in which column, and their middles */
function standingOf(columns: ColumnBox[][]) {
  const boxes: ColumnBox[] = [];
  columns.flat().forEach((box) => (boxes[box.number] = box));
  const columnOf = new Int32Array(boxes.length);
  const indexOf = new Int32Array(boxes.length);
  const x = new Float64Array(boxes.length);
  const y = new Float64Array(boxes.length);
  const columnX = new Float64Array(columns.length);
  const heights = new Float64Array(columns.length);
  const stack = (column: number) => {
    const members = columns[column];
    let height = -SPACING.group;
    for (let index = 0; index < members.length; index++) {
      height += members[index].height + SPACING.group;
    }
    heights[column] = height;
    let top = -height / 2;
    for (let index = 0; index < members.length; index++) {
      const box = members[index];
      columnOf[box.number] = column;
      indexOf[box.number] = index;
      x[box.number] = columnX[column];
      y[box.number] = top + box.height / 2;
      top += box.height + SPACING.group;
    }
  };
  /** Puts the columns beside each other. @returns their width */
  const spread = () => {
    let left = 0;
    columns.forEach((members, column) => {
      const width = widthOf(members);
      columnX[column] = left + width / 2;
      members.forEach(({ number }) => (x[number] = columnX[column]));
      left += width + SPACING.group;
    });
    return left;
  };
  columns.forEach((_, column) => stack(column));
  return { columns, boxes, columnOf, indexOf, x, y, heights, stack, spread };
}

type Standing = ReturnType<typeof standingOf>;

/** What the boxes cost where they stand */
function costsOf(standing: Standing, ends: LinkEnds) {
  const { columns, boxes, heights, spread } = standing;
  const backwardCost = (BACKWARD_COST * spread()) / columns.length;
  /** Of the links of a group; those to boxes of the two columns count half, as they are met from both ends. */
  const linksCost = (group: number, first: number, second: number) => {
    const { starts, other: others, calls, direction, offset, drop } = ends;
    const { columnOf, x, y } = standing;
    const fromX = x[group];
    const fromY = y[group];
    const end = starts[group + 1];
    let cost = 0;
    for (let place = starts[group]; place < end; place++) {
      const other = others[place];
      const dx = direction[place] * (x[other] - fromX) + offset[place];
      const dy = STEEP * (y[other] - fromY + drop[place]);
      let length = Math.sqrt(dx * dx + dy * dy);
      if (dx <= 0) {
        length += backwardCost;
      }
      const column = columnOf[other];
      cost += column === first || column === second ? (calls[place] * length) / 2 : calls[place] * length;
    }
    return cost;
  };
  const callCosts = () => boxes.reduce((sum, { number }) => sum + linksCost(number, NONE, NONE) / 2, 0);
  const mean = heights.reduce((sum, height) => sum + height, 0) / columns.length;
  const tallest = boxes.reduce((most, { height }) => Math.max(most, height), TALLER * mean);
  const tallCost = (TALL_COST * callCosts()) / tallest;
  const tallCostOf = (column: number) => tallCost * Math.max(0, heights[column] - tallest);
  return {
    linksCost,
    /** Of the links and heights of two columns, or of one twice named */
    costOf: (first: number, second: number) => {
      let cost = tallCostOf(first) + (first === second ? 0 : tallCostOf(second));
      for (let side = 0; side < (first === second ? 1 : 2); side++) {
        const boxes = columns[side === 0 ? first : second];
        for (let index = 0; index < boxes.length; index++) {
          cost += linksCost(boxes[index].number, first, second);
        }
      }
      return cost;
    },
    /** Of everything */
    cost: () => columns.reduce((sum, _, column) => sum + tallCostOf(column), callCosts()),
  };
}

type Costs = ReturnType<typeof costsOf>;

/** What is gained when two boxes are exchanged, or one put where the other is, were it not for those that make room */
function ownGain({ x, y }: Standing, { linksCost }: Costs, a: number, b: number, isSwap: boolean): number {
  const ownCost = () => linksCost(a, NONE, NONE) + (isSwap ? linksCost(b, NONE, NONE) : 0);
  const [xA, yA, xB, yB] = [x[a], y[a], x[b], y[b]];
  const before = ownCost();
  x[a] = xB;
  y[a] = yB;
  if (isSwap) {
    x[b] = xA;
    y[b] = yA;
  }
  const after = ownCost();
  x[a] = xA;
  y[a] = yA;
  x[b] = xB;
  y[b] = yB;
  return before - after;
}

/** Exchanges two boxes or puts one in the place of the other, unless that costs more than `most`. */
function attempt(standing: Standing, costs: Costs, a: number, b: number, isSwap: boolean, most: number) {
  const { columns, boxes, columnOf, indexOf, stack, spread } = standing;
  const [first, second, indexA, indexB] = [columnOf[a], columnOf[b], indexOf[a], indexOf[b]];
  const leavesNone = !isSwap && first !== second && columns[first].length === 1;
  if (leavesNone || ownGain(standing, costs, a, b, isSwap) < -most) {
    return;
  }
  const change = (column: number, index: number) => {
    if (isSwap) {
      columns[columnOf[a]][indexOf[a]] = boxes[b];
      columns[columnOf[b]][indexOf[b]] = boxes[a];
    } else {
      columns[columnOf[a]].splice(indexOf[a], 1);
      columns[column].splice(index, 0, boxes[a]);
    }
    stack(first);
    stack(second);
  };
  const before = costs.costOf(first, second);
  change(second, indexB);
  if (costs.costOf(first, second) > before + most) {
    change(first, indexA);
  } else if (first !== second) {
    spread();
  }
}

/** Mean y of the boxes that a group calls or is called by. @param share how much a link counts */
function meanY({ y }: Standing, { starts, other }: LinkEnds, group: number, share: (place: number) => number): number {
  let [sum, weight] = [0, 0];
  for (let place = starts[group]; place < starts[group + 1]; place++) {
    const own = share(place);
    sum += own * y[other[place]];
    weight += own;
  }
  return weight > 0 ? sum / weight : y[group];
}

/** A first order within the columns: barycentre sweeps, calls to near columns counted most. */
function* sortColumns(standing: Standing, ends: LinkEnds): Steps<void> {
  const { columns, columnOf, stack } = standing;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    yield;
    columns.forEach((boxes, column) => {
      const share = (place: number) => {
        const distance = Math.abs(columnOf[ends.other[place]] - column);
        return distance > 0 ? ends.calls[place] / (1 + distance) : 0;
      };
      const wishes = new Map(boxes.map((box) => [box, meanY(standing, ends, box.number, share)]));
      boxes.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0) || a.number - b.number);
      stack(column);
    });
  }
}

/** A box of any column about where the calls of `group` are */
function nearWish(standing: Standing, ends: LinkEnds, group: number, next: () => number): number {
  const { columns, y } = standing;
  const boxes = columns[Math.floor(next() * columns.length)];
  const wanted = meanY(standing, ends, group, (place) => ends.calls[place]);
  let index = 0;
  while (index < boxes.length - 1 && y[boxes[index].number] < wanted) {
    index++;
  }
  const near = index + Math.floor(next() * 4) - 2;
  return boxes[Math.min(boxes.length - 1, Math.max(0, near))].number;
}

/** Changes the columns in place; ends after a fixed number of steps, the same for the same columns and links. */
export function* arrangeColumns(columns: ColumnBox[][], links: readonly GroupLink[]): Steps<void> {
  const begun = columns.map((boxes) => [...boxes]);
  const standing = standingOf(columns);
  const ends = linkEnds(links, standing.boxes.length);
  const costs = costsOf(standing, ends);
  yield* sortColumns(standing, ends);
  const before = costs.cost();
  const groups = columns.flat().map(({ number }) => number);
  const next = randomNumbers(SEED);
  const pick = () => groups[Math.floor(next() * groups.length)];
  const moves = Math.min(MOVES_MOST, MOVES_PER_GROUP * groups.length);
  // With few attempts for each, little that is spoilt at first is ever mended.
  const heat = ((HEAT * moves) / (MOVES_PER_GROUP * groups.length)) * (before / groups.length);
  for (let count = 0; count < moves; count++) {
    if (count % ATTEMPTS_PER_STEP === ATTEMPTS_PER_STEP - 1) {
      yield;
    }
    const a = pick();
    const b = next() < WISE ? nearWish(standing, ends, a, next) : pick();
    const most = -heat * (1 - count / moves) * Math.log(1 - next());
    if (a !== b) {
      attempt(standing, costs, a, b, next() < 0.5, most);
    }
  }
  if (costs.cost() > before) {
    columns.splice(0, columns.length, ...begun);
  }
}
