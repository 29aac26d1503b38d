/** How readable the layouts are, beside Graphviz dot, ELK layered and core's MSAGL and d3-force on the same graphs. */
import { instance as graphviz } from '@viz-js/viz';
import Elk, { type ElkNode } from 'elkjs';
import { CARD, layoutGraph } from '../src/servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../src/servicegraph/model';
import { type Size } from '../src/views/service-map/viewport/viewport';
import { type BenchResult } from './bench-result';
import { force, layered, type Places } from './service-map/core-worker';
import { ownThroughCards, straightThroughCards } from './service-map/through-cards';
import { topology } from './service-map/topology';

const SIZES = (process.env.SERVICE_MAP_SIZES ?? '100,1000,10000').split(',').map(Number);
const SEEDS = (process.env.SERVICE_MAP_SEEDS ?? '1,2,3').split(',').map(Number);
/** The others take more than a minute for more services. */
const OTHERS_MOST = 3000;
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

const ELK_OPTIONS = { 'elk.algorithm': 'layered', 'elk.direction': 'RIGHT' };

function elkGraph({ services }: ServiceGraph, { sources, targets }: Ends): ElkNode {
  return {
    id: 'root',
    layoutOptions: ELK_OPTIONS,
    children: services.map((_, index) => ({ id: `${index}`, ...CARD })),
    edges: sources.map((source, index) => ({
      id: `e${index}`,
      sources: [`${source}`],
      targets: [`${targets[index]}`],
    })),
  };
}

async function elkPlaces(graph: ElkNode): Promise<Places> {
  const places: Places = { x: [], y: [] };
  const collect = (children: ElkNode[], left: number, top: number) => {
    for (const { id, x = 0, y = 0, children: inner = [] } of children) {
      if (inner.length > 0) {
        collect(inner, left + x, top + y);
      } else {
        places.x[Number(id)] = left + x + CARD.width / 2;
        places.y[Number(id)] = top + y + CARD.height / 2;
      }
    }
  };
  collect((await new Elk().layout(graph)).children ?? [], 0, 0);
  return places;
}

function elk(graph: ServiceGraph, ends: Ends): Promise<Places> {
  return elkPlaces(elkGraph(graph, ends));
}

function elkWithNamespaces(graph: ServiceGraph, ends: Ends): Promise<Places> {
  const flat = elkGraph(graph, ends);
  const boxes = new Map<string, ElkNode[]>();
  flat.children?.forEach((node, index) => {
    const name = `namespace ${graph.services[index].namespace ?? ''}`;
    boxes.set(name, [...(boxes.get(name) ?? []), node]);
  });
  return elkPlaces({
    ...flat,
    layoutOptions: { ...ELK_OPTIONS, 'elk.hierarchyHandling': 'INCLUDE_CHILDREN' },
    children: [...boxes].map(([id, children]) => ({ id, children })),
  });
}

const LAYOUTS: Record<string, Layout> = {
  'trace-atlas': own,
  dot,
  'elk layered': elk,
  'elk layered, namespaces': elkWithNamespaces,
  'core layered (msagl)': ({ services }, ends) => layered({ kind: 'layered', nodeCount: services.length, ...ends }),
  'core force (d3)': ({ services }, ends) => force({ kind: 'force', nodeCount: services.length, ...ends }),
};

/** Core draws circles; a square that lies in one */
const CIRCLE = { width: 70, height: 70 } as const;
const FOOTPRINTS: Partial<Record<string, Size>> = { 'core layered (msagl)': CIRCLE, 'core force (d3)': CIRCLE };

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

function endsOf(graph: ServiceGraph): Ends {
  const index = new Map(graph.services.map(({ id }, node) => [id, node]));
  return {
    sources: graph.calls.map(({ source }) => index.get(source) ?? 0),
    targets: graph.calls.map(({ target }) => index.get(target) ?? 0),
  };
}

function means(measured: Array<Record<string, number>>): Record<string, number> {
  const mean = (name: string) => measured.reduce((sum, one) => sum + one[name], 0) / measured.length;
  return Object.fromEntries(Object.keys(measured[0] ?? {}).map((name) => [name, Number(mean(name).toFixed(3))]));
}

export async function run(): Promise<BenchResult> {
  const rows: BenchResult['rows'] = [];
  for (const services of SIZES) {
    for (const [layout, place] of Object.entries(LAYOUTS)) {
      if (services > OTHERS_MOST && place !== own) {
        continue;
      }
      const measured: Array<Record<string, number>> = [];
      for (const seed of SEEDS) {
        const graph = topology(services, seed);
        const ends = endsOf(graph);
        const places = await place(graph, ends);
        const through =
          place === own ? ownThroughCards(graph, SIZE) : straightThroughCards(places, ends, FOOTPRINTS[layout] ?? CARD);
        measured.push({ ...quality(places, ends), 'calls through cards %': through });
      }
      const bySeed = measured.map((one) => one['crossings/edge']).join(' ');
      rows.push({ services, layout, ...means(measured), 'crossings by seed': bySeed });
    }
  }
  return {
    name: 'service-map-quality',
    rows,
    notes: [
      `Means of seeds ${SEEDS.join(', ')}. Straight lines between centres for all; lines that share an end do not cross.`,
      `Panel of ${SIZE.width} x ${SIZE.height} px, aspect 1.78; cards of ${CARD.width} x ${CARD.height} px; core's circles have a radius of 50 px.`,
      "Calls through cards: of the map's own lines; of straight lines between centres for the others.",
      'Measured before on other graphs of this shape, crossings an edge at 100 and 1,000: core layered 8.5 and 98.5, dot 9.2 and 79.9, ELK 12.1 and 141.3, ELK with namespaces 5.7 and 33.9.',
    ],
  };
}
