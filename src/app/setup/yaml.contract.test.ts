import { parse } from 'yaml';
import { toYaml } from './yaml';

it.each([
  [{ a: 1, b: [1, 2.5], c: { d: true, e: null } }],
  [{ list: [{ name: 'x', more: { y: [] } }, { name: 'z' }], empty: {} }],
  [
    {
      words: ['yes', 'off', 'null', '~', '1.5', '', ' a ', 'a: b', '# no', '${x}', '"', "it's", 'a\nb', '-', '.5', 'é'],
    },
  ],
  [{ 'key: odd': { 'with space': 'ok' } }],
  [[]],
  ['text'],
  [[[1, 2], [{ a: 1 }]]],
])('%j reads back as what it was', (value) => {
  expect(parse(toYaml(value))).toEqual(value);
});

it('leaves out what is undefined, and stays readable', () => {
  expect(toYaml({ a: { b: ['x-y', 'z'], gone: undefined }, l: [{ k: 1, v: 'http://h:1' }] })).toBe(
    ['a:', '  b: [x-y, z]', 'l:', '  - k: 1', '    v: "http://h:1"'].join('\n')
  );
});
