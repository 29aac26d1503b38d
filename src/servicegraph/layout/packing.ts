/** Puts boxes beside each other so that together they have about a given aspect. */
import { indices } from './numbered';

export interface Size {
  width: number;
  height: number;
}

export interface Packed extends Size {
  /** Upper left corners, in the order of the sizes */
  corners: Array<{ x: number; y: number }>;
}

/** px of the smallest frame of that aspect */
export function frameWidth({ width, height }: Size, aspect: number): number {
  return Math.max(width, height * aspect);
}

/** What can be shown largest */
export function smallestFrame<T extends Size>(sizes: readonly T[], aspect: number): T {
  return sizes.reduce((best, one) => (frameWidth(one, aspect) < frameWidth(best, aspect) ? one : best));
}

function rowsWithin(sizes: readonly Size[], order: Int32Array, widest: number, gap: number): Packed {
  const corners = sizes.map(() => ({ x: 0, y: 0 }));
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const index of order) {
    const size = sizes[index];
    if (x > 0 && x + size.width > widest) {
      x = 0;
      y += rowHeight + gap;
      rowHeight = 0;
    }
    corners[index] = { x, y };
    x += size.width + gap;
    width = Math.max(width, x - gap);
    rowHeight = Math.max(rowHeight, size.height);
  }
  return { corners, width, height: y + rowHeight };
}

/** Rows, the tallest boxes first; of several row widths the one that can be shown largest wins. */
export function packRows(sizes: readonly Size[], aspect: number, gap: number): Packed {
  const order = indices(sizes.length).sort((a, b) => sizes[b].height - sizes[a].height);
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = sizes.reduce((most, { width }) => Math.max(most, width), 0);
  const ideal = Math.sqrt(area * aspect);
  const candidates = [0.8, 1, 1.25, 1.6, 2.2].map((factor) =>
    rowsWithin(sizes, order, Math.max(widest, ideal * factor), gap)
  );
  return smallestFrame(candidates, aspect);
}

/** Equal cells in rows that may be as wide as `leastWidth` whatever the aspect. */
export function packGrid(count: number, cell: Size, aspect: number, gap: number, leastWidth: number): Packed {
  const [stepX, stepY] = [cell.width + gap, cell.height + gap];
  const columns = Math.max(
    1,
    Math.round(Math.sqrt(count * aspect * (stepY / stepX))),
    Math.floor((leastWidth + gap) / stepX)
  );
  return {
    corners: Array.from({ length: count }, (_, index) => ({
      x: (index % columns) * stepX,
      y: Math.floor(index / columns) * stepY,
    })),
    width: Math.min(count, columns) * stepX - gap,
    height: Math.ceil(count / columns) * stepY - gap,
  };
}
