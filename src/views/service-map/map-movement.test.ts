import { layoutGraph } from '../../servicegraph/layout/layout-graph';
import { withRemainders } from '../../servicegraph/layout/remainder-places';
import { moveServices } from '../../servicegraph/layout/move-services';
import { sampleGraph } from '../../servicegraph/layout/sample-graph.fixture';
import { callId, type ServiceGraph } from '../../servicegraph/model';
import { withoutRemainders } from '../../servicegraph/remainder';
import { foldedMap } from './model/folded-map';
import { servicesIn } from './pointer/hit-test';
import { mapKeyDown } from './keyboard/keyboard-actions';
import { detailAt } from './drawing/level-of-detail';
import { mapModel } from './model/map-model';
import { EMPTY_STATE, foldedIds, nextMapState } from './map-state';
import { errorPaint, latencyPaint } from './drawing/paint-style';
import { fit, fitReadable, toScreen, type Viewport, ZOOM } from './viewport/viewport';
import { ViewportStore } from './viewport/viewport-store';

const SIZE = { width: 1600, height: 900 };
const GRAPH = sampleGraph({ services: 120, namespaces: 6 });
const LAYOUT = layoutGraph(GRAPH, SIZE);
const MODEL = mapModel(GRAPH, LAYOUT, errorPaint);

describe('groups', () => {
  it('tell the sums of their members', () => {
    for (const { members, stats, services } of MODEL.groups) {
      expect(services).toBe(members.length);
      expect(stats.rate).toBeCloseTo(members.reduce((sum, { service }) => sum + (service.stats.rate ?? 0), 0));
      expect(stats.p95).toBeUndefined();
    }
  });

  it('folded up take their services off the map and keep the calls out of them', () => {
    const [group] = MODEL.groups;
    const map = foldedMap(MODEL, new Set([group.id]));
    expect(map.nodes).toHaveLength(MODEL.nodes.length - group.services);
    expect(map.folded).toEqual([group]);
    expect(
      map.edges.some(({ source, target }) => group.members.includes(source) || group.members.includes(target))
    ).toBe(false);
    const crossing = MODEL.edges.filter(
      ({ source, target }) => group.members.includes(source) !== group.members.includes(target)
    );
    expect(map.links.reduce((sum, { calls }) => sum + calls, 0)).toBe(crossing.length);
  });
});

describe('the rest of very many neighbours', () => {
  const ids = Array.from({ length: 20 }, (_, index) => `callee${index}`);
  const whole: ServiceGraph = {
    services: ['hub', ...ids].map((id) => ({ id, name: id, kind: 'service', stats: {} })),
    calls: ids.map((target, index) => ({
      id: callId('hub', target, ''),
      source: 'hub',
      target,
      connectionType: '',
      stats: { rate: 20 - index },
    })),
    notices: [],
  };
  const { reduction = { whole, remainders: [] }, ...reduced } = withoutRemainders(whole, {});
  const layout = layoutGraph(reduced, SIZE);

  it('is one card with the requests to it, where the layout leads a line', () => {
    const model = mapModel(whole, withRemainders(layout, reduction, new Set()), errorPaint);
    const map = foldedMap(model, foldedIds(EMPTY_STATE, model.remainderIds));
    expect(map.nodes).toHaveLength(13);
    expect(map.folded).toHaveLength(1);
    const [{ box, stats, members }] = map.folded;
    expect(members).toHaveLength(8);
    expect(stats.rate).toBe(36);
    const [{ calls, way, width, call: sum }] = map.edges.filter((edge) => edge.calls !== undefined);
    expect(calls).toBe(8);
    expect(sum.stats.rate).toBe(36);
    expect(width).toBeGreaterThan(Math.max(...model.edges.map((edge) => edge.width)));
    expect(map.links).toEqual([]);
    const { line } = way;
    expect(line[line.length - 2]).toBe(box.x);
    expect(line[line.length - 1]).toBeGreaterThan(box.y);
    expect(line[line.length - 1]).toBeLessThan(box.y + box.height);
    // From afar it is no group that stands for others.
    expect(model.hasGroups).toBe(false);
  });

  it('has all its cards and calls when it is unfolded', () => {
    const unfolded = new Set(reduction.remainders.map(({ id }) => id));
    const model = mapModel(whole, withRemainders(layout, reduction, unfolded), errorPaint);
    const map = foldedMap(model, foldedIds({ ...EMPTY_STATE, unfolded }, model.remainderIds));
    expect(map.nodes).toHaveLength(21);
    expect(map.edges).toHaveLength(20);
    expect(map.links).toHaveLength(0);
  });
});

