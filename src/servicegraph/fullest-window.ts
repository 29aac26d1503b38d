export interface WeighedPlace {
  x: number;
  y: number;
  /** Finite, above 0: what it is worth to see this place */
  weight: number;
}

export interface WindowSize {
  width: number;
  height: number;
}

/**
 * The middle of what is seen through a window that stands where the places in it weigh most; of equal ones the one
 * nearest to the middle of all. Places on its border are in it. 0, 0 without places.
 */
export function fullestWindow(places: readonly WeighedPlace[], size: WindowSize): { x: number; y: number } {
  const middle = middleOf(places);
  let fullest = { center: middle, weight: 0, off: Infinity };
  const byY = [...places].sort((a, b) => a.y - b.y);
  for (const left of new Set(places.map(({ x }) => x))) {
    const column = byY.filter(({ x }) => x >= left && x <= left + size.width);
    for (const { from, to, weight } of slidingWindows(column, size.height)) {
      if (weight < fullest.weight * (1 - EQUAL)) {
        continue;
      }
      const center = middleOf(column.slice(from, to));
      const off = Math.hypot(center.x - middle.x, center.y - middle.y);
      if (weight > fullest.weight * (1 + EQUAL) || off < fullest.off) {
        fullest = { center, weight, off };
      }
    }
  }
  return fullest.center;
}

/** Share by which two sums of the same weights may differ. */
const EQUAL = 1e-9;

/** For each place as the uppermost one: which of the places, sorted by y, are within `height` below it. */
function* slidingWindows(sorted: readonly WeighedPlace[], height: number) {
  let [to, weight] = [0, 0];
  for (let from = 0; from < sorted.length; from++) {
    for (; to < sorted.length && sorted[to].y <= sorted[from].y + height; to++) {
      weight += sorted[to].weight;
    }
    yield { from, to, weight };
    weight -= sorted[from].weight;
  }
}

function middleOf(places: readonly WeighedPlace[]): { x: number; y: number } {
  return { x: middle(places.map(({ x }) => x)), y: middle(places.map(({ y }) => y)) };
}

function middle(values: readonly number[]): number {
  return values.length === 0 ? 0 : (Math.min(...values) + Math.max(...values)) / 2;
}
