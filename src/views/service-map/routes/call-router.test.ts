import fc from 'fast-check';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { moveServices } from '../../../servicegraph/layout/move-services';
import { directRoute } from '../../../servicegraph/layout/routes';
import { sampleGraph } from '../../../servicegraph/layout/sample-graph.fixture';
import { arrowOf, type Curve, sampleLine } from '../model/curves';
import { mapModel } from '../model/map-model';
import { type MapModel } from '../model/map-types';
import { errorPaint } from '../drawing/paint-style';
import { middleOf, passes } from '../model/rects';
import { type Rect } from '../viewport/viewport';
import { type Box, callRouter } from './call-router';

const WIDTH = 196;
const HEIGHT = 58;
const SIZE = { width: 1600, height: 900 };

function card(x: number, y: number): Rect {
  return { x, y, width: WIDTH, height: HEIGHT };
}

function boxAround(cards: readonly Rect[]): Box {
  const left = Math.min(...cards.map(({ x }) => x)) - 26;
  const top = Math.min(...cards.map(({ y }) => y)) - 56;
  const width = Math.max(...cards.map(({ x }) => x)) + WIDTH + 26 - left;
  const height = Math.max(...cards.map(({ y }) => y)) + HEIGHT + 26 - top;
  return { box: { x: left, y: top, width, height }, name: { x: left + 14, y: top + 14, width: 100, height: 16 } };
}

function lineBetween(from: Rect, to: Rect) {
  return directRoute(middleOf(from), middleOf(to), { nodeWidth: WIDTH, nodeHeight: HEIGHT });
}

function route(cards: readonly Rect[], boxes: readonly Box[] = [], lane = 0): Curve | undefined {
  const line = lineBetween(cards[0], cards[1]);
  return callRouter({ cards, boxes }).curveOf({ source: 0, target: 1, line, lane });
}

function isThrough(curve: Curve, rect: Rect): boolean {
  const points = sampleLine(curve);
  return points.some((point, index) => index > 0 && passes(rect, points[index - 1], point));
}

function hits(model: MapModel): string[] {
  return model.edges.flatMap((edge) => {
    edge.way.route();
    const others = model.nodes.filter((node) => node !== edge.source && node !== edge.target);
    return others
      .filter((node) => isThrough(edge.way.curve, node.card))
      .map(({ service }) => `${edge.call.id} ${service.id}`);
  });
}

describe('a call', () => {
  it('that meets nothing keeps its line', () => {
    expect(route([card(0, 0), card(500, 100), card(250, 400)])).toBeUndefined();
  });

  const blocks: Array<[string, Rect[]]> = [
    ['a card between them', [card(300, 0)]],
    ['a stack with gaps that are wide enough', [card(300, -120), card(300, -20), card(300, 60)]],
    ['a stack without gaps', [-4, -3, -2, -1, 0, 1, 2, 3].map((row) => card(300, row * HEIGHT))],
    ['two columns', [card(300, 0), card(300, 90), card(600, -80), card(600, 10)]],
  ];

  it.each(blocks)('goes around %s and arrives at the side it was to', (_, between) => {
    const curve = route([card(0, 0), card(1000, 10), ...between]);
    expect(curve).toBeDefined();
    between.forEach((one) => expect(isThrough(curve!, one)).toBe(false));
    expect(curve?.points[0]).toBe(WIDTH);
    expect(curve?.points[curve.points.length - 2]).toBe(1000);
    expect(arrowOf(curve!)?.angle).toBe(0);
  });

  it('back goes around, too, and points to the left', () => {
    const between = card(500, 0);
    const curve = route([card(1000, 0), card(0, 0), between]);
    expect(isThrough(curve!, between)).toBe(false);
    expect(arrowOf(curve!)?.angle).toBe(Math.PI);
    expect(curve?.points[curve.points.length - 2]).toBe(WIDTH);
  });

  it('to a card below others passes beside them', () => {
    const between = [card(0, 80), card(0, 160)];
    const curve = route([card(0, 0), card(0, 240), ...between]);
    between.forEach((one) => expect(isThrough(curve!, one)).toBe(false));
  });

  it('goes around boxes of others, and keeps off the names of its own', () => {
    const [from, to, between] = [card(0, 0), card(1600, 0), card(800, 200)];
    const boxes = [boxAround([from]), boxAround([to]), { ...boxAround([card(800, -200), between]) }];
    const curve = route([from, to, between], boxes);
    expect(isThrough(curve!, boxes[2].box)).toBe(false);
    const [above, below] = [card(0, 0), card(60, 700)];
    const own = [boxAround([above]), boxAround([card(0, 300)]), boxAround([below])];
    const down = route([above, below, card(0, 300)], own);
    own.forEach(({ name }) => expect(isThrough(down!, name)).toBe(false));
  });

  it('runs beside others that take the same way', () => {
    const cards = [card(0, 0), card(1000, 0), card(500, 0)];
    const tops = [0, 2, 4, 6].map((lane) =>
      Math.round(Math.max(...sampleLine(route(cards, [], lane)!).map(({ y }) => Math.abs(y - 29))))
    );
    expect(new Set(tops).size).toBe(tops.length);
  });

  it('is drawn the same way every time', () => {
    const cards = [card(0, 0), card(1000, 0), card(500, 0)];
    expect(route(cards, [], 3)).toEqual(route(cards, [], 3));
  });
});

