/** Gathers the values of one series, interval by interval. */
export interface Accumulator {
  /** `value` is NaN when the span has none. */
  observe(interval: number, value: number): void;
  values(): Float64Array;
}

export type AccumulatorKind = 'rate' | 'count' | 'min' | 'max' | 'sum' | 'avg';

export function createAccumulator(kind: AccumulatorKind, intervals: number, stepSeconds: number): Accumulator {
  switch (kind) {
    case 'rate':
      return count(intervals, 1 / stepSeconds);
    case 'count':
      return count(intervals, 1);
    case 'min':
      return folded(intervals, (a, b) => (b < a ? b : a));
    case 'max':
      return folded(intervals, (a, b) => (b > a ? b : a));
    case 'sum':
      return folded(intervals, (a, b) => a + b);
    case 'avg':
      return average(intervals);
  }
}

/** Every interval has a value, if only 0. */
function count(intervals: number, factor: number): Accumulator {
  const counts = new Float64Array(intervals);
  return {
    observe: (interval) => {
      counts[interval]++;
    },
    values: () => counts.map((value) => value * factor),
  };
}

/** Intervals without a value stay NaN. */
function folded(intervals: number, fold: (a: number, b: number) => number): Accumulator {
  const values = new Float64Array(intervals).fill(NaN);
  return {
    observe: (interval, value) => {
      if (!Number.isNaN(value)) {
        values[interval] = Number.isNaN(values[interval]) ? value : fold(values[interval], value);
      }
    },
    values: () => values,
  };
}

function average(intervals: number): Accumulator {
  const sums = folded(intervals, (a, b) => a + b);
  const counts = new Float64Array(intervals);
  return {
    observe: (interval, value) => {
      if (!Number.isNaN(value)) {
        sums.observe(interval, value);
        counts[interval]++;
      }
    },
    values: () => sums.values().map((sum, i) => sum / counts[i]),
  };
}
