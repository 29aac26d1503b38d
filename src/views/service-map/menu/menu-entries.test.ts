import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { callId, type ServiceGraph } from '../../../servicegraph/model';
import { call, service } from '../../../servicegraph/service-graph.fixture';
import { type Pointed } from '../pointer/hit-test';
import { mapModel } from '../model/map-model';
import { EMPTY_STATE, type MapAction, type MapState, nextMapState } from '../map-state';
import { errorPaint } from '../drawing/paint-style';
import { menuContextOf } from './extension-items';
import { menuSections } from './menu-entries';

const GRAPH: ServiceGraph = {
  services: [service('web'), service('api'), service('db', { kind: 'database' }), service('far')],
  calls: [call('web', 'api'), call('api', 'db')],
  notices: [],
};
const MODEL = mapModel(GRAPH, layoutGraph(GRAPH, { width: 800, height: 500 }), errorPaint);

function menuOf(pointed: Pointed | undefined, state: MapState = EMPTY_STATE) {
  const actions: MapAction[] = [];
  const copied: string[] = [];
  const entries = menuSections(
    {
      model: MODEL,
      state,
      actions: {
        serviceUrl: ({ name }) => `/service/${name}`,
        tracesUrl: (query) => `/search?q=${query}`,
        links: ({ id }) => [{ title: 'Runbook', href: `/runbook/${id}`, target: '_blank' }],
      },
      dispatch: (action) => actions.push(action),
      onSelect: () => undefined,
      onFocus: () => undefined,
      showRect: () => undefined,
      fitAll: () => undefined,
      onRelayout: () => undefined,
      copy: (text) => copied.push(text),
    },
    pointed
  ).flat();
  const find = (key: string) => entries.find((entry) => entry.key === key);
  return {
    find,
    copied,
    keys: entries.map(({ key }) => key),
    after: (key: string) => {
      find(key)?.run?.();
      return actions.reduce(nextMapState, state);
    },
  };
}

describe('the menu of the map', () => {
  it('of a service leads to its page, its traces and the data links', () => {
    const { find } = menuOf({ kind: 'service', id: 'api' });
    expect(find('page')?.url).toBe('/service/api');
    expect(find('traces')?.url).toContain('resource.service.name = "api"');
    expect(find('link 0')).toMatchObject({ label: 'Runbook', url: '/runbook/api', target: '_blank' });
  });

  it('of a database has no page', () => {
    expect(menuOf({ kind: 'service', id: 'db' }).keys).not.toContain('page');
  });

  it('hides a service, or all that are not its neighbours', () => {
    expect(menuOf({ kind: 'service', id: 'api' }).after('hide').hidden).toEqual(new Set(['api']));
    expect(menuOf({ kind: 'service', id: 'api' }).after('others').hidden).toEqual(new Set(['far']));
  });

  it('pins a service where it is, and lets it go', () => {
    const pinned = menuOf({ kind: 'service', id: 'api' }).after('pin');
    expect(pinned.pinned.get('api')).toEqual(MODEL.nodeById.get('api')?.centre);
    expect(menuOf({ kind: 'service', id: 'api' }, pinned).after('pin').pinned.size).toBe(0);
  });

  it('of a call leads to its traces and ends, and copies both names', () => {
    const menu = menuOf({ kind: 'call', id: callId('web', 'api', '') });
    expect(menu.find('traces')?.url).toContain('"api"');
    expect(menu.keys).toEqual(expect.arrayContaining(['source', 'target']));
    menu.after('copy');
    expect(menu.copied).toEqual(['web → api']);
  });

  it('of the map takes back what was hidden', () => {
    expect(menuOf(undefined).keys).not.toContain('unhide');
    const state = { ...EMPTY_STATE, hidden: new Set(['web']) };
    expect(menuOf(undefined, state).after('unhide').hidden.size).toBe(0);
  });

  it('is empty for what has gone meanwhile', () => {
    expect(menuOf({ kind: 'service', id: 'gone' }).keys).toEqual([]);
    expect(menuOf({ kind: 'call', id: 'gone' }).keys).toEqual([]);
    expect(menuOf({ kind: 'group', id: 'gone' }).keys).toEqual([]);
  });

  it('tells other plugins who is called by whom', () => {
    expect(menuContextOf(MODEL, { kind: 'call', id: callId('web', 'api', '') })).toEqual({
      kind: 'call',
      service: 'api',
      caller: 'web',
    });
    expect(menuContextOf(MODEL, { kind: 'group', id: 'x' })).toBeUndefined();
  });
});
