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
  const lengthAt = (node: number, atX: number, atY: number, partner: number): number => {
    let length = 0;
    for (let side = 0; side < 2; side++) {
      const { offsets, list } = side === 0 ? callees : callers;
      for (let place = offsets[node]; place < offsets[node + 1]; place++) {
        const other = list[place];
        if (other !== partner) {
          const [dx, dy] = [x[other] - atX, y[other] - atY];
          const isBackward = side === 0 ? dx <= 0 : dx >= 0;
          length += Math.sqrt(dx * dx + dy * dy) + (isBackward ? BACKWARD_COST : 0);
        }
      }
    }
    return length;
  };
  const settleRow = (row: number[]): number => {
    let changes = 0;
    for (let i = 1; i < row.length; i++) {
      for (let j = Math.max(0, i - REACH); j < i; j++) {
        const [a, b] = [row[i], row[j]];
        const [ax, ay, bx, by] = [x[a], y[a], x[b], y[b]];
        const now = lengthAt(a, ax, ay, b) + lengthAt(b, bx, by, a);
        if (lengthAt(a, bx, by, b) + lengthAt(b, ax, ay, a) < now - 1e-6) {
          [x[a], y[a], x[b], y[b]] = [bx, by, ax, ay];
          [row[i], row[j]] = [b, a];
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
