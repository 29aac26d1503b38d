import { dateTimeFormat, formattedValueToString, getValueFormat } from '@grafana/data';

const formatNanos = getValueFormat('ns');

/** ns -> "12.3 ms" */
export function formatDuration(nanos: number): string {
  return formattedValueToString(formatNanos(nanos, nanos === 0 ? 0 : 2));
}

const NANOS_PER_MS = BigInt(1_000_000);

/** ns since the Unix epoch -> local date and time to the millisecond */
export function formatTime(unixNano: bigint, timeZone?: string): string {
  return dateTimeFormat(Number(unixNano / NANOS_PER_MS), { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS' });
}

/** "0", "1.5 s", … for the ticks of a time axis */
export function formatTick(nanos: number): string {
  return nanos === 0 ? '0' : formatDuration(nanos);
}
