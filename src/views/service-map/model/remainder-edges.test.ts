import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { withRemainders } from '../../../servicegraph/layout/remainder-places';
import { callId } from '../../../servicegraph/model';
import { withoutRemainders } from '../../../servicegraph/remainder';
import { call, graphOf, service } from '../../../servicegraph/service-graph.fixture';
import { type Curve, sampleLine } from './curves';
import { foldedMap } from './folded-map';
import { hitIndex, hitTest } from '../pointer/hit-test';
import { mapModel } from './map-model';
import { errorPaint } from '../drawing/paint-style';
import { passes } from './rects';
import { highlightAsDrawn, highlightOf } from '../selection';
import { type Rect } from '../viewport/viewport';

/** The less busy callees of the hub call others, too: many of them `db`, one `cache`. */
const CALLS: Array<[string, string, number]> = [
  ['entry', 'hub', 50],
  ['callee-2', 'cache', 4],
  ['callee-28', 'cache', 1],
  ...Array.from({ length: 30 }, (_, index): [string, string, number] => ['hub', `callee-${index + 1}`, 40 - index]),
  ...[3, 6, 9, 12, 15, 18, 21, 24, 27, 30].map((index): [string, string, number] => [`callee-${index}`, 'db', 2]),
];
const WHOLE = graphOf(
  [...new Set(CALLS.flatMap(([source, target]) => [source, target]))].map((name) => service(name)),
  CALLS.map(([source, target, rate]) => call(source, target, { rate, p95: 0.1 }))
);

function folded() {
  const { reduction = { whole: WHOLE, remainders: [] }, ...reduced } = withoutRemainders(WHOLE, {
    focus: { id: 'hub', hops: 2 },
  });
  const layout = layoutGraph(reduced, { width: 1280, height: 720 });
  const model = mapModel(WHOLE, withRemainders(layout, reduction, new Set()), errorPaint);
  const map = foldedMap(model, new Set(model.remainderIds));
  const rest = map.folded[0];
  const ofRest = (end: string) =>
    map.edges.find(({ source, target }) =>
      rest.members.includes(source)
        ? target.service.id === end
        : rest.members.includes(target) && source.service.id === end
    )!;
  return { map, rest, ofRest };
}

function isThrough(curve: Curve, rect: Rect): boolean {
  const points = sampleLine(curve);
  return points.some((point, index) => index > 0 && passes(rect, points[index - 1], point));
}

describe('calls of "+N more"', () => {
  it('go around the cards of others once they are looked at from near, not before', () => {
    const { map, rest, ofRest } = folded();
    const ends = ['hub', 'db', 'cache'].map(ofRest);
    expect(ends.map(({ way }) => way.isRouted)).toEqual([false, false, false]);
    expect(map.nodes.some(({ card }) => isThrough({ points: ends[2].way.line }, card))).toBe(true);
    for (const edge of ends) {
      edge.way.route();
      const others = map.nodes.filter((node) => node !== edge.source && node !== edge.target);
      expect(others.filter(({ card }) => isThrough(edge.way.curve, card))).toEqual([]);
    }
    const { points } = ends[2].way.curve;
    expect(isThrough(ends[2].way.curve, rest.box)).toBe(false);
    expect(points.length).toBeGreaterThan(ends[2].way.line.length);
  });

  it('to one other service are one line with their sum', () => {
    const { calls, call: sum, width } = folded().ofRest('db');
    expect(calls).toBe(6);
    expect(sum.stats).toEqual({ rate: 12 });
    expect(width).toBeGreaterThan(folded().ofRest('cache').width);
  });

  it('light up with the service as they are drawn', () => {
    const { map, ofRest } = folded();
    const lit = highlightAsDrawn(highlightOf(map.model, { kind: 'service', id: 'hub' }), map);
    expect(lit?.outgoing).toContain(ofRest('hub'));
    expect(lit?.outgoing.filter((edge) => !map.edges.includes(edge))).toEqual([]);
  });

  it('are pointed at when they are single calls, not as sums', () => {
    const { map, ofRest } = folded();
    const index = hitIndex(map);
    const under = (end: string) => {
      const edge = ofRest(end);
      edge.way.route();
      const samples = edge.way.samples;
      return samples.map((point) => hitTest(index, point, 1)).filter((pointed) => pointed?.kind === 'call');
    };
    expect(under('cache')).toContainEqual({ kind: 'call', id: callId('callee-28', 'cache', '') });
    const known = new Set(WHOLE.calls.map(({ id }) => id));
    expect(under('db').filter((pointed) => !known.has(pointed?.id ?? ''))).toEqual([]);
  });
});
