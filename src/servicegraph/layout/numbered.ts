/** 0 to count - 1 */
export function indices(count: number): Int32Array {
  return new Int32Array(count).map((_, index) => index);
}

/** How many groups, parts or layers there are, numbered from 0. */
export function countOf(numbers: Int32Array): number {
  return numbers.reduce((most, number) => Math.max(most, number), -1) + 1;
}

/** Numbers items from 0, equal ones alike, in the order in which they first come. */
export function numbered<T>(items: Iterable<T>): { numbers: Int32Array; count: number } {
  const known = new Map<T, number>();
  const numbers = Int32Array.from(items, (item) => {
    const number = known.get(item) ?? known.size;
    known.set(item, number);
    return number;
  });
  return { numbers, count: known.size };
}
