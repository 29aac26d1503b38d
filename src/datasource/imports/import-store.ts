/**
 * The files that people import, on this computer only. A query names a file by its id, as the URL of Explore has no room for
 * its content. They stay in the browser's database, so that reloading the page or splitting Explore does not lose them.
 */
export interface ImportedFile {
  id: string;
  /** As the person's computer calls it */
  name: string;
  /** JSON */
  text: string;
}

/** Older ones make room for newer ones. */
const MOST_KEPT = 5;
const DATABASE = 'traceatlas-imports';
const STORE = 'files';

interface StoredFile extends ImportedFile {
  /** ms since the Unix epoch */
  at: number;
}

/** Of this page; also all there is where the browser has no database (private windows, policies). */
const memory = new Map<string, ImportedFile>();

/** @returns the id that queries name it by */
export async function keepImport(name: string, text: string): Promise<string> {
  const file: ImportedFile = { id: newId(), name, text };
  memory.set(file.id, file);
  try {
    await inStore('readwrite', async (store) => {
      const stored: StoredFile = { ...file, at: Date.now() };
      await settled(store.put(stored));
      const keys = await settled(store.index('at').getAllKeys());
      for (const key of keys.slice(0, Math.max(0, keys.length - MOST_KEPT))) {
        await settled(store.delete(key));
      }
    });
  } catch {
    // It is in memory.
  }
  return file.id;
}

/** undefined when it was never imported on this computer, or was replaced by newer ones. */
export async function findImport(id: string): Promise<ImportedFile | undefined> {
  const known = memory.get(id);
  if (known) {
    return known;
  }
  try {
    const stored: unknown = await inStore('readonly', (store) => settled<unknown>(store.get(id)));
    if (isFile(stored)) {
      memory.set(id, stored);
      return stored;
    }
  } catch {
    // As if it were not there.
  }
  return undefined;
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STORE, { keyPath: 'id' }).createIndex('at', 'at');
  };
  const database = await settled(opening);
  try {
    return await work(database.transaction(STORE, mode).objectStore(STORE));
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database failed'));
  });
}

function newId(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(numbers, (number) => number.toString(36)).join('');
}

function isFile(value: unknown): value is ImportedFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'name' in value &&
    typeof value.name === 'string' &&
    'id' in value &&
    typeof value.id === 'string'
  );
}
