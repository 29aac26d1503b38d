/** The TraceQL that ran lately in this browser, for each data source. */

export interface HistoryEntry {
  query: string;
  /** Unix ms */
  at: number;
}

export type HistoryStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'traceatlas.traceql.history';
const MOST_ENTRIES = 50;
/** Longer ones are made by programs. */
const MOST_CHARACTERS = 10_000;

/** Newest first. What cannot be read is left out; never throws. */
export function readHistory(storage: HistoryStorage, dataSourceUid: string): HistoryEntry[] {
  try {
    const saved: unknown = JSON.parse(storage.getItem(keyOf(dataSourceUid)) ?? '[]');
    return Array.isArray(saved) ? saved.filter(isEntry).slice(0, MOST_ENTRIES) : [];
  } catch {
    return [];
  }
}

/** Puts the query in front, once. Never throws: a browser without room for it goes on without. */
export function addToHistory(storage: HistoryStorage, dataSourceUid: string, query: string, at: number): void {
  const text = query.trim();
  const entries = readHistory(storage, dataSourceUid);
  if (text === '' || text.length > MOST_CHARACTERS || entries[0]?.query === text) {
    return;
  }
  const others = entries.filter((entry) => entry.query !== text);
  try {
    storage.setItem(keyOf(dataSourceUid), JSON.stringify([{ query: text, at }, ...others].slice(0, MOST_ENTRIES)));
  } catch {
    // Full, or not allowed.
  }
}

export function clearHistory(storage: HistoryStorage, dataSourceUid: string): void {
  try {
    storage.removeItem(keyOf(dataSourceUid));
  } catch {
    // Not allowed: there is nothing then.
  }
}

function keyOf(dataSourceUid: string): string {
  return `${PREFIX}.${dataSourceUid}`;
}

function isEntry(value: unknown): value is HistoryEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'query' in value &&
    typeof value.query === 'string' &&
    value.query.length <= MOST_CHARACTERS &&
    'at' in value &&
    Number.isFinite(value.at)
  );
}
