import { callId, type Service, type ServiceGraph } from '../model';
import { edgesToReverse } from './cycles';
import { rowPlacer } from './isotonic';
import { keepPlaces, rememberPlaces } from './keep-places';
import { type GraphLayout, layoutGraph } from './layout-graph';
import { boundedLayers, longestPathLayers, tallestLayer } from './layers';
import { sampleGraph } from './sample-graph.fixture';

const SIZE = { width: 1600, height: 900 };

function graphOf(pairs: Array<[string, string]>, lonely: string[] = []): ServiceGraph {
  const ids = [...new Set([...pairs.flat(), ...lonely])];
  return {
    services: ids.map((id): Service => ({ id, name: id, kind: 'service', stats: {} })),
    calls: pairs.map(([source, target]) => ({
      id: callId(source, target, ''),
      source,
      target,
      connectionType: '',
      stats: {},
    })),
    notices: [],
  };
}

function place(layout: GraphLayout, id: string) {
  const node = layout.serviceIds.indexOf(id);
  return { x: layout.x[node], y: layout.y[node] };
}

function overlaps({ x, y, nodeWidth, nodeHeight }: GraphLayout): number {
  let count = 0;
  for (let a = 0; a < x.length; a++) {
    for (let b = a + 1; b < x.length; b++) {
      count += Number(Math.abs(x[a] - x[b]) < nodeWidth - 1e-6 && Math.abs(y[a] - y[b]) < nodeHeight - 1e-6);
    }
  }
  return count;
}

function forwardShare(layout: GraphLayout, graph: ServiceGraph): number {
  const forward = graph.calls.filter(({ source, target }) => place(layout, target).x > place(layout, source).x);
  return forward.length / graph.calls.length;
}

