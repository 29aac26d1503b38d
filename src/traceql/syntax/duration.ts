/** Durations as Tempo reads them: Prometheus's form first (`1d`, `1h30m`), then Go's (`1.5s`, `-2us`). Values are ns. */

const INT64_MAX = (BigInt(1) << BigInt(63)) - BigInt(1);
const TWO_TO_63 = BigInt(1) << BigInt(63);
const ZERO = BigInt(0);
const MILLISECOND = BigInt(1000000);
const SECOND = BigInt(1000) * MILLISECOND;
const MINUTE = BigInt(60) * SECOND;
const HOUR = BigInt(60) * MINUTE;
const DAY = BigInt(24) * HOUR;

/** Milliseconds, as in Prometheus; the biggest unit first. */
const PROMETHEUS_UNITS: ReadonlyArray<readonly [string, bigint]> = [
  ['y', BigInt(365) * DAY],
  ['w', BigInt(7) * DAY],
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
];

const GO_UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', BigInt(1)],
  ['us', BigInt(1000)],
  ['µs', BigInt(1000)], // U+00B5
  ['μs', BigInt(1000)], // U+03BC
  ['ms', MILLISECOND],
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
]);

/** ns, or undefined when the text is no duration. */
export function parseDuration(text: string): bigint | undefined {
  return parsePrometheusDuration(text) ?? parseGoDuration(text);
}

function parsePrometheusDuration(text: string): bigint | undefined {
  if (text === '0') {
    return ZERO;
  }
  if (!/^(?:[0-9]+[^0-9]+)+$/.test(text)) {
    return undefined;
  }
  let total = ZERO;
  let lastUnit = -1;
  for (const [, digits, unit] of text.matchAll(/([0-9]+)([^0-9]+)/g)) {
    const position = PROMETHEUS_UNITS.findIndex(([name]) => name === unit);
    if (position <= lastUnit) {
      return undefined;
    }
    lastUnit = position;
    total += BigInt(digits) * PROMETHEUS_UNITS[position][1];
    if (total > INT64_MAX) {
      return undefined;
    }
  }
  return total;
}

function parseGoDuration(text: string): bigint | undefined {
  if (!/^(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)[^0-9.]+)+$/.test(text)) {
    return undefined;
  }
  let total = ZERO;
  for (const [, whole, fraction, unitName] of text.matchAll(/([0-9]*)(?:\.([0-9]*))?([^0-9.]+)/g)) {
    const unit = GO_UNITS.get(unitName);
    if (unit === undefined) {
      return undefined;
    }
    total += BigInt(whole || '0') * unit;
    if (fraction) {
      // Go computes the fraction in floating point and truncates it.
      total += BigInt(Math.trunc(Number(fraction) * (Number(unit) / Math.pow(10, fraction.length))));
    }
    if (total > TWO_TO_63) {
      return undefined;
    }
  }
  return total > INT64_MAX ? undefined : total;
}

/** As Go's time.Duration prints: `1h30m0s`, `1.5s`, `100ms`, `0s`. */
export function formatGoDuration(nanoseconds: bigint): string {
  if (nanoseconds < ZERO) {
    return `-${formatGoDuration(-nanoseconds)}`;
  }
  if (nanoseconds === ZERO) {
    return '0s';
  }
  if (nanoseconds < SECOND) {
    const [unit, name] =
      nanoseconds < BigInt(1000)
        ? [BigInt(1), 'ns']
        : nanoseconds < MILLISECOND
          ? [BigInt(1000), 'µs']
          : ([MILLISECOND, 'ms'] as const);
    return `${decimal(nanoseconds, unit)}${name}`;
  }
  const hours = nanoseconds / HOUR;
  const minutes = (nanoseconds % HOUR) / MINUTE;
  const seconds = `${decimal(nanoseconds % MINUTE, SECOND)}s`;
  if (hours > ZERO) {
    return `${hours}h${minutes}m${seconds}`;
  }
  return minutes > ZERO ? `${minutes}m${seconds}` : seconds;
}

/** The shortest form that reads back as the same value: `1h30m`, `1.5s`, `2d`. */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds < ZERO) {
    return `-${formatDuration(-nanoseconds)}`;
  }
  if (nanoseconds >= DAY && nanoseconds % DAY === ZERO) {
    return `${nanoseconds / DAY}d`;
  }
  const go = formatGoDuration(nanoseconds).replace('µ', 'u');
  return go.replace(/([hm])0s$/, '$1').replace(/h0m$/, 'h');
}

function decimal(value: bigint, unit: bigint): string {
  const whole = value / unit;
  const rest = value % unit;
  if (rest === ZERO) {
    return whole.toString();
  }
  const digits = unit.toString().length - 1;
  return `${whole}.${rest.toString().padStart(digits, '0').replace(/0+$/, '')}`;
}
