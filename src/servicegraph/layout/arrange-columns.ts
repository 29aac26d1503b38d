/** Where the boxes of groups stand in their columns: simulated annealing for short calls that point to the right. */
import { type Steps } from '../../trace/steps';
import { type GroupLinks, type LinkEnds, linkEnds } from './group-links';
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

class Arrangement {
  private readonly column: Int32Array;
  private readonly index: Int32Array;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly boxOf: ColumnBox[] = [];
  private readonly heights: Float64Array;
  private readonly columnX: Float64Array;
  private readonly ends: LinkEnds;
  private readonly backwardCost: number;
  private readonly tallest: number;
  private readonly tallCost: number;

  constructor(
    private readonly columns: ColumnBox[][],
    links: GroupLinks
  ) {
    for (const box of columns.flat()) {
      this.boxOf[box.number] = box;
    }
    const count = this.boxOf.length;
    this.column = new Int32Array(count);
    this.index = new Int32Array(count);
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.heights = new Float64Array(columns.length);
    this.columnX = new Float64Array(columns.length);
    this.ends = linkEnds(links, count);
    columns.forEach((_, number) => this.stack(number));
    this.backwardCost = (BACKWARD_COST * this.spread()) / Math.max(1, columns.length);
    const mean = this.heights.reduce((sum, height) => sum + height, 0) / Math.max(1, columns.length);
    this.tallest = this.boxOf.reduce((most, { height }) => Math.max(most, height), TALLER * mean);
    this.tallCost = (TALL_COST * this.callCosts()) / this.tallest;
  }

  /** Puts the boxes of a column below each other, around 0. */
  private stack(number: number) {
    const boxes = this.columns[number];
    const height = heightOf(boxes);
    this.heights[number] = height;
    let y = -height / 2;
    for (let index = 0; index < boxes.length; index++) {
      const box = boxes[index];
      this.column[box.number] = number;
      this.index[box.number] = index;
      this.x[box.number] = this.columnX[number];
      this.y[box.number] = y + box.height / 2;
      y += box.height + SPACING.group;
    }
  }

  /** Puts the columns beside each other. @returns their width */
  private spread(): number {
    let left = 0;
    this.columns.forEach((boxes, number) => {
      const width = boxes.reduce((most, box) => Math.max(most, box.width), 0);
      this.columnX[number] = left + width / 2;
      for (const box of boxes) {
        this.x[box.number] = this.columnX[number];
      }
      left += width + SPACING.group;
    });
    return left;
  }

  /** Of the links of a group; those to boxes of the two columns count half, as they are met from both ends. */
  private linksCost(group: number, first: number, second: number): number {
    const { starts, other: others, calls, direction, offset, drop } = this.ends;
    const { x: xs, y: ys, column: columns, backwardCost } = this;
    const x = xs[group];
    const y = ys[group];
    const end = starts[group + 1];
    let cost = 0;
    for (let place = starts[group]; place < end; place++) {
      const other = others[place];
      const dx = direction[place] * (xs[other] - x) + offset[place];
      const dy = STEEP * (ys[other] - y + drop[place]);
      let length = Math.sqrt(dx * dx + dy * dy);
      if (dx <= 0) {
        length += backwardCost;
      }
      const column = columns[other];
      cost += column === first || column === second ? (calls[place] * length) / 2 : calls[place] * length;
    }
    return cost;
  }

  /** Of two columns' links and heights */
  private costOf(first: number, second: number): number {
    let cost = this.tallCostOf(first) + (first === second ? 0 : this.tallCostOf(second));
    for (let side = 0; side < (first === second ? 1 : 2); side++) {
      const boxes = this.columns[side === 0 ? first : second];
      for (let index = 0; index < boxes.length; index++) {
        cost += this.linksCost(boxes[index].number, first, second);
      }
    }
    return cost;
  }

  private tallCostOf(column: number): number {
    return this.tallCost * Math.max(0, this.heights[column] - this.tallest);
  }

  private callCosts(): number {
    return this.boxOf.reduce((sum, { number }) => sum + this.linksCost(number, NONE, NONE) / 2, 0);
  }

  /** Of everything, as it stands */
  cost(): number {
    return this.columns.reduce((sum, _, number) => sum + this.tallCostOf(number), this.callCosts());
  }

  private swap(a: number, b: number) {
    const [columnA, columnB] = [this.columns[this.column[a]], this.columns[this.column[b]]];
    const [indexA, indexB] = [this.index[a], this.index[b]];
    columnA[indexA] = this.boxOf[b];
    columnB[indexB] = this.boxOf[a];
  }

  private move(group: number, column: number, index: number) {
    this.columns[this.column[group]].splice(this.index[group], 1);
    this.columns[column].splice(index, 0, this.boxOf[group]);
  }

  private ownCost(a: number, b: number, isSwap: boolean): number {
    return this.linksCost(a, NONE, NONE) + (isSwap ? this.linksCost(b, NONE, NONE) : 0);
  }

