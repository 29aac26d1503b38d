import { type DataFrame, FieldType, type PanelData } from '@grafana/data';
import { SERVICE_MAP_PANEL_ID, TRACE_PANEL_ID } from '../../../../src/constants';

export interface Visualisation {
  pluginId: string;
  title: string;
  /** px */
  height: number;
  frames: DataFrame[];
  /** The graph of a trace's spans waits below its heading, as in Grafana. */
  isCollapsed: boolean;
}

type Kind = 'trace' | 'nodeGraph' | 'graph' | 'logs' | 'table';

/** In the order in which Explore stacks them. Traces and graphs of nodes are drawn by the plugin's own panels. */
const KINDS: Array<{ kind: Kind; pluginId: string; title: string; height: number }> = [
  { kind: 'graph', pluginId: 'timeseries', title: 'Graph', height: 400 },
  { kind: 'table', pluginId: 'table', title: 'Table', height: 400 },
  { kind: 'logs', pluginId: 'logs', title: 'Logs', height: 400 },
  { kind: 'nodeGraph', pluginId: SERVICE_MAP_PANEL_ID, title: 'Node graph', height: 500 },
  { kind: 'trace', pluginId: TRACE_PANEL_ID, title: 'Trace', height: 700 },
];

/** Sorts the frames of an answer by how they say they want to be seen. */
export function visualisations({ series }: Pick<PanelData, 'series'>): Visualisation[] {
  const hasTrace = series.some((frame) => kindOf(frame) === 'trace');
  return KINDS.flatMap(({ kind, ...panel }) => {
    const frames = series.filter((frame) => kindOf(frame) === kind);
    return frames.some(({ fields }) => fields.length > 0)
      ? [{ ...panel, frames, isCollapsed: kind === 'nodeGraph' && hasTrace }]
      : [];
  });
}

function kindOf(frame: DataFrame): Kind {
  switch (frame.meta?.preferredVisualisationType) {
    case 'trace':
      return 'trace';
    case 'nodeGraph':
      return 'nodeGraph';
    case 'graph':
      return 'graph';
    case 'logs':
      return 'logs';
    case 'table':
    case 'rawPrometheus':
      return 'table';
    default:
      return isTimeSeries(frame) ? 'graph' : 'table';
  }
}

function isTimeSeries({ fields }: DataFrame): boolean {
  return (
    fields.length >= 2 &&
    fields[0].type === FieldType.time &&
    fields.slice(1).every(({ type }) => type === FieldType.number)
  );
}
