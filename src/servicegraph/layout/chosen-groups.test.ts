import { type Service, type ServiceGraph } from '../model';
import { keepPlaces } from './keep-places';
import { layoutGraph } from './layout-graph';
import { chosenGroups } from './chosen-groups';

const SIZE = { width: 1000, height: 600, restName: 'no cluster' };
const service = (name: string, cluster?: string, namespace?: string): Service => ({
  id: name,
  name,
  namespace,
  kind: 'service',
  stats: {},
  ...(cluster ? { labels: { cluster } } : {}),
});
const graphOf = (services: Service[], pairs: Array<[string, string]> = []): ServiceGraph => ({
  services,
  calls: pairs.map(([source, target]) => ({
    id: `${source} ${target}`,
    source,
    target,
    connectionType: '' as const,
    stats: {},
  })),
  notices: [],
});
const TWO = graphOf([service('a', 'eu', 'shop'), service('b', 'us', 'shop')], [['a', 'b']]);

/** Names of the boxes, with the services that stand in them */
function boxesOf(graph: ServiceGraph, groupBy: string | undefined) {
  const { groups, groupNames, serviceIds, x, y } = layoutGraph(graph, { ...SIZE, groupBy });
  return Object.fromEntries(
    groups.map((box) => [
      groupNames[box.group],
      serviceIds.filter(
        (_, node) => x[node] > box.x && x[node] < box.x + box.width && y[node] > box.y && y[node] < box.y + box.height
      ),
    ])
  );
}

describe('groups by a label', () => {
  it.each([
    ['cluster', { eu: ['a'], us: ['b'] }],
    ['namespace', { shop: ['a', 'b'] }],
    ['region', {}],
    ['auto', {}],
    ['none', {}],
    ['calls', {}],
    [undefined, {}],
  ])('%s, with two services', (groupBy, boxes) => {
    expect(boxesOf(TWO, groupBy)).toEqual(boxes);
  });

  it('leave a few services without the label outside of all boxes, databases too', () => {
    const graph = graphOf(
      [service('user'), service('a', 'eu'), service('b', 'eu'), service('redis')],
      [
        ['user', 'a'],
        ['a', 'b'],
        ['b', 'redis'],
      ]
    );
    expect(boxesOf(graph, 'cluster')).toEqual({ eu: ['a', 'b'] });
    const { x, serviceIds } = layoutGraph(graph, { ...SIZE, groupBy: 'cluster' });
    const at = (id: string) => x[serviceIds.indexOf(id)];
    expect(at('user')).toBeLessThan(at('a'));
    expect(at('redis')).toBeGreaterThan(at('b'));
  });

  it('put many without the label into a box of their own', () => {
    expect(chosenGroups(['eu', ...new Array<string>(30).fill('')], 'no cluster')?.names).toEqual(['eu', 'no cluster']);
  });

  it('stay one box at any size', () => {
    const services = Array.from({ length: 700 }, (_, index) => service(`s${index}`, index < 400 ? 'eu' : 'us'));
    const pairs = services.map(({ id }, index): [string, string] => [id, `s${(index * 7 + 3) % 700}`]);
    const boxes = boxesOf(graphOf(services, pairs), 'cluster');
    expect(Object.keys(boxes).sort()).toEqual(['eu', 'us']);
    expect([boxes.eu.length, boxes.us.length]).toEqual([400, 300]);
  });

  it('are never drawn at any size when none are wanted', () => {
    const services = Array.from({ length: 100 }, (_, index) => service(`s${index}`, undefined, index < 50 ? 'p' : 'q'));
    const pairs = services.slice(1).map(({ id }, index): [string, string] => [`s${index}`, id]);
    expect(Object.keys(boxesOf(graphOf(services, pairs), 'none'))).toEqual([]);
    expect(Object.keys(boxesOf(graphOf(services, pairs), 'auto')).sort()).toEqual(['p', 'q']);
  });

  it('count a service that comes with a refresh for the group of its own label, and hold it', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const services = ids.map((id, index) => service(id, index < 6 ? 'eu' : 'us'));
    const pairs = ids.slice(1).map((id, index): [string, string] => [ids[index], id]);
    const before = layoutGraph(graphOf(services, pairs), { ...SIZE, groupBy: 'cluster' });
    const fresh = service('fresh', 'us');
    // Its caller stands in the other box.
    const after = keepPlaces(before, graphOf([...services, fresh], [...pairs, ['s1', 'fresh']]));
    const node = after?.serviceIds.indexOf('fresh') ?? -1;
    const box = after?.groups.find(({ group }) => group === after.nodeGroups?.[node]);
    expect(after?.groupNames[box?.group ?? -1]).toBe('us');
    const [x, y] = [after?.x[node] ?? NaN, after?.y[node] ?? NaN];
    expect(box && x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height).toBe(true);
    expect(after?.x.slice(0, 12)).toEqual(before.x);
  });
});
