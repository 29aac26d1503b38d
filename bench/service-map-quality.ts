/** How readable the layouts are, beside Graphviz dot, ELK layered and core's MSAGL and d3-force on the same graphs. */
import { instance as graphviz } from '@viz-js/viz';
import Elk from 'elkjs';
import { CARD, layoutGraph } from '../src/servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../src/servicegraph/model';
import { type BenchResult } from './bench-result';
import { force, layered, type Places } from './service-map/core-worker';
import { topology } from './service-map/topology';

const SIZES = (process.env.SERVICE_MAP_SIZES ?? '100,1000').split(',').map(Number);
const SIZE = { width: 1600, height: 900 } as const;

interface Ends {
  sources: number[];
  targets: number[];
}

type Layout = (graph: ServiceGraph, ends: Ends) => Places | Promise<Places>;

function own(graph: ServiceGraph): Places {
  const { x, y } = layoutGraph(graph, SIZE);
  return { x: [...x], y: [...y] };
}

async function dot(graph: ServiceGraph, { sources, targets }: Ends): Promise<Places> {
  const viz = await graphviz();
  const [width, height] = [CARD.width / 72, CARD.height / 72];
  const nodes = graph.services.map((_, index) => `${index}`).join(';');
  const edges = sources.map((source, index) => `${source}->${targets[index]}`).join(';');
  const text = `digraph{rankdir=LR;node[shape=box fixedsize=true label="" width=${width} height=${height}];edge[dir=none];splines=line;${nodes};${edges}}`;
  const places: Places = { x: [], y: [] };
  for (const line of viz.renderString(text, { format: 'plain' }).split('\n')) {
    const [kind, name, x, y] = line.split(' ');
    if (kind === 'node') {
      places.x[Number(name)] = Number(x) * 72;
      places.y[Number(name)] = Number(y) * 72;
    }
  }
  return places;
}

async function elk(graph: ServiceGraph, { sources, targets }: Ends): Promise<Places> {
  const drawn = await new Elk().layout({
    id: 'root',
    layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'RIGHT' },
    children: graph.services.map((_, index) => ({ id: `${index}`, ...CARD })),
    edges: sources.map((source, index) => ({
      id: `e${index}`,
      sources: [`${source}`],
      targets: [`${targets[index]}`],
    })),
  });
  const children = drawn.children ?? [];
  return {
    x: children.map(({ x = 0 }) => x + CARD.width / 2),
    y: children.map(({ y = 0 }) => y + CARD.height / 2),
  };
}

const LAYOUTS: Record<string, Layout> = {
  'trace-atlas': own,
  dot,
  'elk layered': elk,
  'core layered (msagl)': ({ services }, ends) => layered({ kind: 'layered', nodeCount: services.length, ...ends }),
  'core force (d3)': ({ services }, ends) => force({ kind: 'force', nodeCount: services.length, ...ends }),
};

/** Of straight lines between centres, for all alike; lines that share an end do not cross. */
function crossings({ x, y }: Places, { sources, targets }: Ends): number {
  const side = (a: number, b: number, c: number) =>
    Math.sign((x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]));
  let count = 0;
  for (let one = 0; one < sources.length; one++) {
    const [a, b] = [sources[one], targets[one]];
    for (let other = one + 1; other < sources.length; other++) {
      const [c, d] = [sources[other], targets[other]];
      if (
        a !== c &&
        a !== d &&
        b !== c &&
        b !== d &&
        side(a, b, c) !== side(a, b, d) &&
        side(c, d, a) !== side(c, d, b)
      ) {
        count++;
      }
    }
  }
  return count;
}

function overlaps({ x, y }: Places): number {
  const order = [...x.keys()].sort((a, b) => x[a] - x[b]);
  let count = 0;
  order.forEach((a, index) => {
    for (let next = index + 1; next < order.length && x[order[next]] - x[a] < CARD.width; next++) {
      count += Number(Math.abs(y[order[next]] - y[a]) < CARD.height);
    }
  });
  return count;
}

function quality(places: Places, ends: Ends): Record<string, number> {
  const { x, y } = places;
  const { sources, targets } = ends;
  const range = (values: number[], size: number) =>
    values.reduce((most, value) => Math.max(most, value), -Infinity) -
    values.reduce((least, value) => Math.min(least, value), Infinity) +
    size;
  const [width, height] = [range(x, CARD.width), range(y, CARD.height)];
  const lengths = sources.map((source, edge) => Math.hypot(x[source] - x[targets[edge]], y[source] - y[targets[edge]]));
  const forward = sources.filter((source, edge) => x[targets[edge]] > x[source]).length / sources.length;
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  return {
    'crossings/edge': round(crossings(places, ends) / sources.length, 1),
    'edge length/√area': round(
      lengths.reduce((sum, one) => sum + one, 0) / lengths.length / Math.sqrt(width * height),
      3
    ),
    overlaps: overlaps(places),
    'forward %': round(100 * forward, 0),
    aspect: round(width / height, 2),
    'fits at scale': round(Math.min(1, SIZE.width / width, SIZE.height / height), 3),
  };
}

export async function run(): Promise<BenchResult> {
  const rows: BenchResult['rows'] = [];
  for (const services of SIZES) {
    const graph = topology(services, 1);
    const index = new Map(graph.services.map(({ id }, node) => [id, node]));
    const ends: Ends = {
      sources: graph.calls.map(({ source }) => index.get(source) ?? 0),
      targets: graph.calls.map(({ target }) => index.get(target) ?? 0),
    };
    for (const [layout, place] of Object.entries(LAYOUTS)) {
      rows.push({ services, layout, ...quality(await place(graph, ends), ends) });
    }
  }
  return {
    name: 'service-map-quality',
    rows,
    notes: [
      `Panel of ${SIZE.width} x ${SIZE.height} px, aspect 1.78; cards of ${CARD.width} x ${CARD.height} px; core's circles have a radius of 50 px.`,
    ],
  };
}
