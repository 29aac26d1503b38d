/** Remembers the last `size` answers by key; what fails is forgotten, so that it is tried again. */
export function createPromiseCache<T>(size: number): (key: string, load: () => Promise<T>) => Promise<T> {
  const entries = new Map<string, Promise<T>>();
  return (key, load) => {
    const known = entries.get(key);
    if (known) {
      return known;
    }
    const loading = load();
    entries.set(key, loading);
    loading.catch(() => entries.get(key) === loading && entries.delete(key));
    for (const oldest of entries.keys()) {
      if (entries.size <= size) {
        break;
      }
      entries.delete(oldest);
    }
    return loading;
  };
}