  private putAt(group: number, x: number, y: number) {
    this.x[group] = x;
    this.y[group] = y;
  }

  /** What is gained, were it not for the boxes that make room */
  private ownGain(a: number, b: number, isSwap: boolean): number {
    const [xA, yA, xB, yB] = [this.x[a], this.y[a], this.x[b], this.y[b]];
    const before = this.ownCost(a, b, isSwap);
    this.putAt(a, xB, yB);
    if (isSwap) {
      this.putAt(b, xA, yA);
    }
    const after = this.ownCost(a, b, isSwap);
    this.putAt(a, xA, yA);
    this.putAt(b, xB, yB);
    return before - after;
  }

  /** Exchanges two boxes or puts one in the place of the other, unless that costs more than `most`. */
  private attempt(a: number, b: number, isSwap: boolean, most: number) {
    const [first, second] = [this.column[a], this.column[b]];
    const [indexA, indexB] = [this.index[a], this.index[b]];
    if (!isSwap && first !== second && this.columns[first].length === 1) {
      return;
    }
    if (this.ownGain(a, b, isSwap) < -most) {
      return;
    }
    const before = this.costOf(first, second);
    if (isSwap) {
      this.swap(a, b);
    } else {
      this.move(a, second, indexB);
    }
    this.stack(first);
    this.stack(second);
    if (this.costOf(first, second) > before + most) {
      if (isSwap) {
        this.swap(a, b);
      } else {
        this.move(a, first, indexA);
      }
      this.stack(first);
      this.stack(second);
    } else if (first !== second) {
      this.spread();
    }
  }

  /** Mean y of the boxes that call or are called, those of near columns counted most */
  private wish(group: number): number {
    let [sum, weight] = [0, 0];
    for (let place = this.ends.starts[group]; place < this.ends.starts[group + 1]; place++) {
      const other = this.ends.other[place];
      const distance = Math.abs(this.column[other] - this.column[group]);
      const share = distance > 0 ? this.ends.calls[place] / (1 + distance) : 0;
      sum += share * this.y[other];
      weight += share;
    }
    return weight > 0 ? sum / weight : this.y[group];
  }

  /** A first order within the columns: barycentre sweeps. */
  *sortColumns(): Steps<void> {
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      yield;
      this.columns.forEach((boxes, number) => {
        const wishes = new Map(boxes.map((box) => [box, this.wish(box.number)]));
        boxes.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0) || a.number - b.number);
        this.stack(number);
      });
    }
  }

  /** A box of any column about where the calls of `group` are */
  private nearWish(group: number, next: () => number): number {
    let [sum, weight] = [0, 0];
    for (let place = this.ends.starts[group]; place < this.ends.starts[group + 1]; place++) {
      sum += this.ends.calls[place] * this.y[this.ends.other[place]];
      weight += this.ends.calls[place];
    }
    const boxes = this.columns[Math.floor(next() * this.columns.length)];
    const wanted = weight > 0 ? sum / weight : this.y[group];
    let index = 0;
    while (index < boxes.length - 1 && this.y[boxes[index].number] < wanted) {
      index++;
    }
    const near = index + Math.floor(next() * 4) - 2;
    return boxes[Math.min(boxes.length - 1, Math.max(0, near))].number;
  }

  *run(): Steps<void> {
    const groups = this.columns.flat().map(({ number }) => number);
    const next = randomNumbers(SEED);
    const moves = Math.min(MOVES_MOST, MOVES_PER_GROUP * groups.length);
    // With few attempts for each, little that is spoilt at first is ever mended.
    const heat = ((HEAT * moves) / (MOVES_PER_GROUP * groups.length)) * (this.cost() / groups.length);
    for (let first = 0; first < moves; first += ATTEMPTS_PER_STEP) {
      for (let count = first; count < Math.min(moves, first + ATTEMPTS_PER_STEP); count++) {
        this.attemptAny(groups, heat * (1 - count / moves), next);
      }
      yield;
    }
  }

  private attemptAny(groups: readonly number[], heat: number, next: () => number) {
    const pick = () => groups[Math.floor(next() * groups.length)];
    const a = pick();
    const b = next() < WISE ? this.nearWish(a, next) : pick();
    const most = -heat * Math.log(1 - next());
    if (a !== b) {
      this.attempt(a, b, next() < 0.5, most);
    }
  }
}

function heightOf(boxes: readonly ColumnBox[]): number {
  let height = -SPACING.group;
  for (const box of boxes) {
    height += box.height + SPACING.group;
  }
  return height;
}

/** Changes the columns in place; ends after a fixed number of steps, the same for the same columns and links. */
export function* arrangeColumns(columns: ColumnBox[][], links: GroupLinks): Steps<void> {
  const begun = columns.map((boxes) => [...boxes]);
  const arrangement = new Arrangement(columns, links);
  yield* arrangement.sortColumns();
  const before = arrangement.cost();
  yield* arrangement.run();
  if (arrangement.cost() > before) {
    columns.splice(0, columns.length, ...begun);
  }
}
