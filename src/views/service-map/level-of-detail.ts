/** How much is shown at which zoom: boxes from afar, then services, then their numbers, then all that is known. */

/** `group`: boxes with sums; `block`: services as spots; `name`, `full`, `details`: ever more on the cards */
export type Detail = 'group' | 'block' | 'name' | 'full' | 'details';

const FROM: ReadonlyArray<readonly [Detail, number]> = [
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
