import { type FaultId } from './faults';

export interface Incident {
  fault: FaultId;
  /** Part of the range at which it began, 0 to 1 */
  start: number;
  end: number;
}

/** What went wrong in the past hour. The last quarter is quiet, so that a fault switched on now stands out. */
export const USUAL_INCIDENTS: readonly Incident[] = [
  { fault: 'slow-database', start: 0.16, end: 0.28 },
  { fault: 'failing-dependency', start: 0.4, end: 0.47 },
  { fault: 'bad-version', start: 0.58, end: 0.72 },
];

/** The moments at which faults begin and end within the range, in order; ms since the Unix epoch. */
export function planIncidents(
  incidents: readonly Incident[],
  fromMs: number,
  toMs: number
): Array<{ atMs: number; fault: FaultId; active: boolean }> {
  const at = (part: number) => fromMs + part * (toMs - fromMs);
  return incidents
    .flatMap(({ fault, start, end }) => [
      { atMs: at(start), fault, active: true },
      { atMs: at(end), fault, active: false },
    ])
    .sort((a, b) => a.atMs - b.atMs);
}
