import { lineParts } from './draw-latency';

const line = (times: number[], values: Array<number | null>) => ({ name: 'p95', times, values });

describe('lines of the latency chart', () => {
  it.each([
    [
      'end where Prometheus left out what it does not know',
      [0, 15, 30, 90, 105],
      [1, 1, 1, 2, 2],
      [
        [0, 1, 2],
        [3, 4],
      ],
    ],
    ['end at numbers that are absent, and at none that is a time', [0, 15, 30, 45], [1, null, NaN, 2], [[0], [3]]],
    ['keep single numbers', [0, 15, 60, 120, 135], [1, 1, 2, 3, 3], [[0, 1], [2], [3, 4]]],
    ['go on where each step has a number', [0, 15, 30], [1, 2, 3], [[0, 1, 2]]],
    ['are nothing where there is nothing', [], [], []],
    ['may be one number', [10], [1], [[0]]],
  ])('%s', (_, times, values, parts) => {
    expect(lineParts(line(times, values))).toEqual(parts);
  });
});
