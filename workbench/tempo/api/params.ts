import { ApiError } from './answer';

const SECOND = BigInt(1_000_000_000);
const MAX_RANGE_SECONDS = 168 * 3600;
const MAX_UINT32 = 4294967295;
const DEFAULT_RANGE_SECONDS = 15 * 60;

/** A parameter that is a number of 32 bits without a sign; worded as Go's parser does. */
export function uintParam(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null || text === '') {
    return undefined;
  }
  const quoted = JSON.stringify(text);
  if (!/^\d+$/.test(text)) {
    throw new ApiError(`invalid ${name}: strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  }
  const value = Number(text);
  if (value > MAX_UINT32) {
    throw new ApiError(`invalid ${name}: strconv.ParseUint: parsing ${quoted}: value out of range`);
  }
  return value;
}

/** s since the Unix epoch */
export interface SecondsRange {
  start: number;
  end: number;
}

/** `start` and `end` as given: both or neither. `undefined` for neither. */
export function givenRange(params: URLSearchParams): SecondsRange | undefined {
  const start = uintParam(params, 'start') ?? 0;
  const end = uintParam(params, 'end') ?? 0;
  if (start === 0 && end === 0) {
    return undefined;
  }
  if (start === 0 || end === 0) {
    throw new ApiError('only one of start and end provided: must provide both or neither');
  }
  return { start, end };
}

/** Seconds of a Prometheus or Go duration; `undefined` when it is none. */
export function durationSeconds(text: string): number | undefined {
  const units: Record<string, number> = {
    ns: 1e-9,
    us: 1e-6,
    µs: 1e-6,
    ms: 1e-3,
    s: 1,
    m: 60,
    h: 3600,
    d: 86400,
    w: 604800,
    y: 31536000,
  };
  const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h|d|w|y)/y;
  let seconds = 0;
  let at = 0;
  while (at < text.length) {
    part.lastIndex = at;
    const match = part.exec(text);
    if (!match) {
      return undefined;
    }
    seconds += Number(match[1]) * units[match[2]];
    at = part.lastIndex;
  }
  return at === 0 ? undefined : seconds;
}

/** The window to look at: `since`, or start and end, or the last 15 minutes. */
export function rangeOrRecent(params: URLSearchParams, nowMs: number): SecondsRange {
  const now = Math.ceil(nowMs / 1000);
  const since = params.get('since');
  if (since) {
    const seconds = durationSeconds(since);
    if (seconds === undefined) {
      throw new ApiError(`invalid since: not a valid duration string: ${JSON.stringify(since)}`);
    }
    return { start: Math.floor(now - seconds), end: now };
  }
  return givenRange(params) ?? { start: now - DEFAULT_RANGE_SECONDS, end: now };
}

export function checkOrder({ start, end }: SecondsRange): void {
  if (start > end) {
    throw new ApiError(`http parameter start must be before end. received start=${start} end=${end}`);
  }
}

/** Tempo subtracts without a sign, so that an end before the start is a range too long. */
export function checkLength({ start, end }: SecondsRange): void {
  if (end - start > MAX_RANGE_SECONDS || end < start) {
    throw new ApiError(`range specified by start and end exceeds 168h0m0s. received start=${start} end=${end}`);
  }
}

/** ns since the Unix epoch */
export function nanosOf({ start, end }: SecondsRange): { startTimeUnixNano: bigint; endTimeUnixNano: bigint } {
  return { startTimeUnixNano: BigInt(start) * SECOND, endTimeUnixNano: BigInt(end) * SECOND };
}
