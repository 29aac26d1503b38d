import { type BucketSpan, type NativeHistogram } from './write-request';

/** Observations up to this size count as zero; the default of Prometheus' client libraries, 2^-128. */
const ZERO_THRESHOLD = 2 ** -128;
const MIN_SCHEMA = -4;
const MAX_SCHEMA = 8;
/** Gaps up to this many empty buckets are cheaper inside a span than between two. */
const MAX_GAP = 2;

/**
 * The schema whose buckets grow by at most `bucketFactor`, e.g. 3 (2^(1/8) = 1.09) for 1.1.
 * Formula: Prometheus client_golang, `pickSchema`.
 */
export function schemaOfFactor(bucketFactor: number): number {
  if (!(bucketFactor > 1)) {
    throw new RangeError(`The bucket factor of a native histogram must be above 1, not ${bucketFactor}.`);
  }
  const schema = -Math.floor(Math.log2(Math.log2(bucketFactor)));
  return Math.min(MAX_SCHEMA, Math.max(MIN_SCHEMA, schema)) + 0;
}

/** The index of the bucket (base^(i-1), base^i], base = 2^(2^-schema), that a value above zero falls into. */
export function bucketIndex(value: number, schema: number): number {
  let exponent = Math.ceil(Math.log2(value));
  // log2 is exact for powers of two, but may round to an integer from either side close to one.
  if (value > 2 ** exponent) {
    exponent++;
  } else if (value <= 2 ** (exponent - 1)) {
    exponent--;
  }
  if (schema <= 0) {
    return Math.ceil(exponent / 2 ** -schema) + 0;
  }
  const perOctave = 2 ** schema;
  // Fraction in (0.5, 1], as the bounds within an octave are.
  const fraction = value / 2 ** exponent;
  const bounds = octaveBounds(schema);
  let within = 1;
  while (within < perOctave && bounds[within] < fraction) {
    within++;
  }
  return (exponent - 1) * perOctave + within;
}

const boundsBySchema = new Map<number, number[]>();

/** Upper bounds of the buckets of the octave (0.5, 1]: index 0 is 0.5, the last is 1. */
function octaveBounds(schema: number): number[] {
  let bounds = boundsBySchema.get(schema);
  if (!bounds) {
    const perOctave = 2 ** schema;
    bounds = Array.from({ length: perOctave + 1 }, (_, i) => 2 ** (i / perOctave - 1));
    boundsBySchema.set(schema, bounds);
  }
  return bounds;
}

/** Counts of non-negative observations in exponential buckets that widen when there are too many of them. */
export class ExponentialHistogram {
  private readonly initialSchema: number;
  private schema: number;
  private count = 0;
  private sum = 0;
  private zeroCount = 0;
  private buckets = new Map<number, number>();

  constructor(
    bucketFactor: number,
    /** 0 = no limit */
    private readonly maxBuckets: number
  ) {
    this.initialSchema = schemaOfFactor(bucketFactor);
    this.schema = this.initialSchema;
  }

  observe(value: number): void {
    this.count++;
    this.sum += value;
    if (value > ZERO_THRESHOLD) {
      const index = bucketIndex(value, this.schema);
      this.buckets.set(index, (this.buckets.get(index) ?? 0) + 1);
    } else {
      this.zeroCount++;
    }
  }

  get tooManyBuckets(): boolean {
    return this.maxBuckets > 0 && this.buckets.size > this.maxBuckets;
  }

  /** At a lower resolution than it began with. */
  get coarsened(): boolean {
    return this.schema !== this.initialSchema;
  }

  /** Merges neighbouring buckets until there are few enough of them. */
  widenBuckets(): void {
    while (this.tooManyBuckets && this.schema > MIN_SCHEMA) {
      const wider = new Map<number, number>();
      for (const [index, count] of this.buckets) {
        const target = Math.ceil(index / 2) + 0;
        wider.set(target, (wider.get(target) ?? 0) + count);
      }
      this.buckets = wider;
      this.schema--;
    }
  }

  reset(): void {
    this.schema = this.initialSchema;
    this.count = 0;
    this.sum = 0;
    this.zeroCount = 0;
    this.buckets.clear();
  }

  /** What stands at the start of a series, before its first observation. */
  empty(timestampMs: number): NativeHistogram {
    return {
      count: 0,
      sum: 0,
      schema: this.schema,
      zeroThreshold: 0,
      zeroCount: 0,
      positiveSpans: [],
      positiveDeltas: [],
      timestampMs,
    };
  }

  snapshot(timestampMs: number): NativeHistogram {
    const { spans, deltas } = encodeBuckets(this.buckets);
    return {
      count: this.count,
      sum: this.sum,
      schema: this.schema,
      zeroThreshold: ZERO_THRESHOLD,
      zeroCount: this.zeroCount,
      positiveSpans: spans,
      positiveDeltas: deltas,
      timestampMs,
    };
  }
}

/** Buckets as runs with delta-encoded counts: the form of Prometheus' remote write. */
export function encodeBuckets(buckets: ReadonlyMap<number, number>): { spans: BucketSpan[]; deltas: number[] } {
  const spans: BucketSpan[] = [];
  const deltas: number[] = [];
  let previousCount = 0;
  let nextIndex = 0;
  const append = (count: number) => {
    spans[spans.length - 1].length++;
    deltas.push(count - previousCount);
    previousCount = count;
  };
  for (const index of [...buckets.keys()].sort((a, b) => a - b)) {
    const gap = index - nextIndex;
    if (spans.length === 0 || gap > MAX_GAP) {
      spans.push({ offset: gap, length: 0 });
    } else {
      for (let i = 0; i < gap; i++) {
        append(0);
      }
    }
    append(buckets.get(index) ?? 0);
    nextIndex = index + 1;
  }
  return { spans, deltas };
}
