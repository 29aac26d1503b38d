/** What a row is sorted by; undefined or '' where it has no such thing */
export type SortValue = string | number | undefined;

const collator = new Intl.Collator(undefined, { numeric: true });

/** A new list; rows without the value come last, whichever way it is sorted. Texts go by the numbers in them, too. */
export function sortRows<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  { descending }: { descending: boolean }
): Row[] {
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => {
    const value = valueOf(row);
    return { row, value: value === '' ? undefined : value };
  });
  keyed.sort((a, b) =>
    a.value === undefined || b.value === undefined
      ? Number(a.value === undefined) - Number(b.value === undefined)
      : sign * compare(a.value, b.value)
  );
  return keyed.map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
