/** Services change places within their layer where that shortens their calls, those to other groups included. */
import { type Steps } from '../../trace/steps';
import { adjacencyOf } from './adjacency';
import { type LayoutInput } from './types';

const ROUNDS = 3;
/** Of a long row only services with so few between them are exchanged. */
const REACH = 16;
/** What a call to the left costs beside its length, px */
const BACKWARD_COST = 400;

/**
 * Changes `x` and `y` of nodes that exchange places; ends after a few rounds.
 * @param rows nodes that may exchange places with each other
 */
export function* settleRows(
  { nodeCount, sources, targets }: LayoutInput,
  rows: readonly number[][],
  { x, y }: { x: Float64Array; y: Float64Array }
): Steps<void> {
  const callees = adjacencyOf(nodeCount, sources, targets);
  const callers = adjacencyOf(nodeCount, targets, sources);
  /** Of a node's calls: where it is, and where it would be. In an array, as functions return numbers in memory of their own. */
  const lengths = new Float64Array(2);
  const measure = (node: number, elsewhere: number) => {
    const [ax, ay, bx, by] = [x[node], y[node], x[elsewhere], y[elsewhere]];
    let here = 0;
    let there = 0;
    for (let side = 0; side < 2; side++) {
      const { offsets, list } = side === 0 ? callees : callers;
      const sign = side === 0 ? 1 : -1;
      for (let place = offsets[node]; place < offsets[node + 1]; place++) {
        const other = list[place];
        if (other !== elsewhere) {
          const dxHere = x[other] - ax;
          const dyHere = y[other] - ay;
          const dxThere = x[other] - bx;
          const dyThere = y[other] - by;
          here += Math.sqrt(dxHere * dxHere + dyHere * dyHere) + (sign * dxHere <= 0 ? BACKWARD_COST : 0);
          there += Math.sqrt(dxThere * dxThere + dyThere * dyThere) + (sign * dxThere <= 0 ? BACKWARD_COST : 0);
        }
      }
    }
    lengths[0] = here;
    lengths[1] = there;
  };
  const isBetterExchanged = (a: number, b: number): boolean => {
    measure(a, b);
    let here = lengths[0];
    let there = lengths[1];
    measure(b, a);
    here += lengths[0];
    there += lengths[1];
    return there < here - 1e-6;
  };
  const settleRow = (row: number[]): number => {
    let changes = 0;
    for (let i = 1; i < row.length; i++) {
      for (let j = Math.max(0, i - REACH); j < i; j++) {
        const a = row[i];
        const b = row[j];
        if (isBetterExchanged(a, b)) {
          [x[a], y[a], x[b], y[b]] = [x[b], y[b], x[a], y[a]];
          row[i] = b;
          row[j] = a;
          changes++;
        }
      }
    }
    return changes;
  };
  for (let round = 0; round < ROUNDS; round++) {
    let changes = 0;
    for (const row of rows) {
      changes += settleRow(row);
      yield;
    }
    if (changes === 0) {
      return;
    }
  }
}
