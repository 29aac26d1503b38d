import fc from 'fast-check';
import { type TimeSlice, TimeSlicer } from './time-slicer';

fc.configureGlobal({ seed: 13 });

const HOUR = 3600;
const START = 1_795_255_500;
const FAST = 100;
const STEADY = 2000;
const SLOW = 5000;

function slicer(over: Partial<ConstructorParameters<typeof TimeSlicer>[0]> = {}) {
  return new TimeSlicer({
    start: START,
    end: START + 24 * HOUR,
    unitSeconds: 1,
    firstWidthSeconds: 900,
    minWidthSeconds: 60,
    ...over,
  });
}

const widthOf = ({ start, end }: TimeSlice) => end - start;

function allWidths(one: TimeSlicer, elapsedMs: number): number[] {
  const widths: number[] = [];
  for (let slice = one.next(); slice; slice = one.next()) {
    widths.push(widthOf(slice));
    one.done(slice, elapsedMs);
  }
  return widths;
}

it.each([
  ['doubles while the answers are fast', FAST, [900, 1800, 3600, 7200, 14400, 28800, 29700]],
  ['keeps its width at a steady pace', STEADY, Array<number>(96).fill(900)],
])('%s', (_name, elapsedMs, widths) => {
  expect(allWidths(slicer(), elapsedMs)).toEqual(widths);
});

it('halves when an answer is slow, down to the narrowest', () => {
  const widths = allWidths(slicer(), SLOW);
  expect(widths.slice(0, 5)).toEqual([900, 450, 225, 112, 60]);
  expect(widths.reduce((sum, width) => sum + width, 0)).toBe(24 * HOUR);
});

it('asks for a short range at once', () => {
  expect(allWidths(slicer({ end: START + 1200 }), FAST)).toEqual([1200]);
});

it('never asks for more than Tempo allows', () => {
  expect(Math.max(...allWidths(slicer({ maxWidthSeconds: 2 * HOUR }), FAST))).toBe(2 * HOUR);
});

it('brings a slice that was too large again in halves, before what is older', () => {
  const one = slicer();
  const [first, second] = [one.next(), one.next()];
  expect(first && one.halve(first)).toBe(true);
  const again = [one.next(), one.next()];
  expect(again.map((slice) => slice && widthOf(slice))).toEqual([450, 450]);
  expect(again[1]?.start).toBe(first?.start);
  expect(one.next()?.end).toBe(second?.start);
});

it('gives up on a slice that cannot be narrower', () => {
  const one = slicer({ firstWidthSeconds: 100 });
  const slice = one.next();
  expect(slice && one.halve(slice)).toBe(false);
});

it('cuts a range that Tempo refuses to what it allows', () => {
  const one = slicer({ firstWidthSeconds: 24 * HOUR });
  const whole = one.next();
  expect(whole && one.limitWidth(whole, 7 * HOUR)).toBe(true);
  expect(allWidths(one, FAST)).toEqual([7 * HOUR, 7 * HOUR, 7 * HOUR, 3 * HOUR]);
});

it('says from where on everything is known, whatever the order of the answers', () => {
  const one = slicer();
  const [newest, middle, oldest] = [one.next(), one.next(), one.next()] as TimeSlice[];
  one.done(middle, STEADY);
  expect(one.coveredFrom).toBe(one.end);
  one.done(newest, STEADY);
  expect(one.coveredFrom).toBe(middle.start);
  one.done(oldest, STEADY);
  expect(one.coveredFrom).toBe(oldest.start);
  expect(one.share).toBeCloseTo(2700 / (24 * HOUR));
});

it('covers any range exactly once, whatever is answered when', () => {
  const reply = fc.constantFrom('fast', 'steady', 'slow', 'tooLarge', 'refused');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5000 }),
      fc.integer({ min: 1, max: 40_000 }),
      fc.constantFrom(1, 7, 30, 60),
      fc.integer({ min: 1, max: 2000 }),
      fc.infiniteStream(reply),
      fc.infiniteStream(fc.nat(3)),
      (start, width, unitSeconds, firstWidthSeconds, replies, order) => {
        const one = new TimeSlicer({ start, end: start + width, unitSeconds, firstWidthSeconds, minWidthSeconds: 60 });
        const answered: TimeSlice[] = [];
        const running: TimeSlice[] = [];
        for (;;) {
          for (let slice = one.next(); slice && running.push(slice) < 4; slice = one.next()) {
            // Fill up to four at a time.
          }
          if (running.length === 0) {
            break;
          }
          const [slice] = running.splice(order.next().value % running.length, 1);
          const kind = replies.next().value;
          if (kind === 'tooLarge' && one.halve(slice)) {
            continue;
          }
          if (kind === 'refused' && one.limitWidth(slice, 600)) {
            continue;
          }
          one.done(slice, kind === 'fast' ? FAST : kind === 'slow' ? SLOW : STEADY);
          answered.push(slice);
        }
        answered.sort((a, b) => a.start - b.start);
        expect(answered[0].start).toBe(start);
        expect(answered[answered.length - 1].end).toBe(start + width);
        answered.forEach((slice, index) => {
          expect(slice.end).toBeGreaterThan(slice.start);
          if (index > 0) {
            expect(slice.start).toBe(answered[index - 1].end);
            expect(slice.start % unitSeconds).toBe(0);
          }
        });
        expect(one.coveredFrom).toBe(start);
      }
    )
  );
});
