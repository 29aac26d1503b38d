import { type ExportedRange } from '../../../servicegraph/export/json';

export { type ExportedRange } from '../../../servicegraph/export/json';

/** 2026-11-21T10-00-00Z: colons are not allowed in file names everywhere. */
function timeText(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/:/g, '-');
}

/**
 * "service-map_2026-11-21T10-00-00Z_2026-11-21T11-00-00Z.svg"
 * @param part what of the map, '' for all
 */
export function exportName(part: string, extension: string, range: ExportedRange | undefined): string {
  const isTime = (ms: number) => Number.isFinite(ms) && Math.abs(ms) <= 8.64e15;
  const window =
    range && isTime(range.from) && isTime(range.to) ? `_${timeText(range.from)}_${timeText(range.to)}` : '';
  return `service-map${part && `-${part}`}${window}.${extension}`;
}
