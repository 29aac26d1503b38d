import { addToHistory, clearHistory, type HistoryStorage, readHistory } from './query-history';

function storage(content: Record<string, string> = {}): HistoryStorage & { content: Record<string, string> } {
  return {
    content,
    getItem: (key) => content[key] ?? null,
    setItem: (key, value) => void (content[key] = value),
    removeItem: (key) => void delete content[key],
  };
}
const KEY = 'traceatlas.traceql.history.uid';
const texts = (of: HistoryStorage, uid = 'uid') => readHistory(of, uid).map(({ query }) => query);

it('remembers each query once, the newest first, for each data source', () => {
  const store = storage();
  ['{ .a }', '{ .b }', ' { .a } ', '', '{ .a }'].forEach((query, index) => addToHistory(store, 'uid', query, index));
  addToHistory(store, 'other', '{ .c }', 9);
  expect(readHistory(store, 'uid')).toEqual([
    { query: '{ .a }', at: 2 },
    { query: '{ .b }', at: 1 },
  ]);
  expect(texts(store, 'other')).toEqual(['{ .c }']);
});

it('keeps fifty, and none that is very long', () => {
  const store = storage();
  for (let index = 0; index < 60; index++) {
    addToHistory(store, 'uid', `{ .a = ${index} }`, index);
  }
  addToHistory(store, 'uid', `{ .a = "${'x'.repeat(10_000)}" }`, 61);
  expect(texts(store)).toHaveLength(50);
  expect(texts(store)[0]).toBe('{ .a = 59 }');
});

it.each(['no json', '{"query": "{}"}', 'null', '[1, null, {"query": 5, "at": 1}, {"query": "{}", "at": "now"}, {}]'])(
  'takes %s for nothing, and goes on',
  (saved) => {
    const store = storage({ [KEY]: saved });
    expect(readHistory(store, 'uid')).toEqual([]);
    addToHistory(store, 'uid', '{ .a }', 1);
    expect(texts(store)).toEqual(['{ .a }']);
  }
);

it('is empty after it was cleared', () => {
  const store = storage();
  addToHistory(store, 'uid', '{ .a }', 1);
  clearHistory(store, 'uid');
  expect(store.content).toEqual({});
});

it('does without a storage that refuses', () => {
  const refuse = () => {
    throw new Error('QuotaExceededError');
  };
  const store: HistoryStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  addToHistory(store, 'uid', '{ .a }', 1);
  clearHistory(store, 'uid');
  expect(readHistory(store, 'uid')).toEqual([]);
});
