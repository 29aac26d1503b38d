import { defaultStep, TimeAxis } from './time-axis';

const seconds = (s: number) => BigInt(Math.round(s * 1000)) * BigInt(1_000_000);
const LATER = seconds(1e9);

describe('defaultStep', () => {
  it.each([
    [6, 0.05],
    [30, 0.1],
    [59, 0.2],
    [60, 1],
    [300, 1],
    [3600, 15],
    [3840, 15],
    [6 * 3600, 60],
    [24 * 3600, 300],
  ])('%d s give a step of %d s', (range, step) => {
    expect(defaultStep({ start: seconds(0), end: seconds(range) })).toBe(seconds(step));
  });
});

describe('TimeAxis.range', () => {
  const axis = TimeAxis.range({ start: seconds(1027), end: seconds(1061) }, seconds(30), LATER);

  it('widens to whole steps and adds one before', () => {
    expect([axis.start, axis.end, axis.intervals]).toEqual([seconds(990), seconds(1080), 3]);
  });

  it.each([
    [990.001, 0],
    [1020, 0],
    [1020.001, 1],
    [1050, 1],
    [1080, 2],
  ])('puts %d s into interval %d: the right edge belongs to it', (time, interval) => {
    expect(axis.contains(seconds(time))).toBe(true);
    expect(axis.intervalOf(seconds(time))).toBe(interval);
  });

  it.each([990, 1080.001])('leaves %d s out', (time) => {
    expect(axis.contains(seconds(time))).toBe(false);
  });

  it('stamps samples with the right edge', () => {
    expect([0, 1, 2].map((i) => axis.timestampMs(i))).toEqual([1020000, 1050000, 1080000].map(BigInt));
  });

  it('ends with the last whole step before now', () => {
    const open = TimeAxis.range({ start: seconds(1000), end: seconds(1061) }, seconds(30), seconds(1065));
    expect(open.end).toBe(seconds(1050));
  });

  it('has no interval when now lies before everything', () => {
    expect(TimeAxis.range({ start: seconds(1000), end: seconds(1061) }, seconds(30), seconds(900)).intervals).toBe(0);
  });
});

describe('TimeAxis.instant', () => {
  const axis = TimeAxis.instant({ start: seconds(1000), end: seconds(1007) });

  it('is one interval, not aligned', () => {
    expect([axis.intervals, axis.stepSeconds, axis.timestampMs(0)]).toEqual([1, 7, BigInt(1007000)]);
    expect(axis.intervalOf(seconds(1003))).toBe(0);
  });
});
