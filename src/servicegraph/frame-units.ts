/** Units of the numbers in node and edge frames. */

/** Ids of Grafana's units of throughput, and what its own service graph writes */
const RATE_UNITS: Record<string, number> = {
  'r/sec': 1,
  'r/min': 1 / 60,
  ...perSecond('cps', 'ops', 'reqps', 'rps', 'wps', 'iops', 'eps', 'mps', 'recps', 'rowsps'),
  ...perMinute('cpm', 'opm', 'reqpm', 'rpm', 'wpm', 'epm', 'mpm', 'recpm', 'rowspm'),
};
/** Likewise of time */
const SECONDS_PER_UNIT: Record<string, number> = {
  'ms/r': 1e-3,
  's/r': 1,
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  dtdurationms: 1e-3,
  s: 1,
  dtdurations: 1,
  m: 60,
  h: 3600,
};

function perSecond(...units: string[]): Record<string, number> {
  return Object.fromEntries(units.map((unit) => [unit, 1]));
}

function perMinute(...units: string[]): Record<string, number> {
  return Object.fromEntries(units.map((unit) => [unit, 1 / 60]));
}

/** Factor from a unit to 1/s; undefined for what is no throughput */
export function ratePerUnit(unit: string | undefined): number | undefined {
  return RATE_UNITS[unit?.trim() ?? ''];
}

/** Factor from a unit to seconds; undefined for what is no duration */
export function secondsPerUnit(unit: string | undefined): number | undefined {
  return SECONDS_PER_UNIT[unit?.trim() ?? ''];
}
