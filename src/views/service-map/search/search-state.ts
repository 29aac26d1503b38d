/** What a person looks for on the map, and what becomes of what is found. */

/** `find` lights it up; `only` and `except` take the others, or what is found, off the map. */
export type SearchMode = 'find' | 'only' | 'except';

export interface SearchState {
  /** An expression as `parseMatch` reads it */
  text: string;
  mode: SearchMode;
}

export const NO_SEARCH: SearchState = { text: '', mode: 'find' };

const MODES: readonly SearchMode[] = ['find', 'only', 'except'];

/** From the URL or a panel's options, which may hold anything. */
export function readSearch(text: string | undefined, mode: string | undefined): SearchState {
  return { text: text ?? '', mode: MODES.find((known) => known === mode) ?? 'find' };
}
