import { fullestWindow, type WeighedPlace } from './fullest-window';

const at = (x: number, y: number, weight = 1): WeighedPlace => ({ x, y, weight });
const SIZE = { width: 100, height: 50 };

test.each<[string, WeighedPlace[], { x: number; y: number }]>([
  ['nothing', [], { x: 0, y: 0 }],
  ['one place', [at(7, -3)], { x: 7, y: -3 }],
  ['all that fits, in its middle', [at(0, 0), at(100, 50), at(20, 10)], { x: 50, y: 25 }],
  ['where most places are', [at(0, 0), at(400, 300), at(430, 320), at(420, 310)], { x: 415, y: 310 }],
  ['where the heavier ones are', [at(0, 0, 3), at(10, 10, 3), at(500, 0), at(510, 5), at(520, 5)], { x: 5, y: 5 }],
  ['the middle of a row without a difference', [-200, -100, 0, 100, 200].map((x) => at(x, 9)), { x: -50, y: 9 }],
  ['rows further apart than it is high: one of them', [at(0, 0), at(0, 60), at(50, 60)], { x: 25, y: 60 }],
])('sees %s', (_, places, expected) => {
  expect(fullestWindow(places, SIZE)).toEqual(expected);
});
