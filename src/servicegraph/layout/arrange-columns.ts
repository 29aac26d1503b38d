/** Where the boxes of groups stand in their columns: simulated annealing for short calls that point to the right. */
import { SPACING } from './types';

export interface ColumnBox {
  /** Of the group, from 0 */
  number: number;
  width: number;
  height: number;
}

/** Calls from groups to groups, one entry for each pair and direction. */
export interface GroupLinks {
  from: Int32Array;
  to: Int32Array;
  calls: Float64Array;
  /** Mean px by which the callee lies further right in its box than the caller in its own */
  offset: Float64Array;
  /** Mean px by which it lies further down in it */
  drop: Float64Array;
}

const MOVES_PER_GROUP = 300;
const MOVES_MOST = 20_000;
/** Part of the attempts that aim at where a group's calls are; the others aim anywhere. */
const WISE = 0.8;
/** At first a change for the worse is likely accepted up to this part of a group's mean cost. */
const HEAT = 0.15;
/** A column may be this much taller than columns of equal height would be. */
const TALLER = 1.04;
/** What a column costs that is twice as tall as it may be, in costs of all calls. */
const TALL_COST = 3;
/** Height counts as width does in a square: crossings are the same however wide the drawing is. */
const STEEP = 16 / 9;
/** What a call to the left may cost beside its length, in widths of a column. */
const BACKWARD_COST = 2;

/** Seeded, so that a graph is always drawn alike (mulberry32). */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Arrangement {
  private readonly column: Int32Array;
  private readonly index: Int32Array;
  private readonly y: Float64Array;
  private readonly boxOf: ColumnBox[] = [];
  private readonly heights: Float64Array;
  private readonly columnX: Float64Array;
  /** Links of each group: offsets and link numbers */
  private readonly starts: Int32Array;
  private readonly list: Int32Array;
  private readonly step: number;
  private readonly tallest: number;
  private readonly tallCost: number;

  constructor(
    private readonly columns: ColumnBox[][],
    private readonly links: GroupLinks
  ) {
    for (const box of columns.flat()) {
      this.boxOf[box.number] = box;
    }
    const count = this.boxOf.length;
    this.column = new Int32Array(count);
    this.index = new Int32Array(count);
    this.y = new Float64Array(count);
    this.heights = new Float64Array(columns.length);
    this.columnX = new Float64Array(columns.length);
    this.starts = new Int32Array(count + 1);
    links.from.forEach((from, link) => {
      this.starts[from + 1]++;
      this.starts[links.to[link] + 1]++;
    });
    for (let group = 0; group < count; group++) {
      this.starts[group + 1] += this.starts[group];
    }
    const next = this.starts.slice();
    this.list = new Int32Array(2 * links.from.length);
    links.from.forEach((from, link) => {
      this.list[next[from]++] = link;
      this.list[next[links.to[link]]++] = link;
    });
    columns.forEach((_, number) => this.stack(number));
    this.step = this.spread() / Math.max(1, columns.length);
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
      left += width + SPACING.group;
    });
    return left;
  }

  private linkCost(link: number): number {
    const [a, b] = [this.links.from[link], this.links.to[link]];
    const dx = this.columnX[this.column[b]] - this.columnX[this.column[a]] + this.links.offset[link];
    const dy = STEEP * (this.y[b] - this.y[a] + this.links.drop[link]);
    return this.links.calls[link] * (Math.sqrt(dx * dx + dy * dy) + (dx <= 0 ? BACKWARD_COST * this.step : 0));
  }

  /** Of the links of these columns' boxes, each once, and of their height */
  private costOf(first: number, second: number): number {
    const { from } = this.links;
    let cost = this.tallCostOf(first) + (first === second ? 0 : this.tallCostOf(second));
    for (let side = 0; side < (first === second ? 1 : 2); side++) {
      for (const { number } of this.columns[side === 0 ? first : second]) {
        for (let place = this.starts[number]; place < this.starts[number + 1]; place++) {
          const link = this.list[place];
          const caller = this.column[from[link]];
          if (from[link] === number || (caller !== first && caller !== second)) {
            cost += this.linkCost(link);
          }
        }
      }
    }
    return cost;
  }

  private tallCostOf(column: number): number {
    return this.tallCost * Math.max(0, this.heights[column] - this.tallest);
  }

  private callCosts(): number {
    return this.links.from.reduce((sum, _, link) => sum + this.linkCost(link), 0);
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

  private ownCost(group: number): number {
    let cost = 0;
    for (let place = this.starts[group]; place < this.starts[group + 1]; place++) {
      cost += this.linkCost(this.list[place]);
    }
    return cost;
  }

  /** What is gained, were it not for the boxes that make room */
  private ownGain(a: number, b: number, isSwap: boolean): number {
    const [columnA, columnB, yA, yB] = [this.column[a], this.column[b], this.y[a], this.y[b]];
    const before = this.ownCost(a) + (isSwap ? this.ownCost(b) : 0);
    this.column[a] = columnB;
    this.y[a] = yB;
    if (isSwap) {
      this.column[b] = columnA;
      this.y[b] = yA;
    }
    const after = this.ownCost(a) + (isSwap ? this.ownCost(b) : 0);
    this.column[a] = columnA;
    this.y[a] = yA;
    this.column[b] = columnB;
    this.y[b] = yB;
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

  /** A box of any column about where the calls of `group` are */
  private nearWish(group: number, next: () => number): number {
    const { from, to, calls } = this.links;
    let [sum, weight] = [0, 0];
    for (let place = this.starts[group]; place < this.starts[group + 1]; place++) {
      const link = this.list[place];
      sum += calls[link] * this.y[from[link] === group ? to[link] : from[link]];
      weight += calls[link];
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

  run() {
    const groups = this.columns.flat().map(({ number }) => number);
    const next = randomNumbers();
    const pick = () => groups[Math.floor(next() * groups.length)];
    const moves = Math.min(MOVES_MOST, MOVES_PER_GROUP * groups.length);
    const heat = (HEAT * this.cost()) / groups.length;
    for (let count = 0; count < moves; count++) {
      const a = pick();
      const b = next() < WISE ? this.nearWish(a, next) : pick();
      const most = -heat * (1 - count / moves) * Math.log(1 - next());
      if (a !== b) {
        this.attempt(a, b, next() < 0.5, most);
      }
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
export function arrangeColumns(columns: ColumnBox[][], links: GroupLinks) {
  const begun = columns.map((boxes) => [...boxes]);
  const arrangement = new Arrangement(columns, links);
  const before = arrangement.cost();
  arrangement.run();
  if (arrangement.cost() > before) {
    columns.splice(0, columns.length, ...begun);
  }
}
