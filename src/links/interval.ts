const MS_PER_UNIT: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  M: 30 * 86_400_000,
  y: 365 * 86_400_000,
};

/** `30m`, `-1h`, `1.5h`, or `0`, in ms; undefined for anything else. Units as in Grafana's interval fields. */
export function parseInterval(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '0') {
    return 0;
  }
  const match = /^(-?\d+(?:\.\d+)?)(ms|[Mwdhmsy])$/.exec(trimmed);
  return match ? Number(match[1]) * MS_PER_UNIT[match[2]] : undefined;
}
