import fc from 'fast-check';
import { jsonFault, lineAndColumn } from './json-fault';

fc.configureGlobal({ seed: 16 });

it.each([
  ['{"a": [1, 2.5e3, "x\\u00e9", null, true]}', -1],
  ['  []  ', -1],
  ['{"a": nonsense}', 6],
  ['{"a": 1,}', 8],
  ['[1 2]', 3],
  ['{"a" 1}', 1],
  ['[1, 2', 5],
  ['[] []', 3],
  ['', 0],
])('%s has its fault at %i', (text, offset) => {
  expect(jsonFault(text)).toBe(offset);
});

it('agrees with JSON.parse', () => {
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', ']', '}', '"', 'x', '0', ':', ' ', '\n'))
    .map(
      ([text, at, extra]) => text.slice(0, at % (text.length + 1)) + extra + text.slice((at % (text.length + 1)) + 1)
    );
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken), (text) => expect(jsonFault(text) === -1).toBe(parses(text))),
    { numRuns: 2000 }
  );
});

it('counts lines and columns from 1', () => {
  expect(lineAndColumn('{\n  "a": x', 9)).toEqual({ line: 2, column: 8 });
});
