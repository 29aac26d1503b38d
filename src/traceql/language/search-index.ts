/** Finds entries of a long list by a part of their text, fast enough to be asked at every letter. */

export interface IndexEntry<T> {
  entry: T;
  text: string;
  /** Where the name proper starts in the text, behind its scope; 0 when it has none. */
  nameStart: number;
}

export interface Found<T> {
  /** Those that start with the word first, then those whose name does, that contain it, that have its letters in order. */
  entries: T[];
  /** More would fit than were asked for. */
  isIncomplete: boolean;
}

export interface SearchIndex<T> {
  find(word: string, limit: number): Found<T>;
}

interface Row<T> {
  entry: T;
  lower: string;
  nameStart: number;
}

const RANKS = 4;

export function createSearchIndex<T>(source: ReadonlyArray<IndexEntry<T>>): SearchIndex<T> {
  const rows = source.map(({ entry, text, nameStart }): Row<T> => ({ entry, lower: text.toLowerCase(), nameStart }));
  // Whoever types goes on with the word of before: what did not fit then does not fit now.
  let last: { word: string; fitting: ReadonlyArray<Row<T>> } = { word: '', fitting: rows };
  return {
    find(word, limit) {
      const wanted = word.toLowerCase();
      const candidates = wanted.startsWith(last.word) ? last.fitting : rows;
      const byRank: Array<Array<Row<T>>> = Array.from({ length: RANKS }, () => []);
      const fitting = candidates.filter((row) => {
        const rank = rankOf(row, wanted);
        if (rank !== undefined) {
          byRank[rank].push(row);
        }
        return rank !== undefined;
      });
      last = { word: wanted, fitting };
      const entries = byRank
        .flat()
        .slice(0, limit)
        .map(({ entry }) => entry);
      return { entries, isIncomplete: fitting.length > limit };
    },
  };
}

function rankOf({ lower, nameStart }: Row<unknown>, wanted: string): number | undefined {
  const at = lower.indexOf(wanted);
  if (at === 0) {
    return 0;
  }
  if (at > 0) {
    return at === nameStart ? 1 : 2;
  }
  return hasLettersInOrder(lower, wanted) ? 3 : undefined;
}

export function hasLettersInOrder(text: string, letters: string): boolean {
  let from = 0;
  for (let index = 0; index < letters.length; index++) {
    from = text.indexOf(letters[index], from) + 1;
    if (from === 0) {
      return false;
    }
  }
  return true;
}
