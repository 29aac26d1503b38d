const MS_PER_UNIT: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** ms of a duration as Go writes it (`1m30s`, `0.5s`), or of a number of ns; `undefined` when it is neither. */
export function durationMs(value: string | number): number | undefined {
  if (typeof value === 'number') {
    return value / 1e6;
  }
  if (value === '0') {
    return 0;
  }
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(value)) {
    return undefined;
  }
  let total = 0;
  for (const [, amount, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * MS_PER_UNIT[unit];
  }
  return total;
}
