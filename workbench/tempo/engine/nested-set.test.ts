import { type SpanSketch, spansOf } from '../testing/spans';

import { nestedSets } from './nested-set';

function numbers(sketches: SpanSketch[]): Array<[left: number, right: number, parent: number, children: number]> {
  return nestedSets(spansOf(sketches)).map(({ left, right, parent, childCount }) => [left, right, parent, childCount]);
}

const UNREACHED = [0, 0, 0];

describe('nestedSets', () => {
  it('numbers a tree depth first', () => {
    expect(
      numbers([{ id: 'a' }, { id: 'b', parent: 'a' }, { id: 'c', parent: 'b' }, { id: 'd', parent: 'a' }])
    ).toEqual([
      [1, 8, -1, 2],
      [2, 5, 1, 1],
      [3, 4, 2, 0],
      [6, 7, 1, 0],
    ]);
  });

  it('goes on from one root to the next', () => {
    expect(numbers([{ id: 'a' }, { id: 'b' }])).toEqual([
      [1, 2, -1, 0],
      [3, 4, -1, 0],
    ]);
  });

  it('does not reach orphans and rings', () => {
    const found = numbers([
      { id: 'a' },
      { id: 'b', parent: 'ff' },
      { id: 'c', parent: 'd' },
      { id: 'd', parent: 'c' },
      { id: 'e', parent: 'e' },
    ]);
    expect(found.map((set) => set.slice(0, 3))).toEqual([[1, 2, -1], UNREACHED, UNREACHED, UNREACHED, UNREACHED]);
  });

  it('tells a client and a server with one id apart by their kinds', () => {
    const found = numbers([
      { id: 'a' },
      { id: 'b', parent: 'a', kind: 'client' },
      { id: 'b', parent: 'b', kind: 'server' },
      { id: 'c', parent: 'b', kind: 'internal' },
    ]);
    expect(found).toEqual([
      [1, 8, -1, 1],
      [2, 7, 1, 1],
      [3, 6, 2, 1],
      [4, 5, 3, 0],
    ]);
  });

  it('numbers nothing when three spans share an id', () => {
    const found = numbers([{ id: 'a' }, { id: 'b', parent: 'a' }, { id: 'b', parent: 'a' }, { id: 'b', parent: 'a' }]);
    expect(found.every(([left, right]) => left === 0 && right === 0)).toBe(true);
  });

  it('takes very deep traces', () => {
    const chain = Array.from({ length: 50_000 }, (_, i): SpanSketch => ({
      id: (i + 1).toString(16),
      parent: i === 0 ? undefined : i.toString(16),
    }));
    const found = numbers(chain);
    expect(found[0]).toEqual([1, 100_000, -1, 1]);
    expect(found[49_999]).toEqual([50_000, 50_001, 49_999, 0]);
  });
});
