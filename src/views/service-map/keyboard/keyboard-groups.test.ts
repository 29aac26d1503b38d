import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { callId, type ServiceGraph } from '../../../servicegraph/model';
import { call as anyCall, service as anyService } from '../../../servicegraph/service-graph.fixture';
import { foldedMap } from '../model/folded-map';
import { mapKeyDown } from './keyboard-actions';
import { cursorOf, type KeyContext } from './keyboard-places';
import { mapModel } from '../model/map-model';
import { EMPTY_STATE, foldedIds, type MapAction, type MapState, nextMapState } from '../map-state';
import { errorPaint } from '../drawing/paint-style';
import { type Selection } from '../selection';
import { type Rect, type Viewport } from '../viewport/viewport';
import { ViewportStore } from '../viewport/viewport-store';

const SIZE = { width: 1200, height: 700 };
const service = (name: string, namespace: string | undefined, rate: number) =>
  anyService(name, { namespace, stats: { rate, errorRate: 0 } });
const call = (source: string, target: string, rate: number) => anyCall(source, target, { rate, errorRate: 0 });
/** user -> [shop: web -> cart] -> [pay: card, bank]; cart -> redis */
const GRAPH: ServiceGraph = {
  services: [
    service('user', undefined, 0),
    service('web', 'shop', 10),
    service('cart', 'shop', 8),
    service('card', 'pay', 6),
    service('bank', 'pay', 5),
    service('redis', undefined, 3),
  ],
  calls: [
    call('user', 'web', 10),
    call('web', 'cart', 8),
    call('cart', 'card', 6),
    call('card', 'bank', 5),
    call('cart', 'redis', 3),
  ],
  notices: [],
};
const MODEL = mapModel(GRAPH, layoutGraph(GRAPH, { ...SIZE, groupBy: 'namespace' }), errorPaint);

/** A map whose keys are pressed one after another */
function keyboard(asGroups = false) {
  let state: MapState = EMPTY_STATE;
  let selected: Selection | undefined;
  const shownRects: Rect[] = [];
  const help = jest.fn();
  const viewport: Viewport = { k: 0.5, x: 0, y: 0 };
  const store = new ViewportStore(viewport);
  const nothing = () => undefined;
  const controls = {
    store,
    panBy: jest.fn(),
    zoomBy: nothing,
    isSmall: false,
    fitAll: nothing,
    stay: nothing,
    revealPoint: nothing,
    centreOn: nothing,
  };
  const context = (): KeyContext => ({
    map: foldedMap(MODEL, foldedIds(state, MODEL.remainderIds)),
    state,
    selected,
    controls: { ...controls, showRect: (rect) => shownRects.push(rect) },
    size: SIZE,
    asGroups,
    dispatch: (action: MapAction) => {
      state = nextMapState(state, action);
    },
    onSelect: (next) => {
      selected = next;
    },
    onHelp: help,
  });
  return {
    press(...keys: string[]) {
      for (const key of keys) {
        const shiftKey = key.startsWith('Shift+');
        const plain = key.replace('Shift+', '');
        mapKeyDown({ key: plain, shiftKey, ctrlKey: false, metaKey: false, altKey: false }, context());
      }
      const cursor = cursorOf(context());
      return cursor && `${cursor.kind} ${cursor.id}`;
    },
    select: (id: string) => (selected = { kind: 'service', id }),
    folded: () => [...state.collapsed].sort(),
    chosen: () => [...state.several].sort(),
    hidden: () => [...state.hidden].sort(),
    pinned: () => [...state.pinned.keys()].sort(),
    shownRects,
    help,
    controls,
  };
}

const groupNamed = (name: string) => MODEL.groups.find((group) => group.name === name);

describe('groups by keyboard', () => {
  it.each([
    ['from a service to its group', 'cart', ['g'], 'group shop'],
    ['into the group, to the busiest', 'cart', ['g', 'g'], 'service web'],
    ['along the calls between groups', 'cart', ['g', 'ArrowRight'], 'group pay'],
    ['and back', 'cart', ['g', 'ArrowRight', 'ArrowLeft'], 'group shop'],
    ['to what has no group', 'cart', ['g', 'ArrowLeft'], 'service user'],
    ['and begin anew after Escape', 'cart', ['g', 'ArrowRight', 'c', 'Escape', 'ArrowRight'], 'service user'],
    ['out of the groups', 'cart', ['g', 'Escape'], undefined],
    ['a service without a group leads to the first', 'user', ['g'], 'group shop'],
  ])('%s', (_, from, keys, expected) => {
    const map = keyboard();
    map.select(from);
    expect(map.press(...keys)).toBe(expected);
  });

  it('stand for their services when they are folded up', () => {
    const map = keyboard();
    map.select('card');
    expect(map.press('c')).toBe('group pay');
    expect(map.folded()).toEqual(['pay']);
    expect(map.press('ArrowLeft', 'g')).toBe('service web');
    expect(map.press('ArrowRight', 'ArrowRight')).toBe('group pay');
    expect(map.press('Enter')).toBe('group pay');
    expect(map.folded()).toEqual([]);
  });

  it('are zoomed to, folded and unfolded all at once', () => {
    const map = keyboard();
    map.select('web');
    map.press('g', 'Enter');
    expect(map.shownRects).toEqual([groupNamed('shop')?.box]);
    map.press('Shift+C');
    expect(map.folded()).toEqual(['pay', 'shop']);
    map.press('Shift+C');
    expect(map.folded()).toEqual([]);
  });

  it('are where the keyboard begins when seen from afar', () => {
    expect(keyboard(true).press('ArrowRight')).toBe('group shop');
    expect(keyboard(false).press('ArrowRight')).toBe('service user');
  });

  it('are chosen and hidden as a whole', () => {
    const map = keyboard();
    map.select('bank');
    map.press('g', ' ');
    expect(map.chosen()).toEqual(['bank', 'card']);
    map.press('Shift+ArrowDown');
    expect(map.pinned()).toEqual(['bank', 'card']);
    map.press(' ');
    expect(map.chosen()).toEqual([]);
    map.press('h');
    expect(map.hidden()).toEqual(['bank', 'card']);
  });
});

describe('other keys', () => {
  it('go through the calls of a service, and from a call to its ends', () => {
    const map = keyboard();
    map.select('cart');
    expect(map.press('e')).toBe(`call ${callId('cart', 'card', '')}`);
    expect(map.press('e')).toBe(`call ${callId('cart', 'redis', '')}`);
    expect(map.press('Shift+E')).toBe(`call ${callId('cart', 'card', '')}`);
    expect(map.press('ArrowDown')).toBe(`call ${callId('cart', 'redis', '')}`);
    expect(map.press('ArrowRight')).toBe('service redis');
  });

  it('move the map, zoom to what is selected, and tell what keys there are', () => {
    const map = keyboard();
    map.press('PageDown', 'End');
    expect(map.controls.panBy.mock.calls).toEqual([
      [-0, -280],
      [-480, -0],
    ]);
    map.select('web');
    map.press('z');
    expect(map.shownRects).toEqual([MODEL.nodeById.get('web')?.card]);
    map.press('Shift+?');
    expect(map.help).toHaveBeenCalledTimes(1);
  });
});
