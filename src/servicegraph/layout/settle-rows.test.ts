import { runSteps } from '../../trace/steps';
import { settleRows } from './settle-rows';

/** Nodes at x, y, and calls between them */
function settled(places: Array<[x: number, y: number]>, calls: Array<[from: number, to: number]>, rows: number[][]) {
  const x = Float64Array.from(places, ([one]) => one);
  const y = Float64Array.from(places, ([, one]) => one);
  const input = {
    nodeCount: places.length,
    sources: Int32Array.from(calls, ([from]) => from),
    targets: Int32Array.from(calls, ([, to]) => to),
  };
  runSteps(settleRows(input, rows, { x, y }));
  return places.map((_, node) => [x[node], y[node]]);
}

describe('settleRows', () => {
  it('exchanges two services of a layer whose calls would be shorter', () => {
    const places: Array<[number, number]> = [
      [0, 0],
      [0, 100],
      [300, 0],
      [300, 100],
    ];
    const calls: Array<[number, number]> = [
      [0, 3],
      [1, 2],
    ];
    expect(settled(places, calls, [[0, 1], [2], [3]])).toEqual([
      [0, 100],
      [0, 0],
      [300, 0],
      [300, 100],
    ]);
  });

  it('leaves alone what stands well, calls to itself, and services of different rows', () => {
    const places: Array<[number, number]> = [
      [0, 0],
      [0, 100],
      [300, 0],
    ];
    expect(
      settled(
        places,
        [
          [0, 2],
          [1, 1],
        ],
        [[0, 1], [2]]
      )
    ).toEqual(places);
    expect(settled(places, [[1, 2]], [[0], [1], [2]])).toEqual(places);
  });

  it('puts a service right of its caller where the row runs from left to right', () => {
    const places: Array<[number, number]> = [
      [0, 0],
      [400, 0],
      [200, -100],
    ];
    expect(settled(places, [[2, 0]], [[0, 1]])[0]).toEqual([400, 0]);
  });

  it('only permutes the places', () => {
    const places = Array.from({ length: 40 }, (_, node): [number, number] => [node < 20 ? 0 : 300, 50 * (node % 20)]);
    const calls = Array.from({ length: 60 }, (_, call): [number, number] => [(call * 7) % 20, 20 + ((call * 11) % 20)]);
    const rows = [places.keys()].map((keys) => [...keys]).flatMap((all) => [all.slice(0, 20), all.slice(20)]);
    const after = settled(places, calls, rows);
    const sorted = (list: number[][]) => [...list].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(sorted(after)).toEqual(sorted(places));
    expect(after).not.toEqual(places);
  });
});
