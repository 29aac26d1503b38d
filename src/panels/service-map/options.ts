import { type LatencyKey } from '../../views/service-map/format-stats';
import { type WheelMode } from '../../views/service-map/use-pointer';

export interface ServiceMapPanelOptions {
  /** The latency that cards and calls show; the mean where a data source has no such quantile */
  latency: LatencyKey;
  showLegend: boolean;
  showToolbar: boolean;
  wheel: WheelMode;
  /** Where services were put by hand, as the map tells it; saved with the dashboard */
  places?: string;
}

export const DEFAULT_OPTIONS: ServiceMapPanelOptions = {
  latency: 'p95',
  showLegend: true,
  showToolbar: true,
  wheel: 'cooperative',
};
