import { resultText } from './outcome-text';

describe('what is said of an export', () => {
  it.each([
    ['png', { to: 'file' }, ''],
    ['svg', { to: 'file' }, ''],
    ['copy', { to: 'clipboard' }, 'Copied'],
    ['copy', { to: 'file' }, 'No clipboard for images here: saved as a file'],
    ['png4', { to: 'file', scale: 1.52 }, '1.5 times as sharp: a bitmap has no room for more'],
    ['png', { to: 'file', scale: 0.7 }, '70% of its size: a bitmap has no room for more'],
    [
      'png',
      { to: 'file', scale: 0.214 },
      '21% of its size, as a bitmap has no room for more: take SVG for readable names',
    ],
    ['copy', { to: 'clipboard', scale: 0.6 }, 'Copied. 60% of its size: a bitmap has no room for more'],
    [
      'mermaid',
      { to: 'file', manyCalls: 25_000 },
      'Mermaid draws 500 calls and no more unless its maxEdges and maxTextSize are raised',
    ],
  ] as const)('%s, %j: %s', (format, result, text) => {
    expect(resultText(format, result)).toBe(text);
  });
});
