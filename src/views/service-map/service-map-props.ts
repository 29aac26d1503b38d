import { type ReactNode } from 'react';
import { type ServiceGraph } from '../../servicegraph/model';
import { type GraphPart } from '../../servicegraph/part-queries';
import { type ExportedRange } from './export/export-name';
import { type CallLabel } from './drawing/draw-view';
import { type LatencyKey } from './format-stats';
import { type MapActions } from './map-actions';
import { type OperationsSource } from './operations/operations-state';
import { type PaintStyle } from './drawing/paint-style';
import { type Surface } from './drawing/palette';
import { type SizeBy } from './drawing/rate-size';
import { type SearchState } from './search/search-state';
import { type Selection } from './selection';
import { type Folds } from './places/use-folds';
import { type WheelMode } from './pointer/use-pointer';

export interface Focus {
  /** Service.id */
  id: string;
  hops: number;
}

export interface ServiceMapProps {
  /** Undefined until there is an answer; the last one stays while a newer is loading. */
  graph?: ServiceGraph;
  /** px */
  width: number;
  height: number;
  loading?: boolean;
  /** The graph has no percentiles yet, and is followed by one that has. */
  percentilesLoading?: boolean;
  /** Shown above the last graph, which stays. */
  error?: string;
  /** What to say when the graph has no services */
  empty?: ReactNode;
  surface?: Surface;
  latency?: LatencyKey;
  /** What the colours mean; the share of failed requests when absent */
  paint?: PaintStyle;
  showLegend?: boolean;
  showToolbar?: boolean;
  /** Zoom, fit and the like in the corner; the overview of large maps */
  showControls?: boolean;
  showMiniMap?: boolean;
  /** What makes services large; their request rate when absent */
  sizeBy?: SizeBy;
  /** What services do, for the nearest zoom; must be memoized */
  operations?: OperationsSource;
  /** Which numbers stand on calls */
  callLabel?: CallLabel;
  /** What makes groups: one of `GROUP_BY` (`auto` when absent), or a label of services */
  groupBy?: string;
  /** Without it there is no choice of groups in the toolbar. */
  onGroupBy?(groupBy: string): void;
  /** Asks the data source to tell services apart by a label that none of them has; absent where that would not help */
  onAskForLabel?(label: string): void;
  /** The data source was asked to tell services apart by the label in `groupBy`, and has not answered yet */
  isLabelLoading?: boolean;
  /** Begins with the table instead of the map */
  startsAsTable?: boolean;
  /** More controls for the toolbar */
  controls?: ReactNode;
  wheel?: WheelMode;
  actions?: MapActions;
  /** More of the selected service or call for the side panel, e.g. the course of its numbers */
  details?(part: GraphPart, operation?: string): ReactNode;
  /** Where other plugins may add links to the menu, as plugin.json has it */
  extensionPointId?: string;
  selected?: Selection;
  onSelect(selection: Selection | undefined): void;
  focus?: Focus;
  onFocus?(focus: Focus | undefined): void;
  /** What is folded up, where its owner keeps it, e.g. in the URL; the map keeps it itself without `onFolds`. */
  folds?: Folds;
  /** @param isStep a person did it, and may want to go back */
  onFolds?(folds: Folds, isStep: boolean): void;
  /** What is looked for, where its owner keeps it, e.g. in the URL; the map keeps it itself without `onSearch`. */
  search?: SearchState;
  onSearch?(search: SearchState): void;
  /** "/" goes to the search wherever the focus is, as the map is what the page is about. */
  ownsPage?: boolean;
  /** The window that the numbers are of, for the names of files */
  range?: ExportedRange;
  /** Changes when the graph is of another kind (filter, data source), so that old places mean nothing. */
  layoutKey?: string;
  /** Names data source and scope: where services stand is kept in the browser under it. Absent: it is not. */
  storageKey?: string;
  /** Where a person put services, as `onPlaces` told it; from the URL or a panel's options */
  places?: string;
  onPlaces?(places: string | undefined): void;
}
