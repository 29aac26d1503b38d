/** The part of a trace that is drawn, ns since its start. */
export interface TimeWindow {
  from: number;
  to: number;
}

/** Position of a time in the window: 0 is its left end, 1 its right end. */
export function fractionOf(time: number, { from, to }: TimeWindow): number {
  return to > from ? (time - from) / (to - from) : 0;
}

/** The visible part of an interval as percentages of the width; undefined when none of it is in the window. */
export function clippedPercent(
  from: number,
  to: number,
  window: TimeWindow
): { left: number; width: number } | undefined {
  const left = Math.max(0, fractionOf(from, window));
  const right = Math.min(1, fractionOf(to, window));
  return right < 0 || left > 1 || right < left ? undefined : { left: left * 100, width: (right - left) * 100 };
}

/** Times that the ruler names, the ends included. */
export const TICK_COUNT = 5;

/** Times of the ruler's lines, the ends included. */
export function ticksOf({ from, to }: TimeWindow): number[] {
  return Array.from({ length: TICK_COUNT }, (_, i) => from + ((to - from) * i) / (TICK_COUNT - 1));
}