describe('moving a service', () => {
  const [node] = MODEL.nodes;
  const ends = new Map(GRAPH.calls.map((call) => [call.id, call]));

  it('moves nothing else, and its calls follow', () => {
    const moved = mapModel(
      GRAPH,
      moveServices(LAYOUT, ends, new Map([[node.service.id, { x: -500, y: 40 }]])),
      errorPaint
    );
    MODEL.nodes.slice(1).forEach(({ service, centre }) => {
      expect(moved.nodeById.get(service.id)?.centre).toEqual(centre);
    });
    const left = -500 - LAYOUT.nodeWidth / 2;
    expect(moved.bounds.x).toBe(left);
    const [edge] = moved.outgoing.get(node.service.id) ?? [];
    expect(edge.way.line[0]).toBeLessThan(0);
  });

  it('is a matter of Shift and arrow keys, too', () => {
    const dispatch = jest.fn();
    const viewport: Viewport = { k: 1, x: 0, y: 0 };
    const store = new ViewportStore(viewport);
    const nothing = () => undefined;
    const controls = { store, panBy: nothing, zoomBy: nothing, isSmall: false, fitAll: nothing, stay: nothing };
    const more = { showRect: nothing, revealPoint: nothing, centreOn: nothing };
    const event = { key: 'ArrowDown', shiftKey: true, ctrlKey: false, metaKey: false, altKey: false };
    const isTaken = mapKeyDown(event, {
      map: foldedMap(MODEL, new Set()),
      state: EMPTY_STATE,
      selected: { kind: 'service', id: node.service.id },
      controls: { ...controls, ...more },
      size: SIZE,
      asGroups: false,
      dispatch,
      onSelect: nothing,
    });
    expect(isTaken).toBe(true);
    const place = { x: node.centre.x, y: node.centre.y + 20 };
    expect(dispatch).toHaveBeenCalledWith({ type: 'pin', places: [[node.service.id, place]] });
  });
});

describe('state of the map', () => {
  it('hides, shows, folds, pins and forgets', () => {
    const hidden = nextMapState(EMPTY_STATE, { type: 'hide', ids: ['a', 'b'] });
    expect([...hidden.hidden]).toEqual(['a', 'b']);
    expect(nextMapState(hidden, { type: 'show-all' }).hidden.size).toBe(0);
    const folded = nextMapState(EMPTY_STATE, { type: 'toggle-group', id: 'g' });
    expect([...folded.collapsed]).toEqual(['g']);
    expect(nextMapState(folded, { type: 'toggle-group', id: 'g' }).collapsed.size).toBe(0);
    const pinned = nextMapState(EMPTY_STATE, { type: 'pin', places: [['a', { x: 1, y: 2 }]] });
    expect(pinned.pinned.get('a')).toEqual({ x: 1, y: 2 });
    expect(nextMapState(pinned, { type: 'unpin', ids: ['b'] }).pinned.size).toBe(1);
    expect(nextMapState(pinned, { type: 'unpin' }).pinned.size).toBe(0);
  });
});

describe('looking', () => {
  it('goes from groups to details', () => {
    expect([0.05, 0.2, 0.4, 0.8, 2].map(detailAt)).toEqual(['group', 'block', 'name', 'full', 'details']);
  });

  it('keeps names readable in a low panel, entries in view', () => {
    const low = { width: 800, height: 150 };
    const bounds = { x: 0, y: 0, width: 2400, height: 700 };
    expect(fit(bounds, low).k).toBeLessThan(ZOOM.readable);
    const viewport = fitReadable(bounds, low);
    expect(viewport.k).toBe(ZOOM.readable);
    expect(toScreen(viewport, { x: 0, y: 350 }).x).toBeGreaterThan(0);
    expect(fitReadable({ ...bounds, width: 300, height: 100 }, low)).toEqual(
      fit({ ...bounds, width: 300, height: 100 }, low)
    );
  });

  it('chooses the services within a frame', () => {
    const { centre, service } = MODEL.nodes[0];
    const frame = { x: centre.x - 1, y: centre.y - 1, width: 2, height: 2 };
    expect(servicesIn(MODEL, frame)).toEqual([service.id]);
  });
});

describe('colours by latency', () => {
  const paint = latencyPaint('p95', { warning: 0.5, critical: 1 });
  it.each([
    [{}, 'unknown', undefined],
    [{ p95: 0.1 }, 'ok', 0],
    [{ p95: 0.5 }, 'warning', 0.5],
    [{ mean: 2 }, 'critical', 1],
  ])('%j is %s', (stats, tone, ring) => {
    const service = { id: 'a', name: 'a', kind: 'service' as const, stats };
    expect(paint.ofService(service)).toBe(tone);
    expect(paint.ringOf(service)).toBe(ring);
  });
});
