import { boxOf, extendedBox } from './keyboard-box';
import { type LatencyScale, pointAt, xOf, yOf } from './latency-scale';

const scale: LatencyScale = {
  area: { left: 0, top: 0, width: 400, height: 200 },
  fromMs: 0,
  toMs: 40_000,
  min: 0.01,
  max: 1,
};

describe('a box by keyboard', () => {
  it('begins at the point in question and opens in both directions', () => {
    const first = extendedBox(scale, undefined, { x: 100, y: 100 }, 'ArrowRight');
    expect(first).toEqual({ start: { x: 100, y: 100 }, end: { x: 110, y: 90 } });
    expect(extendedBox(scale, first, undefined, 'ArrowUp')).toEqual({
      start: { x: 100, y: 100 },
      end: { x: 110, y: 80 },
    });
  });

  it('begins in the middle without a point', () => {
    expect(extendedBox(scale, undefined, undefined, 'ArrowLeft')?.start).toEqual({ x: 200, y: 100 });
  });

  it('stays on the chart, whose edges are open ends', () => {
    let corners = extendedBox(scale, undefined, undefined, 'ArrowUp');
    for (let press = 0; press < 30; press++) {
      corners = extendedBox(scale, corners, undefined, 'ArrowUp');
    }
    expect(corners?.end.y).toBe(0);
    expect(corners && boxOf(scale, corners)).toMatchObject({ min: 0.1, max: Infinity });
  });

  it.each(['a', 'Enter', 'constructor'])('knows no key %s', (key) => {
    expect(extendedBox(scale, undefined, undefined, key)).toBeUndefined();
  });
});

describe('the point at a place', () => {
  const point = (timeMs: number, latency: number, traceId: string) => ({ timeMs, latency, traceId });
  const points = [point(1000, 0.1, 'a'), point(20_000, 0.1, 'b'), point(20_000, 0.1, 'c'), point(20_400, 0.5, 'd')];
  const at = (timeMs: number, latency: number) => ({ x: xOf(scale, timeMs) + 2, y: yOf(scale, latency) });

  it.each<[number, number, string | undefined]>([
    [1000, 0.1, 'a'],
    [20_400, 0.5, 'd'],
    [10_000, 0.1, undefined],
    [1000, 0.9, undefined],
  ])('at %d ms and %d s is %p', (timeMs, latency, expected) => {
    expect(pointAt(scale, points, at(timeMs, latency), 8)?.traceId).toBe(expected);
  });

  it('is one of two at the same place', () => {
    expect(['b', 'c']).toContain(pointAt(scale, points, at(20_000, 0.1), 8)?.traceId);
  });
});
