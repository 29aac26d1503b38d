/** Seeded random numbers, so that two runs with the same seed tell the same story. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  integer(low: number, highInclusive: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Log-normal: most values near the median, with a long upper tail, as response times have. */
  logNormal(median: number, sigma: number): number;
  /** Time to the next of randomly arriving events, in the unit of `mean`. */
  exponential(mean: number): number;
}

/** `name` gives each user of a seed a stream of its own. Generator: sfc32 (Chris Doty-Humphrey, public domain). */
export function createRandom(seed: number, name: string): Random {
  const next = sfc32(hash(`${seed}/${name}`));
  const between = (low: number, high: number) => low + (high - low) * next();
  const integer = (low: number, high: number) => Math.floor(between(low, high + 1));
  return {
    next,
    between,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => items[integer(0, items.length - 1)],
    logNormal: (median, sigma) => median * Math.exp(sigma * normal(next)),
    exponential: (mean) => -mean * Math.log(1 - next()),
  };
}

/** Box-Muller transform. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Four 32-bit words from a text (FNV-1a, one offset a word). */
function hash(text: string): [number, number, number, number] {
  const word = (salt: number) => {
    let value = (0x811c9dc5 ^ salt) >>> 0;
    for (let i = 0; i < text.length; i++) {
      value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
    }
    return value;
  };
  return [word(0), word(0x9e3779b9), word(0x7f4a7c15), word(0x85ebca6b)];
}

function sfc32([a, b, c, counter]: [number, number, number, number]): () => number {
  const step = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) {
    step();
  }
  return step;
}
