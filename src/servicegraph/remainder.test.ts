import { CARD, layoutGraph } from './layout/layout-graph';
import { withRemainders } from './layout/remainder-places';
import { type ServiceCall, type ServiceGraph } from './model';
import { call as anyCall, service } from './service-graph.fixture';
import { isRemainderId, MOST_NEIGHBOURS, withoutRemainders } from './remainder';

const call = (source: string, target: string, rate?: number) => anyCall(source, target, { rate });
function graphOf(calls: ServiceCall[]): ServiceGraph {
  const ids = new Set(calls.flatMap(({ source, target }) => [source, target]));
  return { services: [...ids].map((id) => service(id)), calls, notices: [] };
}
/** "hub" calls c1 (the busiest) to c30, and is called by u1 to u3. */
const STAR = graphOf([
  ...Array.from({ length: 30 }, (_, index) => call('hub', `c${index + 1}`, 30 - index)),
  ...[1, 2, 3].map((index) => call(`u${index}`, 'hub', index)),
]);
const FOCUS = { focus: { id: 'hub', hops: 1 } };

const shownIn = ({ services }: ServiceGraph) =>
  services.flatMap(({ id }) => (isRemainderId(id) ? [] : [id])).sort((a, b) => a.localeCompare(b));

describe('services with many neighbours', () => {
  it('show the busiest around a service, the rest in one, each side by itself', () => {
    const { reduction, ...graph } = withoutRemainders(STAR, FOCUS);
    expect(shownIn(graph)).toHaveLength(1 + MOST_NEIGHBOURS + 3);
    expect(shownIn(graph)).toEqual(expect.arrayContaining(['c1', 'c12', 'u1', 'u2', 'u3']));
    expect(reduction?.remainders).toHaveLength(1);
    expect(reduction?.remainders[0]).toMatchObject({ hub: 'hub', side: 'callees' });
    expect(reduction?.remainders[0].services.slice(0, 2)).toEqual(['c13', 'c14']);
    expect(reduction?.whole).toBe(STAR);
  });

  it.each([
    ['up to one more than the limit all are shown', MOST_NEIGHBOURS + 1, 0],
    ['two more are worth a card', MOST_NEIGHBOURS + 2, 2],
  ])('%s', (_, count, left) => {
    const graph = graphOf(Array.from({ length: count }, (__, index) => call('hub', `c${index}`, index)));
    const { reduction } = withoutRemainders(graph, FOCUS);
    expect(reduction?.remainders[0]?.services.length ?? 0).toBe(left);
  });

  it('count what lies behind a service that is left out to the same remainder', () => {
    const graph = graphOf([...STAR.calls, call('c20', 'behind', 5), call('c1', 'shared', 5), call('c21', 'shared', 5)]);
    const { reduction, ...rest } = withoutRemainders(graph, { focus: { id: 'hub', hops: 2 } });
    expect(reduction?.remainders[0].services).toContain('behind');
    expect(shownIn(rest)).toContain('shared');
    const everything = [...shownIn(rest), ...(reduction?.remainders.flatMap(({ services }) => services) ?? [])];
    expect(everything.sort()).toEqual(graph.services.map(({ id }) => id).sort());
  });

  it('never leave out what has to stay', () => {
    const keep = new Set(['c30']);
    expect(shownIn(withoutRemainders(STAR, { ...FOCUS, keep }))).toContain('c30');
  });

  it('stay the same ones while rates change a little', () => {
    const before = shownIn(withoutRemainders(STAR, FOCUS));
    const calls = STAR.calls.map((one) => (one.target === 'c13' ? call('hub', 'c13', 20.5) : one));
    const graph = { ...STAR, calls };
    expect(shownIn(withoutRemainders(graph, FOCUS))).toContain('c13');
    expect(shownIn(withoutRemainders(graph, { ...FOCUS, shown: new Set(before) }))).toEqual(before);
  });

  it('without focus lose only neighbours that nothing else is connected with', () => {
    const graph = graphOf([...STAR.calls, call('c30', 'other', 1)]);
    const reduced = withoutRemainders(graph, {});
    expect(shownIn(reduced)).toEqual(expect.arrayContaining(['c30', 'other', 'c1']));
    expect(reduced.reduction?.remainders[0].services).toContain('c29');
    expect(withoutRemainders(graphOf([call('a', 'b'), call('b', 'a')]), {}).reduction).toBeUndefined();
  });

  it('are left as they are in a large graph, which is seen in groups', () => {
    const more = Array.from({ length: 150 }, (_, index) => call(`x${index}`, `x${index + 1}`));
    const graph = graphOf([...STAR.calls, ...more]);
    expect(withoutRemainders(graph, {})).toBe(graph);
  });

  it.each([
    ['self calls', [call('hub', 'hub', 5)]],
    ['calls both ways', [call('c30', 'hub', 1)]],
    [
      'two calls between the same two',
      [{ ...call('hub', 'c30', 1), id: 'other', connectionType: 'database' as const }],
    ],
    ['rates that nobody knows', [call('hub', 'x'), call('hub', 'y')]],
    ['names that look like a remainder', [call('hub', '["more of","callees","hub"', 1)]],
  ])('lose nothing with %s', (_, calls) => {
    const graph = graphOf([...STAR.calls, ...calls]);
    const { reduction, ...rest } = withoutRemainders(graph, FOCUS);
    const left = reduction?.remainders.flatMap(({ services }) => services) ?? [];
    expect(new Set([...rest.services.map(({ id }) => id), ...left]).size).toBe(
      graph.services.length + (reduction?.remainders.length ?? 0)
    );
  });
});

describe('the places of a remainder', () => {
  const reduced = withoutRemainders(STAR, FOCUS);
  const { reduction } = reduced;
  const layout = layoutGraph(reduced, { width: 1200, height: 700 });
  const whole = (unfolded: string[]) => (reduction ? withRemainders(layout, reduction, new Set(unfolded)) : layout);
  const placesIn = ({ serviceIds, x, y }: typeof layout) =>
    new Map(serviceIds.map((id, node) => [id, { x: x[node], y: y[node] }]));
  const id = reduction?.remainders[0].id ?? '';

  it('are one card while it is folded up', () => {
    const folded = whole([]);
    expect(folded.groups).toHaveLength(1);
    expect(folded.groups[0]).toMatchObject({ width: CARD.width, height: CARD.height });
    expect(folded.serviceIds.some(isRemainderId)).toBe(false);
    expect([...folded.serviceIds].sort()).toEqual(STAR.services.map((one) => one.id).sort());
  });

  it('are beside all others when it is unfolded, which moves nothing', () => {
    const [folded, unfolded] = [whole([]), whole([id])];
    const before = placesIn(folded);
    const after = placesIn(unfolded);
    const hidden = new Set(reduction?.remainders[0].services);
    for (const [one, place] of before) {
      if (!hidden.has(one)) {
        expect(after.get(one)).toEqual(place);
      }
    }
    const all = [...after.values()];
    all.forEach((a, index) =>
      all.slice(index + 1).forEach((b) => {
        expect(Math.abs(a.x - b.x) >= CARD.width || Math.abs(a.y - b.y) >= CARD.height).toBe(true);
      })
    );
    const [box] = unfolded.groups;
    hidden.forEach((one) => {
      const { x = 0, y = 0 } = after.get(one) ?? {};
      expect(x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height).toBe(true);
    });
    expect(unfolded.callIds).toHaveLength(STAR.calls.length);
    expect(whole([])).toEqual(folded);
  });
});
