/** What there is room for beside the map itself: small panels of dashboards are for the map. */
import { type Size } from './viewport';

/** px; below it, what would stand on more than one line is left out. */
const ROOM: Readonly<Record<'toolbar' | 'legend' | 'controls' | 'miniMap', Size>> = {
  toolbar: { width: 420, height: 180 },
  legend: { width: 300, height: 220 },
  controls: { width: 120, height: 100 },
  miniMap: { width: 480, height: 260 },
};
/** From here on the legend explains everything, also on several lines. */
const WHOLE_LEGEND: Size = { width: 600, height: 400 };
/** A smaller map has room neither for an overview nor for all controls, and is looked at as a whole. */
const LEAST_LARGE_MAP: Size = { width: 480, height: 300 };

function isAtLeast(size: Size, least: Size): boolean {
  return size.width >= least.width && size.height >= least.height;
}

export interface MapRoom {
  toolbar: boolean;
  legend: boolean;
  /** Widths, sizes and the colours of what is selected are explained, too */
  wholeLegend: boolean;
  controls: boolean;
  miniMap: boolean;
}

/** @param size px of the map with all that is around it */
export function roomIn(size: Size): MapRoom {
  return {
    toolbar: isAtLeast(size, ROOM.toolbar),
    legend: isAtLeast(size, ROOM.legend),
    wholeLegend: isAtLeast(size, WHOLE_LEGEND),
    controls: isAtLeast(size, ROOM.controls),
    miniMap: isAtLeast(size, ROOM.miniMap),
  };
}

/** @param size px of the map alone */
export function isSmallMap(size: Size): boolean {
  return !isAtLeast(size, LEAST_LARGE_MAP);
}
