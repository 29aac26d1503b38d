import { createTheme } from '@grafana/data';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { callId, type ServiceGraph } from '../../../servicegraph/model';
import { call as anyCall, service } from '../../../servicegraph/service-graph.fixture';
import { arrowOf, distanceToLine, layoutCurve, sampleLine, traceLine } from './curves';
import { placeLabels } from '../drawing/draw-labels';
import { foldedMap } from './folded-map';
import { formatErrorShare, formatLatency, formatRate } from '../format-stats';
import { healthOf } from '../drawing/health';
import { hitIndex, hitTest } from '../pointer/hit-test';
import { type Arrow } from '../keyboard/keyboard';
import { nextPlace } from '../keyboard/keyboard-walk';
import { mapModel } from './map-model';
import { type MapModel } from './map-types';
import { errorPaint } from '../drawing/paint-style';
import { paletteOf } from '../drawing/palette';
import { passes } from './rects';
import { highlightOf } from '../selection';
import { fit, intersects, reveal, toScreen, toWorld, zoomAt } from '../viewport/viewport';

const call = (source: string, target: string, rate: number) => anyCall(source, target, { rate, errorRate: 0 });
const GRAPH: ServiceGraph = {
  services: ['entry', 'a', 'b', 'c', 'loop'].map((name) => service(name)),
  calls: [call('entry', 'a', 1), call('entry', 'b', 5), call('a', 'c', 1), call('b', 'c', 1), call('loop', 'loop', 1)],
  notices: [],
};
const SIZE = { width: 1000, height: 600 };
const CALLER = { x: 0, y: 0, width: 80, height: 40 };
const MODEL = mapModel(GRAPH, layoutGraph(GRAPH, SIZE), errorPaint);

describe('viewport', () => {
  it('shows everything in the middle', () => {
    const viewport = fit({ x: 0, y: 0, width: 2000, height: 500 }, SIZE);
    expect(toScreen(viewport, { x: 1000, y: 250 })).toEqual({ x: 500, y: 300 });
    expect(toScreen(viewport, { x: 0, y: 0 }).x).toBeGreaterThan(0);
  });

  it('does not blow up a small graph', () => {
    expect(fit({ x: 0, y: 0, width: 10, height: 10 }, SIZE).k).toBeLessThan(1.2);
  });

  it('keeps the point under the pointer in place while zooming, up to a limit', () => {
    const before = { k: 0.5, x: 10, y: 20 };
    const at = { x: 300, y: 200 };
    const after = zoomAt(before, at, 2);
    expect(toWorld(after, at)).toEqual(toWorld(before, at));
    expect(zoomAt(before, at, 1e9).k).toBe(4);
  });

  it('moves only as far as needed to show a point', () => {
    const viewport = { k: 1, x: 0, y: 0 };
    expect(reveal(viewport, { x: 500, y: 300 }, SIZE)).toEqual(viewport);
    const moved = reveal(viewport, { x: 2000, y: 300 }, SIZE);
    expect(toScreen(moved, { x: 2000, y: 300 })).toEqual({ x: 880, y: 300 });
  });
});

describe('pointing', () => {
  const index = hitIndex(foldedMap(MODEL, new Set()));

  it.each(GRAPH.services.map(({ id }) => id))('finds the card of %s', (id) => {
    const { centre } = MODEL.nodeById.get(id)!;
    expect(hitTest(index, centre, 1)).toEqual({ kind: 'service', id });
  });

  it('finds a call beside its line, and nothing far from everything', () => {
    const edge = MODEL.edgeById.get(callId('entry', 'b', ''))!;
    const samples = edge.way.samples;
    const middle = samples[Math.floor(samples.length / 2)];
    expect(hitTest(index, { x: middle.x, y: middle.y + 3 }, 1)).toEqual({ kind: 'call', id: edge.call.id });
    expect(hitTest(index, { x: -500, y: -500 }, 1)).toBeUndefined();
  });

  it('lights up callers and callees', () => {
    const highlight = highlightOf(MODEL, { kind: 'service', id: 'a' });
    expect([...(highlight?.services ?? [])].sort()).toEqual(['a', 'c', 'entry']);
    expect(highlightOf(MODEL, { kind: 'service', id: 'gone' })).toBeUndefined();
  });
});

describe('curves', () => {
  it('end inside the arrow head and go where it points', () => {
    const pen = { moveTo: jest.fn(), lineTo: jest.fn(), bezierCurveTo: jest.fn() };
    traceLine(pen, { points: [0, 0, 100, 50] }, { x: 8, y: 0 });
    const [, , , y2, x, y] = pen.bezierCurveTo.mock.calls[0];
    expect([x, y]).toEqual([92, 50]);
    expect(y2).toBe(50);
  });

  it.each([
    ['to the right', [80, 20, 180, 50], 0],
    ['to the left', [0, 20, -100, 50], Math.PI],
    ['to the right, however steep', [80, 20, 100, 300], 0],
    ['down', [40, 40, 60, 200], Math.PI / 2],
    ['up', [40, 0, 60, -200], -Math.PI / 2],
  ])('point %s', (_, points, angle) => {
    expect(arrowOf(layoutCurve(points, CALLER))?.angle).toBe(angle);
  });

  it('measures the distance to the drawn line', () => {
    expect(distanceToLine(sampleLine({ points: [0, 0, 100, 0] }), { x: 50, y: 7 })).toBeCloseTo(7);
  });
});

