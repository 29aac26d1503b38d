import { runSteps } from '../../trace/steps';
import { arrangeColumns, type ColumnBox } from './arrange-columns';
import { type GroupLink } from './group-links';

const box = (number: number, height = 100): ColumnBox => ({ number, width: 200, height });

function linksOf(list: Array<[from: number, to: number, calls: number]>): GroupLink[] {
  return list.map(([from, to, calls]) => ({ from, to, calls, offset: 0, drop: 0 }));
}

const arranged = (columns: ColumnBox[][], links: GroupLink[]) => runSteps(arrangeColumns(columns, links));
const numbers = (columns: ColumnBox[][]) => columns.map((boxes) => boxes.map(({ number }) => number));

describe('arrangeColumns', () => {
  it('puts groups beside those they call', () => {
    const columns = [
      [box(0), box(1)],
      [box(2), box(3)],
    ];
    arranged(
      columns,
      linksOf([
        [0, 3, 5],
        [1, 2, 5],
      ])
    );
    const [left, right] = numbers(columns);
    expect([right[left.indexOf(0)], right[left.indexOf(1)]]).toEqual([3, 2]);
  });

  it('turns round two columns whose calls run to the left', () => {
    const columns = [[box(0)], [box(1)]];
    arranged(columns, linksOf([[1, 0, 3]]));
    expect(numbers(columns)).toEqual([[1], [0]]);
  });

  it('makes no column much taller than the tallest was', () => {
    const columns = [
      [box(0, 900), box(1, 100)],
      [box(2, 500), box(3, 500)],
    ];
    arranged(
      columns,
      linksOf([
        [2, 0, 9],
        [3, 1, 9],
      ])
    );
    columns.forEach((boxes) => expect(boxes.reduce((sum, { height }) => sum + height, 0)).toBeLessThanOrEqual(1130));
  });

  it('keeps every group, also those nobody calls', () => {
    const columns = [[box(0), box(4)], [box(1)], [box(2), box(3)]];
    arranged(columns, linksOf([[2, 0, 1]]));
    expect(numbers(columns).flat().sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('can be interrupted often, as thousands of attempts take longer than a frame', () => {
    const columns = Array.from({ length: 6 }, (_, column) => [0, 1, 2, 3].map((row) => box(4 * column + row)));
    const links = linksOf(Array.from({ length: 23 }, (_, from) => [from, (7 * from + 5) % 24, 1]));
    // 24 groups: 3,600 attempts
    expect([...arrangeColumns(columns, links)].length).toBeGreaterThan(50);
  });
});
