/** Where the boxes of groups stand in their columns: a local search for short calls that point to the right. */
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
}

const ROUNDS = 3;
/** A column may become this much taller than the tallest was. */
const MOST_TALLER = 1.05;
/** What a call to the left may cost beside its length, in widths of a column. */
export const BACKWARD_COSTS: readonly number[] = [3, 1.5];
/** Boxes beside the best place that are tried in each column. */
const NEARBY = 2;

class Arrangement {
  private readonly column: Int32Array;
  private readonly index: Int32Array;
  private readonly y: Float64Array;
  private readonly heights: Float64Array;
  /** Links of each group: offsets and link numbers */
  private readonly starts: Int32Array;
  private readonly list: Int32Array;
  private readonly step: number;
  private readonly limit: number;

  constructor(
    private readonly columns: ColumnBox[][],
    private readonly links: GroupLinks,
    private readonly backwardCost: number
  ) {
    const count = columns.flat().reduce((most, { number }) => Math.max(most, number), -1) + 1;
    this.column = new Int32Array(count);
    this.index = new Int32Array(count);
    this.y = new Float64Array(count);
    this.heights = Float64Array.from(columns, heightOf);
    this.limit = MOST_TALLER * this.heights.reduce((most, height) => Math.max(most, height), 0);
    const widths = columns.map((boxes) => boxes.reduce((most, { width }) => Math.max(most, width), 0));
    this.step = widths.reduce((sum, width) => sum + width, 0) / Math.max(1, columns.length) + SPACING.group;
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
  }

  private stack(number: number) {
    this.heights[number] = heightOf(this.columns[number]);
    let y = -this.heights[number] / 2;
    this.columns[number].forEach((box, index) => {
      this.column[box.number] = number;
      this.index[box.number] = index;
      this.y[box.number] = y + box.height / 2;
      y += box.height + SPACING.group;
    });
  }

  private costOf(group: number): number {
    const { from, to, calls, offset } = this.links;
    let cost = 0;
    for (let place = this.starts[group]; place < this.starts[group + 1]; place++) {
      const link = this.list[place];
      const [a, b] = [from[link], to[link]];
      const dx = (this.column[b] - this.column[a]) * this.step + offset[link];
      const dy = this.y[b] - this.y[a];
      cost += calls[link] * (Math.sqrt(dx * dx + dy * dy) + (dx <= 0 ? this.backwardCost * this.step : 0));
    }
    return cost;
  }

  /** Mean y of the groups that call or are called */
  private wantedY(group: number): number {
    const { from, to, calls } = this.links;
    let [sum, weight] = [0, 0];
    for (let place = this.starts[group]; place < this.starts[group + 1]; place++) {
      const link = this.list[place];
      sum += calls[link] * this.y[from[link] === group ? to[link] : from[link]];
      weight += calls[link];
    }
    return weight > 0 ? sum / weight : this.y[group];
  }

  /** Exchanges two boxes when calls become shorter by it; what else moves with them is left out of the account. */
  private trySwap(a: number, b: number): boolean {
    const [first, second] = [this.column[a], this.column[b]];
    const [boxA, boxB] = [this.columns[first][this.index[a]], this.columns[second][this.index[b]]];
    const grown = boxB.height - boxA.height;
    if (first !== second && Math.max(this.heights[first] + grown, this.heights[second] - grown) > this.limit) {
      return false;
    }
    const before = this.costOf(a) + this.costOf(b);
    this.exchange(a, b);
    if (this.costOf(a) + this.costOf(b) < before - 1e-6) {
      this.columns[first][this.index[b]] = boxB;
      this.columns[second][this.index[a]] = boxA;
      this.stack(first);
      this.stack(second);
      return true;
    }
    this.exchange(a, b);
    return false;
  }

  private exchange(a: number, b: number) {
    [this.column[a], this.column[b]] = [this.column[b], this.column[a]];
    [this.index[a], this.index[b]] = [this.index[b], this.index[a]];
    [this.y[a], this.y[b]] = [this.y[b], this.y[a]];
  }

  private improve(group: number): boolean {
    const wanted = this.wantedY(group);
    for (const boxes of this.columns) {
      const nearest = nearestIndex(boxes, this.y, wanted);
      const last = Math.min(boxes.length - 1, nearest + NEARBY);
      for (let index = Math.max(0, nearest - NEARBY); index <= last; index++) {
        if (boxes[index].number !== group && this.trySwap(group, boxes[index].number)) {
          return true;
        }
      }
    }
    return false;
  }

  run() {
    const groups = this.columns.flat().map(({ number }) => number);
    for (let round = 0; round < ROUNDS; round++) {
      if (groups.filter((group) => this.improve(group)).length === 0) {
        return;
      }
    }
  }
}

/** Of boxes stacked downwards */
function nearestIndex(boxes: readonly ColumnBox[], y: Float64Array, wanted: number): number {
  let [low, high] = [0, boxes.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (y[boxes[middle].number] < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function heightOf(boxes: readonly ColumnBox[]): number {
  return boxes.reduce((sum, { height }) => sum + height + SPACING.group, -SPACING.group);
}

/**
 * Changes the columns in place; ends after a fixed number of rounds.
 * @param backwardCost one of BACKWARD_COSTS
 */
export function arrangeColumns(columns: ColumnBox[][], links: GroupLinks, backwardCost = BACKWARD_COSTS[0]) {
  new Arrangement(columns, links, backwardCost).run();
}
