/** What Grafana's own node graph panel was set to, as options and field config of ours. */
import { type FieldConfigSource } from '@grafana/data';
import { type ServiceMapPanelOptions, type StatUnits } from './options';

export const NODE_GRAPH = 'nodeGraph';

type Override = FieldConfigSource['overrides'][number];
type Migrated = Partial<Pick<ServiceMapPanelOptions, 'wheel' | 'units'>>;

/** Saved dashboards may hold anything. */
function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function unitsOf({ nodes, edges }: Record<string, unknown>): StatUnits {
  const [ofNodes, ofEdges] = [record(nodes), record(edges)];
  const all: Array<[keyof StatUnits, string | undefined]> = [
    ['nodesMain', text(ofNodes.mainStatUnit)],
    ['nodesSecondary', text(ofNodes.secondaryStatUnit)],
    ['edgesMain', text(ofEdges.mainStatUnit)],
    ['edgesSecondary', text(ofEdges.secondaryStatUnit)],
  ];
  return Object.fromEntries(all.filter(([, unit]) => unit !== undefined));
}

/** Options of `nodeGraph` (Grafana 12 and 13) with a counterpart; which algorithm lays out has none. */
export function optionsOfNodeGraph(options: unknown): Migrated {
  const all = record(options);
  const units = unitsOf(all);
  return {
    ...(all.zoomMode === 'greedy' || all.zoomMode === 'cooperative' ? { wheel: all.zoomMode } : {}),
    ...(Object.keys(units).length > 0 ? { units } : {}),
  };
}

/** Colours of the parts of the ring, which that panel keeps in its options and others in the field config */
export function overridesOfNodeGraph(options: unknown): Override[] {
  const { arcs } = record(record(options).nodes);
  return (Array.isArray(arcs) ? arcs.map(record) : []).flatMap((arc): Override[] => {
    const [field, fixedColor] = [text(arc.field), text(arc.color)];
    return field && fixedColor
      ? [
          {
            matcher: { id: 'byName', options: field },
            properties: [{ id: 'color', value: { mode: 'fixed', fixedColor } }],
          },
        ]
      : [];
  });
}

const NODE_GRAPH_KEYS = ['nodes', 'edges', 'zoomMode', 'layoutAlgorithm'];

/** Whether a dashboard has the options of `nodeGraph` under the name of our panel, as somebody who edits JSON leaves it. */
export function isNodeGraph(options: unknown): boolean {
  const all = record(options);
  return NODE_GRAPH_KEYS.some((key) => key in all);
}

/** Our options out of such a mixture. */
export function withoutNodeGraph(options: ServiceMapPanelOptions): Partial<ServiceMapPanelOptions> {
  const own = Object.entries(options).filter(([key]) => !NODE_GRAPH_KEYS.includes(key));
  return { ...Object.fromEntries(own), ...optionsOfNodeGraph(options) };
}
