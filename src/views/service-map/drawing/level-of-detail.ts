/**
 * How much is shown at which zoom: boxes from afar, then services, then their numbers, then all that is known of them, then
 * what they do.
 */

/** `group`: boxes with sums; `block`: services as spots; `name` to `details`: ever more on the cards; `operations` in them */
export type Detail = 'group' | 'block' | 'name' | 'full' | 'details' | 'operations';

const FROM: ReadonlyArray<readonly [Detail, number]> = [
  ['operations', 2.4],
  ['details', 1.25],
  ['full', 0.5],
  ['name', 0.3],
  ['block', 0.1],
];

export function detailAt(k: number): Detail {
  return FROM.find(([, zoom]) => k >= zoom)?.[0] ?? 'group';
}

/** Whether single cards can be told apart well enough to be lit up one by one. */
export function hasCards(detail: Detail): boolean {
  return detail !== 'group' && detail !== 'block';
}
