import { createSearchIndex } from './search-index';

const TEXTS = ['span.http.method', 'resource.host.name', 'span.net.host', 'span.hot', 'host'];

function index(texts = TEXTS) {
  return createSearchIndex(
    texts.map((text) => ({ entry: text, text, nameStart: text.includes('.') ? text.indexOf('.') + 1 : 0 }))
  );
}

test.each([
  ['', TEXTS],
  ['host', ['host', 'resource.host.name', 'span.net.host']],
  ['HOST', ['host', 'resource.host.name', 'span.net.host']],
  ['span.h', ['span.http.method', 'span.hot', 'span.net.host']],
  ['sho', ['span.http.method', 'resource.host.name', 'span.net.host', 'span.hot']],
  ['nothing', []],
])('%j finds %j', (word, expected) => {
  expect(index().find(word, 10)).toEqual({ entries: expected, isIncomplete: false });
});

test('says when there is more', () => {
  expect(index().find('', 2)).toEqual({ entries: TEXTS.slice(0, 2), isIncomplete: true });
});

test('what is typed, and taken back, finds what a fresh index finds', () => {
  const typed = index();
  for (const word of ['s', 'sp', 'spa', 'sp', 'h', 'ho', 'hos', 'ho', 'x', '', 'span.h', 'span']) {
    expect(typed.find(word, 10)).toEqual(index().find(word, 10));
  }
});
