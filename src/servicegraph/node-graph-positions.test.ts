import { sampleGraph } from './layout/sample-graph.fixture';
import { type ServiceGraph } from './model';
import { nodeGraphPositions } from './node-graph-positions';

/** What Grafana's panel of 760 by 620 px shows when it opens: 0, 0 is in its middle, at zoom 1. */
function seen(graph: ServiceGraph): number {
  return [...nodeGraphPositions(graph).values()].filter(({ x, y }) => Math.abs(x) <= 340 && Math.abs(y) <= 250).length;
}

test.each([
  [5, 4],
  [12, 9],
  [20, 9],
  [40, 9],
  [100, 12],
])('of %d services at least %d are seen at once', (services, least) => {
  expect(seen(sampleGraph({ services, seed: 3 }))).toBeGreaterThanOrEqual(least);
});

test('circles and the texts below them do not touch', () => {
  const places = [...nodeGraphPositions(sampleGraph({ services: 60, seed: 5 })).values()];
  const touching = places.flatMap((a, index) =>
    places.slice(index + 1).filter((b) => Math.abs(a.x - b.x) < 140 && Math.abs(a.y - b.y) < 124)
  );
  expect(touching).toEqual([]);
});

test('a graph that is seen whole stands in the middle', () => {
  const places = [...nodeGraphPositions(sampleGraph({ services: 4, seed: 2 })).values()];
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  expect(Math.min(...xs)).toBeCloseTo(-Math.max(...xs));
  expect(Math.min(...ys)).toBeCloseTo(-Math.max(...ys));
});

test('rates that are no numbers make no place that is none', () => {
  const { services, calls, ...rest } = sampleGraph({ services: 8, seed: 1 });
  const odd = services.map((service, index) => ({ ...service, stats: { rate: [NaN, Infinity, -1, 0][index % 4] } }));
  for (const { x, y } of nodeGraphPositions({ ...rest, calls, services: odd }).values()) {
    expect([x, y].every(Number.isFinite)).toBe(true);
  }
});

test('a graph of nothing has no places', () => {
  expect(nodeGraphPositions({ services: [], calls: [], notices: [] }).size).toBe(0);
});
