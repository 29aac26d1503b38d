import { type FieldConfigSource, type ThresholdsConfig, ThresholdsMode } from '@grafana/data';
import { type CallLabel } from '../../views/service-map/drawing/draw-view';
import { type LatencyKey } from '../../views/service-map/format-stats';
import { type SearchMode } from '../../views/service-map/search/search-state';
import { type SizeBy } from '../../views/service-map/drawing/rate-size';
import { type WheelMode } from '../../views/service-map/pointer/use-pointer';

export type ColorBy = 'errors' | 'latency';

/** Units that stand in for those of the frames; ids of Grafana's units */
export interface StatUnits {
  nodesMain?: string;
  nodesSecondary?: string;
  edgesMain?: string;
  edgesSecondary?: string;
}

export interface ServiceMapPanelOptions {
  /** The latency that cards and calls show; the mean where a data source has no such quantile */
  latency: LatencyKey;
  /** What thresholds are of: failed requests in per cent, or that latency in ms */
  colorBy: ColorBy;
  callLabel: CallLabel;
  /** What makes services large */
  sizeBy: SizeBy;
  /** One of `GROUP_BY`, or a label of services */
  groupBy: string;
  showLegend: boolean;
  showToolbar: boolean;
  showControls: boolean;
  showMiniMap: boolean;
  startsAsTable: boolean;
  wheel: WheelMode;
  /** Search expression, with variables */
  search: string;
  searchMode: SearchMode;
  /** Where services were put by hand, as the map tells it; saved with the dashboard */
  places?: string;
  /** Groups that are folded up, and "+N more" that are not, likewise */
  folded?: string;
  more?: string;
  /** Of `mainstat` and `secondarystat` where the data source gives none, or a wrong one */
  units?: StatUnits;
}

export const DEFAULT_OPTIONS: ServiceMapPanelOptions = {
  latency: 'p95',
  colorBy: 'errors',
  callLabel: 'all',
  sizeBy: 'rate',
  groupBy: 'auto',
  showLegend: true,
  showToolbar: true,
  showControls: true,
  showMiniMap: true,
  startsAsTable: false,
  wheel: 'cooperative',
  search: '',
  searchMode: 'find',
};

/** Per cent of failed requests */
export const DEFAULT_THRESHOLDS: ThresholdsConfig = {
  mode: ThresholdsMode.Absolute,
  steps: [
    { value: -Infinity, color: 'green' },
    { value: 1, color: 'orange' },
    { value: 5, color: 'red' },
  ],
};

/** Thresholds of the field that is coloured by, of an override or of the data source */
export interface ThresholdsOfField {
  thresholds: ThresholdsConfig;
  /** From the field's unit to per cent, or to ms */
  factor: number;
}

/** ms, for latency while nobody has set thresholds */
const LATENCY_LIMITS: [number, number] = [500, 1000];

/** The lowest two steps above the base, which mark what is a warning and what is critical */
function limitsOf(thresholds: ThresholdsConfig | undefined): [number, number] | undefined {
  const above = (thresholds?.steps ?? [])
    .map(({ value }) => value)
    // -Infinity is null in saved dashboards.
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
    .sort((a, b) => a - b);
  return above.length === 0 ? undefined : [above[0], above[1] ?? above[0]];
}

function isDefault([warning, critical]: [number, number]): boolean {
  return warning === DEFAULT_THRESHOLDS.steps[1].value && critical === DEFAULT_THRESHOLDS.steps[2].value;
}

/**
 * From which value on something is a warning, and critical: per cent for errors, ms for latency.
 * @param ofFields in the order in which they count; a field without thresholds of its own has been given the panel's
 */
export function colorLimits(
  colorBy: ColorBy,
  { defaults }: FieldConfigSource,
  ofFields: readonly ThresholdsOfField[] = []
): [number, number] {
  const set = limitsOf(defaults.thresholds) ?? [1, 5];
  for (const { thresholds, factor } of ofFields) {
    const own = limitsOf(thresholds);
    if (own && (own[0] !== set[0] || own[1] !== set[1])) {
      return [own[0] * factor, own[1] * factor];
    }
  }
  return colorBy === 'latency' && isDefault(set) ? LATENCY_LIMITS : set;
}