describe('labels', () => {
  it('cover neither cards nor each other nor other calls', () => {
    const view = {
      palette: paletteOf(createTheme(), 'canvas'),
      viewport: fit(MODEL.bounds, SIZE),
      size: SIZE,
      latency: 'p95' as const,
    };
    const labels = placeLabels(foldedMap(MODEL, new Set()), view, (text) => text.length * 6);
    expect(labels.length).toBeGreaterThan(2);
    labels.forEach(({ box, edge }, index) => {
      labels.slice(index + 1).forEach((other) => expect(intersects(box, other.box)).toBe(false));
      MODEL.nodes.forEach(({ card }) => {
        const corner = toScreen(view.viewport, card);
        const rect = { ...corner, width: card.width * view.viewport.k, height: card.height * view.viewport.k };
        expect(intersects(box, rect)).toBe(false);
      });
      const others = MODEL.edges.filter((other) => other !== edge);
      others.forEach(({ way }) => {
        const line = way.samples.map((point) => toScreen(view.viewport, point));
        expect(line.some((point, at) => at > 0 && passes(box, line[at - 1], point))).toBe(false);
      });
    });
    const [{ box: reserved }] = labels;
    const others = placeLabels(
      foldedMap(MODEL, new Set()),
      { ...view, reserved: [reserved] },
      (text) => text.length * 6
    );
    expect(others.filter(({ box }) => intersects(box, reserved))).toEqual([]);
  });

  it('are of the calls in view, however many there are elsewhere', () => {
    const names = Array.from({ length: 200 }, (_, index) => `service-${index}`);
    const graph: ServiceGraph = {
      services: names.map((name) => service(name)),
      calls: names.slice(1).map((name, index) => call(names[Math.floor(index / 3)], name, 1)),
      notices: [],
    };
    const model = mapModel(graph, layoutGraph(graph, SIZE), errorPaint);
    const { centre } = model.nodes[0];
    const view = { palette: paletteOf(createTheme(), 'canvas'), size: SIZE, latency: 'p95' as const };
    const at = (k: number) => ({ k, x: SIZE.width / 2 - centre.x * k, y: SIZE.height / 2 - centre.y * k });
    const labelsAt = (k: number) =>
      placeLabels(foldedMap(model, new Set()), { ...view, viewport: at(k) }, (text) => text.length * 6);
    expect(labelsAt(0.3)).toEqual([]);
    const near = labelsAt(1);
    expect(near.map(({ edge }) => edge.call.source)).toContain('service-0');
    const screen = { x: 0, y: 0, ...SIZE };
    expect(near.filter(({ box }) => !intersects(box, screen))).toEqual([]);
  });
});

describe('keyboard', () => {
  const walk = (model: MapModel, id: string, key: Arrow) =>
    nextPlace(foldedMap(model, new Set()), { kind: 'service', id }, key)?.id;

  it('starts at the busiest entry and follows the busiest call', () => {
    expect(nextPlace(foldedMap(MODEL, new Set()), undefined, 'ArrowRight')?.id).toBe('entry');
    expect(walk(MODEL, 'entry', 'ArrowRight')).toBe('b');
    expect(walk(MODEL, 'c', 'ArrowLeft')).toBe('a');
    expect(walk(MODEL, 'c', 'ArrowRight')).toBe('c');
    expect(walk(MODEL, 'loop', 'ArrowRight')).toBe('loop');
  });

  it('goes up and down between neighbours', () => {
    const [upper, lower] = ['a', 'b'].sort((x, y) => MODEL.nodeById.get(x)!.centre.y - MODEL.nodeById.get(y)!.centre.y);
    expect(walk(MODEL, upper, 'ArrowDown')).toBe(lower);
    expect(walk(MODEL, lower, 'ArrowUp')).toBe(upper);
  });

  it('follows calls downwards where they are drawn so', () => {
    const narrow = mapModel(GRAPH, layoutGraph(GRAPH, { width: 300, height: 600 }), errorPaint);
    expect(narrow.nodeById.get('a')!.centre.y).toBeGreaterThan(narrow.nodeById.get('entry')!.centre.y);
    expect(walk(narrow, 'entry', 'ArrowDown')).toBe('b');
    expect(walk(narrow, 'c', 'ArrowUp')).toBe('a');
    const [left, right] = ['a', 'b'].sort(
      (x, y) => narrow.nodeById.get(x)!.centre.x - narrow.nodeById.get(y)!.centre.x
    );
    expect(walk(narrow, left, 'ArrowRight')).toBe(right);
  });
});

describe('numbers', () => {
  it.each([
    [undefined, undefined],
    [0, '0 req/s'],
    [0.0042, '<0.01 req/s'],
    [8.2, '8.20 req/s'],
    [109.4, '109 req/s'],
    [12_345, '12.3K req/s'],
  ])('rate %p is %p', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it.each([
    [undefined, undefined],
    [0, '0 s'],
    [0.0004, '400 µs'],
    [0.12, '120 ms'],
    [1.5, '1.50 s'],
  ])('latency %p is %p', (seconds, text) => {
    expect(formatLatency(seconds)).toBe(text);
  });

  it.each([
    [{}, undefined, 'unknown'],
    [{ rate: 0 }, undefined, 'unknown'],
    [{ rate: 10, errorRate: 0 }, '0%', 'ok'],
    [{ rate: 10_000, errorRate: 1 }, '<0.1%', 'ok'],
    [{ rate: 100, errorRate: 2.5 }, '2.5%', 'warning'],
    [{ rate: 10, errorRate: 10 }, '100%', 'critical'],
  ])('%j: %p failed, %s', (stats, text, health) => {
    expect(formatErrorShare(stats)).toBe(text);
    expect(healthOf(stats)).toBe(health);
  });
});