describe('bad places', () => {
  const cases: Array<[string, Rect[]]> = [
    ['that are not numbers', [card(NaN, 0), card(1000, 0), card(500, 0)]],
    ['of others that are not numbers', [card(0, 0), card(1000, 0), card(NaN, Infinity), card(500, 0)]],
    ['all the same', [card(0, 0), card(0, 0), card(0, 0)]],
    ['inside of other cards', [card(0, 0), card(1000, 0), card(20, 10), card(980, -10), card(500, 0)]],
    [
      'shut in',
      [
        card(0, 0),
        card(1000, 0),
        { x: 1190, y: -500, width: 20, height: 1000 },
        { x: 990, y: -500, width: 9, height: 1000 },
      ],
    ],
  ];

  it.each(cases)('%s: it ends, with a line that can be drawn', (_, cards) => {
    const curve = route(cards);
    expect(Array.from(curve?.points ?? []).every(Number.isFinite)).toBe(true);
    expect(Array.from(curve?.controls ?? []).every(Number.isFinite)).toBe(true);
  });

  it('20,000 calls between the same two', () => {
    const cards = [card(0, 0), card(1000, 0), card(500, 0)];
    const router = callRouter({ cards, boxes: [] });
    const line = lineBetween(cards[0], cards[1]);
    const curves = new Set<Curve | undefined>();
    for (let lane = 0; lane < 20_000; lane++) {
      curves.add(router.curveOf({ source: 0, target: 1, line, lane }));
    }
    expect(curves.size).toBe(7);
    expect(curves.has(undefined)).toBe(false);
  });
});

describe('whole maps', () => {
  it.each([60, 200])('of %d services: no call passes through a card of others', (services) => {
    const graph = sampleGraph({ services, namespaces: services / 12, seed: services });
    const layout = layoutGraph(graph, SIZE);
    expect(hits(mapModel(graph, layout, errorPaint))).toEqual([]);
  });

  it('neither after a service has been put elsewhere', () => {
    const graph = sampleGraph({ services: 60, namespaces: 5 });
    const layout = layoutGraph(graph, SIZE);
    const places = new Map([
      [graph.services[7].id, { x: layout.width / 2, y: -200 }],
      [graph.services[30].id, { x: layout.width + 300, y: layout.height / 3 }],
    ]);
    const ends = new Map(graph.calls.map((call) => [call.id, call]));
    expect(hits(mapModel(graph, moveServices(layout, ends, places), errorPaint))).toEqual([]);
  });

  it('with cards anywhere: around all that leave room', () => {
    const place = fc.record({
      column: fc.nat(7),
      row: fc.nat(9),
      dx: fc.integer({ min: 0, max: 30 }),
      dy: fc.integer({ min: 0, max: 12 }),
    });
    const list = fc.uniqueArray(place, {
      minLength: 2,
      maxLength: 40,
      selector: ({ column, row }) => `${column},${row}`,
    });
    fc.assert(
      fc.property(list, fc.nat(6), (places, lane) => {
        // At least 44 px beside each other and 20 px below
        const cards = places.map(({ column, row, dx, dy }) =>
          card(column * (WIDTH + 90) + dx, row * (HEIGHT + 32) + dy)
        );
        const curve = route(cards, [], lane) ?? { points: lineBetween(cards[0], cards[1]) };
        return cards.slice(2).every((one) => !isThrough(curve, one));
      }),
      { seed: 5, numRuns: 300 }
    );
  });
});
