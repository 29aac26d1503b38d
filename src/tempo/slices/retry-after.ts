/** Retry-After of RFC 9110: seconds or a date. ms from now; undefined when it is neither. */
export function parseRetryAfter(header: string | null | undefined, nowMs: number): number | undefined {
  const text = (header ?? '').trim();
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  const at = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
