import { renderHook, waitFor } from '@testing-library/react';
import { layoutGraph } from '../../servicegraph/layout/layout-graph';
import { WORKER_SERVICES } from '../../servicegraph/layout/request-layout';
import { sampleGraph } from '../../servicegraph/layout/sample-graph.fixture';
import { type ServiceGraph } from '../../servicegraph/model';
import { type ReducedGraph, withoutRemainders } from '../../servicegraph/remainder';
import { type MapModel } from './model/map-types';
import { errorPaint } from './drawing/paint-style';
import { useGraphLayout } from './use-graph-layout';
import { type Point } from './viewport/viewport';

jest.mock('../../servicegraph/layout/create-worker', () => ({
  createLayoutWorker: () => {
    throw new Error('no workers here');
  },
}));

const SIZE = { width: 800, height: 600 };
const EMPTY: ServiceGraph = { services: [], calls: [], notices: [] };
const UNFOLDED: ReadonlySet<string> = new Set();
const NOT_PINNED: ReadonlyMap<string, Point> = new Map();

interface Props {
  graph: ReducedGraph;
  pinned?: ReadonlyMap<string, Point>;
  isRehearsal?: boolean;
  restored?: () => ReturnType<typeof layoutGraph> | undefined;
}

function show(props: Props) {
  return renderHook(
    ({ graph, pinned = NOT_PINNED, ...rest }: Props) =>
      useGraphLayout(graph, { key: '', size: SIZE, paint: errorPaint, unfolded: UNFOLDED, pinned, ...rest }),
    { initialProps: props }
  );
}

/** The same services and calls a minute later, twice as busy */
function refreshed(graph: ServiceGraph): ServiceGraph {
  const busier = <T extends { stats: { rate?: number } }>(item: T) => ({
    ...item,
    stats: { ...item.stats, rate: 2 * (item.stats.rate ?? 0) },
  });
  return { ...graph, services: graph.services.map(busier), calls: graph.calls.map(busier) };
}

function placesOf({ nodes, edges }: MapModel) {
  return {
    cards: nodes.map(({ service, card }) => [service.id, card]),
    curves: edges.map(({ call, way }) => [call.id, way.curve]),
  };
}

function ratesOf({ nodes, edges }: MapModel) {
  return [...nodes.map(({ service }) => service.stats.rate), ...edges.map(({ call }) => call.stats.rate)];
}

async function shownModel(result: { current: { model?: MapModel } }): Promise<MapModel> {
  await waitFor(() => expect(result.current.model?.nodes.length).toBeGreaterThan(0));
  const { model } = result.current;
  if (!model) {
    throw new Error('There is no model');
  }
  return model;
}

const GRAPHS = {
  small: sampleGraph({ services: 20 }),
  large: sampleGraph({ services: WORKER_SERVICES + 20, namespaces: 4 }),
};

describe('a refresh', () => {
  it.each(Object.entries(GRAPHS))('of a %s map moves nothing and brings the new numbers', async (_, graph) => {
    const { result, rerender } = show({ graph });
    const before = await shownModel(result);
    const [places, layoutId] = [placesOf(before), result.current.layoutId];
    const next = refreshed(graph);
    rerender({ graph: next });
    const after = await shownModel(result);
    expect(placesOf(after)).toEqual(places);
    // The view stays where it is as long as this is the same.
    expect(result.current.layoutId).toBe(layoutId);
    expect(ratesOf(after)).toEqual([...next.services, ...next.calls].map(({ stats }) => stats.rate));
  });

  it('looks for no way of a call anew', async () => {
    const { result, rerender } = show({ graph: GRAPHS.large });
    const before = await shownModel(result);
    before.edges.forEach((edge) => edge.way.route());
    const curves = before.edges.map(({ way }) => way.curve);
    rerender({ graph: refreshed(GRAPHS.large) });
    const after = await shownModel(result);
    expect(after.edges.every(({ way }, index) => way.isRouted && way.curve === curves[index])).toBe(true);
  });

  it('keeps what a person moved, and its calls', async () => {
    const graph = GRAPHS.large;
    const pinned = new Map([[graph.services[0].id, { x: 5000, y: 4000 }]]);
    const { result, rerender } = show({ graph, pinned });
    const before = await shownModel(result);
    const curves = before.edges.map(({ way }) => way.curve);
    expect(before.nodeById.get(graph.services[0].id)?.centre).toEqual({ x: 5000, y: 4000 });
    rerender({ graph: refreshed(graph), pinned });
    const after = await shownModel(result);
    expect(after.nodeById.get(graph.services[0].id)?.centre).toEqual({ x: 5000, y: 4000 });
    expect(after.edges.every(({ way }, index) => way.curve === curves[index])).toBe(true);
    rerender({ graph: refreshed(graph), pinned: NOT_PINNED });
    const back = await shownModel(result);
    expect(back.nodeById.get(graph.services[0].id)?.centre).not.toEqual({ x: 5000, y: 4000 });
  });

  it('of a map with "+N more" moves nothing, and draws a call that now goes elsewhere', async () => {
    const hub = 'gateway';
    const of = (target: string, to = target): ServiceGraph['calls'][number] => ({
      id: `call of ${target}`,
      source: hub,
      target: to,
      connectionType: '',
      stats: { rate: 1 },
    });
    const names = Array.from({ length: 30 }, (_, index) => `service-${index}`);
    const graph: ServiceGraph = {
      services: [hub, ...names].map((id) => ({ id, name: id, kind: 'service', stats: { rate: 1 } })),
      calls: names.map((name) => of(name)),
      notices: [],
    };
    const { result, rerender } = show({ graph: withoutRemainders(graph, {}) });
    const before = await shownModel(result);
    expect(before.remainderIds).toHaveLength(1);
    const places = placesOf(before);
    rerender({ graph: withoutRemainders(refreshed(graph), {}) });
    expect(placesOf(await shownModel(result))).toEqual(places);
    const other = { ...graph, calls: [...graph.calls.slice(1), of(names[0], names[1])] };
    rerender({ graph: withoutRemainders(other, {}) });
    const changed = (await shownModel(result)).edgeById.get('call of service-0');
    expect(changed?.target.service.id).toBe(names[1]);
  });
});

describe('a map that waited for its data', () => {
  it.each(Object.entries(GRAPHS))('is drawn as if it had not: %s', async (_, graph) => {
    const { result, rerender } = show({ graph: EMPTY, isRehearsal: true });
    expect(result.current.model?.nodes).toEqual([]);
    rerender({ graph });
    const model = await shownModel(result);
    const direct = await shownModel(show({ graph }).result);
    expect(placesOf(model)).toEqual(placesOf(direct));
  });

  it('is drawn as in an earlier visit', async () => {
    const graph = GRAPHS.large;
    const earlier = layoutGraph(graph, { width: 300, height: 900 });
    const { result, rerender } = show({ graph: EMPTY, isRehearsal: true, restored: () => earlier });
    rerender({ graph, restored: () => earlier });
    const model = await shownModel(result);
    expect(model.nodes.map(({ centre }) => centre.x)).toEqual([...earlier.x]);
  });
});