const GRAPHS: Array<[string, ServiceGraph]> = [
  ['nothing', graphOf([])],
  ['one service', graphOf([], ['a'])],
  ['services without calls', graphOf([], ['a', 'b', 'c', 'd', 'e'])],
  ['a self call', graphOf([['a', 'a']])],
  [
    'a cycle',
    graphOf([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ]),
  ],
  [
    'two ways',
    graphOf([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  ],
  ['a hub', graphOf(Array.from({ length: 40 }, (_, index): [string, string] => ['hub', `leaf-${index}`]))],
  [
    'two components',
    graphOf([
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'e'],
    ]),
  ],
  ['a ladder', graphOf(Array.from({ length: 50 }, (_, index): [string, string] => [`s${index}`, `s${index + 1}`]))],
  ['30 services', sampleGraph({ services: 30 })],
  ['100 services', sampleGraph({ services: 100, namespaces: 6 })],
  ['100 services without namespaces', sampleGraph({ services: 100, backwards: 0.1 })],
  ['300 services, dense', sampleGraph({ services: 300, callsPerService: 10 })],
];

describe('layoutGraph', () => {
  it.each(GRAPHS)('%s: every service has a place of its own inside the drawing', (_, graph) => {
    const layout = layoutGraph(graph, SIZE);
    const inside = (value: number, half: number, most: number) => value - half >= -0.01 && value + half <= most + 0.01;
    expect(layout.x).toHaveLength(graph.services.length);
    expect(overlaps(layout)).toBe(0);
    expect(Array.from(layout.x).every((x) => inside(x, layout.nodeWidth / 2, layout.width))).toBe(true);
    expect(Array.from(layout.y).every((y) => inside(y, layout.nodeHeight / 2, layout.height))).toBe(true);
  });

  it.each(GRAPHS)("%s: each call's line joins the borders of its two cards", (_, graph) => {
    const layout = layoutGraph(graph, SIZE);
    const { offsets, points } = layout.routes;
    graph.calls.forEach(({ source, target }, edge) => {
      const line = points.subarray(2 * offsets[edge], 2 * offsets[edge + 1]);
      if (source === target) {
        expect(line).toHaveLength(0);
        return;
      }
      const ends = [
        [line[0], line[1], place(layout, source)],
        [line[line.length - 2], line[line.length - 1], place(layout, target)],
      ] as const;
      for (const [x, y, centre] of ends) {
        expect(Math.abs(x - centre.x)).toBeLessThanOrEqual(layout.nodeWidth / 2 + 1e-6);
        expect(Math.abs(y - centre.y)).toBeLessThanOrEqual(layout.nodeHeight / 2 + 1e-6);
      }
    });
  });

  it('is the same each time', () => {
    const graph = sampleGraph({ services: 200, namespaces: 8 });
    expect(layoutGraph(graph, SIZE)).toEqual(layoutGraph(graph, SIZE));
  });

  it('puts callers left of their callees', () => {
    expect(
      forwardShare(
        layoutGraph(sampleGraph({ services: 50, backwards: 0 }), SIZE),
        sampleGraph({ services: 50, backwards: 0 })
      )
    ).toBe(1);
    const big = sampleGraph({ services: 300, namespaces: 12 });
    expect(forwardShare(layoutGraph(big, SIZE), big)).toBeGreaterThan(0.8);
  });

  it.each([30, 60, 100, 500])('%p services fit the aspect of the panel within a factor of 2', (services) => {
    const { width, height } = layoutGraph(sampleGraph({ services, namespaces: services / 15 }), SIZE);
    const aspect = width / height;
    expect(aspect).toBeGreaterThan(16 / 9 / 2);
    expect(aspect).toBeLessThan((16 / 9) * 2);
  });

  describe('in panels that calls to the right do not fit', () => {
    const chain = (count: number) =>
      graphOf(Array.from({ length: count - 1 }, (_, index): [string, string] => [`s${index}`, `s${index + 1}`]));
    const scaleIn = ({ width, height }: GraphLayout, size: typeof SIZE) =>
      Math.min((size.width - 64) / width, (size.height - 64) / height);
    const downShare = (layout: GraphLayout, { calls }: ServiceGraph) =>
      calls.filter(({ source, target }) => place(layout, target).y > place(layout, source).y).length / calls.length;

    it.each<[string, ServiceGraph, typeof SIZE, number]>([
      ['5 services, tall and narrow', sampleGraph({ services: 5 }), { width: 400, height: 900 }, 0.9],
      ['15 services, tall and narrow', sampleGraph({ services: 15 }), { width: 400, height: 900 }, 0.4],
      ['20 services, tall and narrow', sampleGraph({ services: 20 }), { width: 400, height: 900 }, 0.35],
      ['12 steps, tall and narrow', chain(12), { width: 400, height: 900 }, 0.5],
      ['10 services, small', sampleGraph({ services: 10 }), { width: 300, height: 600 }, 0.33],
      ['15 services, square', sampleGraph({ services: 15 }), { width: 600, height: 600 }, 0.48],
    ])('%s: calls go down, large enough to be read', (_, graph, size, scale) => {
      const layout = layoutGraph(graph, size);
      expect(scaleIn(layout, size)).toBeGreaterThan(scale);
      expect(downShare(layout, graph)).toBeGreaterThanOrEqual(0.85);
      expect(overlaps(layout)).toBe(0);
      const { offsets, points } = layout.routes;
      graph.calls.forEach(({ source, target }, edge) => {
        const [from, to] = [place(layout, source), place(layout, target)];
        const side = Math.sign(to.y - from.y) * (layout.nodeHeight / 2);
        expect(points[2 * offsets[edge] + 1]).toBeCloseTo(from.y + side);
        expect(points[2 * offsets[edge + 1] - 1]).toBeCloseTo(to.y - side);
      });
    });

    it('spreads the callees of a hub over a low, wide panel', () => {
      const hub = graphOf(Array.from({ length: 14 }, (_, index): [string, string] => ['hub', `leaf-${index}`]));
      const size = { width: 1600, height: 250 };
      const layout = layoutGraph(hub, size);
      expect(scaleIn(layout, size)).toBeGreaterThan(0.5);
      expect(overlaps(layout)).toBe(0);
    });

    it.each([
      ['a short chain in a wide panel', chain(3), { width: 1280, height: 800 }],
      [
        'a service and its callees in a narrow one',
        graphOf([
          ['a', 'b'],
          ['a', 'c'],
        ]),
        { width: 700, height: 900 },
      ],
      ['15 services in a wide one', sampleGraph({ services: 15 }), { width: 1280, height: 800 }],
    ])('%s: calls go to the right', (_, graph, size) => {
      expect(forwardShare(layoutGraph(graph, size), graph)).toBeGreaterThanOrEqual(0.85);
    });
  });

  it('leads lines between the cards of the layers that they cross', () => {
    const graph = graphOf([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
      ['a', 'd'],
    ]);
    const layout = layoutGraph(graph, SIZE);
    const { offsets, points } = layout.routes;
    const line = points.subarray(2 * offsets[3], 2 * offsets[4]);
    for (const id of ['b', 'c']) {
      const card = place(layout, id);
      for (let at = 0; at < line.length; at += 2) {
        const hits =
          Math.abs(line[at] - card.x) < layout.nodeWidth / 2 + 1 &&
          Math.abs(line[at + 1] - card.y) < layout.nodeHeight / 2;
        expect(hits).toBe(false);
      }
    }
  });

  it('leaves out calls to services that the graph does not have', () => {
    const graph = graphOf([['a', 'b']]);
    graph.services.pop();
    expect(layoutGraph(graph, SIZE).callIds).toEqual([]);
  });

  it('draws namespaces as boxes that hold their services', () => {
    const graph = sampleGraph({ services: 100, namespaces: 5 });
    const layout = layoutGraph(graph, SIZE);
    expect(layout.groups.length).toBeGreaterThan(1);
    graph.services.forEach(({ id, namespace }) => {
      const { x, y } = place(layout, id);
      const box = layout.groups.find(({ group }) => layout.groupNames[group] === namespace);
      expect(box && x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height).toBe(true);
    });
  });
});

describe('layers', () => {
  it('turns as few calls round as the search finds, and none without a cycle', () => {
    const edges = (pairs: Array<[number, number]>, nodeCount: number) =>
      edgesToReverse({
        nodeCount,
        sources: Int32Array.from(pairs, ([from]) => from),
        targets: Int32Array.from(pairs, ([, to]) => to),
      }).reduce((sum, one) => sum + one, 0);
    expect(
      edges(
        [
          [0, 1],
          [1, 2],
          [0, 2],
        ],
        3
      )
    ).toBe(0);
    expect(
      edges(
        [
          [0, 1],
          [1, 2],
          [2, 0],
        ],
        3
      )
    ).toBe(1);
    expect(
      edges(
        [
          [0, 0],
          [0, 1],
        ],
        2
      )
    ).toBe(0);
  });

  it('spreads a crowded layer to the right', () => {
    const dag = {
      nodeCount: 21,
      sources: new Int32Array(20),
      targets: Int32Array.from({ length: 20 }, (_, index) => index + 1),
    };
    const ideal = longestPathLayers(dag);
    expect(tallestLayer(ideal)).toBe(20);
    expect(tallestLayer(boundedLayers(dag, ideal, 5))).toBe(5);
  });
});

describe('rowPlacer', () => {
  it.each([
    ['wishes that can be met', [0, 50, 100], [0, 10, 10], [0, 50, 100]],
    ['two that want the same place', [50, 50], [0, 20], [40, 60]],
    ['the wrong way round', [100, 0], [0, 10], [45, 55]],
  ])('%s', (_, targets, separation, expected) => {
    const places = new Float64Array(4);
    const row = { targets: Float64Array.from(targets), weights: new Float64Array(4).fill(1), count: targets.length };
    rowPlacer(4)({ ...row, separation: Float64Array.from(separation) }, places);
    expect(Array.from(places.subarray(0, targets.length))).toEqual(expected);
  });

  it('is not misled by the row before', () => {
    const placeRow = rowPlacer(3);
    const places = new Float64Array(3);
    const row = (targets: number[], separation: number[]) => ({
      targets: Float64Array.from(targets),
      weights: new Float64Array(3).fill(1),
      separation: Float64Array.from(separation),
      count: targets.length,
    });
    placeRow(row([100, 0, 7], [0, 10, 30]), places);
    placeRow(row([50, 50], [0, 20]), places);
    expect(Array.from(places.subarray(0, 2))).toEqual([40, 60]);
  });
});

describe('keepPlaces', () => {
  const graph = sampleGraph({ services: 40 });
  const layout = layoutGraph(graph, SIZE);

  it('moves nothing when the numbers alone are new', () => {
    const renumbered = { ...graph, services: graph.services.map((service) => ({ ...service, stats: { rate: 1 } })) };
    expect(keepPlaces(layout, renumbered)).toBe(layout);
  });

  it('moves nothing when services vanish or come in another order', () => {
    const fewer = {
      ...graph,
      services: [...graph.services].reverse().slice(3),
    };
    const kept = keepPlaces(layout, fewer);
    expect(kept?.serviceIds).toHaveLength(37);
    fewer.services.forEach(({ id }) => expect(kept && place(kept, id)).toEqual(place(layout, id)));
  });

  it('gives a new service a free place and leaves the others alone', () => {
    const newcomer: Service = { id: 'new', name: 'new', kind: 'service', stats: {} };
    const caller = graph.services[0].id;
    const more: ServiceGraph = {
      ...graph,
      services: [...graph.services, newcomer],
      calls: [...graph.calls, { id: 'c', source: caller, target: 'new', connectionType: '', stats: {} }],
    };
    const kept = keepPlaces(layout, more)!;
    expect(overlaps(kept)).toBe(0);
    graph.services.forEach(({ id }) => expect(place(kept, id)).toEqual(place(layout, id)));
  });

  it('puts a service that was away back where it stood', () => {
    const [gone, ...others] = graph.services;
    const newcomer: Service = { id: 'new', name: 'new', kind: 'service', stats: {} };
    const without = keepPlaces(layout, { ...graph, services: [...others, newcomer] })!;
    const memory = rememberPlaces(layout, without);
    const back = keepPlaces(memory, { ...graph, services: [...graph.services, newcomer] })!;
    expect(place(back, gone.id)).toEqual(place(layout, gone.id));
    expect(place(back, 'new')).toEqual(place(without, 'new'));
    expect(rememberPlaces(memory, back)).toBe(memory);
  });

  it('gives up when most of the graph is new', () => {
    expect(keepPlaces(layout, sampleGraph({ services: 40, namespaces: 3 }))).toBeUndefined();
  });
});
