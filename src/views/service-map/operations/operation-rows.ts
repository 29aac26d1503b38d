/** Where the parts of a card are at the nearest zoom, px of the world, so small that they are readable only there. */
import { type Operation } from '../../../servicegraph/operations';
import { type Point, type Rect } from '../viewport/viewport';

export const CARD_PARTS = {
  padding: 8,
  /** Ring and icon, beside the head */
  emblem: { x: 17, y: 13.5, scale: 0.44 },
  head: { left: 31, name: 11, lines: [18, 24] },
  /** Baseline of the columns' names, and of the first operation */
  columns: 30.5,
  first: 36.6,
  line: 5.9,
  /** Right ends of the columns, from the card's right border */
  rate: 58,
  errors: 33,
  p95: 8,
  /** Left of the right ends of the rates */
  rateWidth: 26,
} as const;

/** The strip of an operation, by its place in the list. */
export function operationRow(card: Rect, index: number): Rect {
  const { first, line, padding } = CARD_PARTS;
  return {
    x: card.x + padding - 3,
    y: card.y + first + (index - 0.74) * line,
    width: card.width - 2 * padding + 6,
    height: line,
  };
}

/** The operation at a point of the world, when its card shows it. */
export function operationAt(card: Rect, operations: readonly Operation[], { x, y }: Point): Operation | undefined {
  return operations.find((_, index) => {
    const row = operationRow(card, index);
    return x >= row.x && x <= row.x + row.width && y >= row.y && y < row.y + row.height;
  });
}
