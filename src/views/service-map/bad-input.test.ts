/** Graphs that no one should send, but someone will: the map has to stay usable. */
import { createTheme } from '@grafana/data';
import { layoutGraph } from '../../servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../servicegraph/model';
import { call, graphOf, service } from '../../servicegraph/service-graph.fixture';
import { mapSvg } from './export/map-svg';
import { foldedMap } from './model/folded-map';
import { hitIndex, hitTest } from './pointer/hit-test';
import { nextService } from './keyboard/keyboard';
import { kindNames } from './kind-names';
import { mapModel } from './model/map-model';
import { errorPaint, latencyPaint } from './drawing/paint-style';
import { paletteOf } from './drawing/palette';
import { searchServices } from './search/search-services';
import { highlightOf } from './selection';

function modelOf(graph: ServiceGraph, paint = errorPaint) {
  return mapModel(graph, layoutGraph(graph, { width: 1000, height: 600 }), paint);
}

function textsOf(graph: ServiceGraph): string[] {
  const svg = mapSvg(
    {
      map: foldedMap(modelOf(graph), new Set()),
      palette: paletteOf(createTheme(), 'primary'),
      latency: 'p95',
      paint: errorPaint,
      kindNames: kindNames(),
      matches: new Set(),
      pinned: new Set(),
    },
    { title: '', measurer: { font: '', measureText: (text) => ({ width: 7 * text.length }) } }
  );
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return [...document.querySelectorAll('text')].map((text) => text.textContent ?? '');
}

describe('odd names', () => {
  const LONG = 'a-very-long-name.'.repeat(30).slice(0, 500);

  it.each([LONG, '', '"quoted" {braces}', 'two\nlines', "it's", '\\', '<b>', '__proto__', 'constructor'])(
    'the service %j is drawn, pointed at, found and walked to',
    (name) => {
      const graph = graphOf([service('id', { name }), service('other')], [call('other', 'id', { rate: 1 })]);
      const model = modelOf(graph);
      const node = model.nodeById.get('id');
      expect(node).toBeDefined();
      expect(node && hitTest(hitIndex(foldedMap(model, new Set())), node.centre, 1)).toEqual({
        kind: 'service',
        id: 'id',
      });
      expect(nextService(model, 'other', 'callee')).toBe('id');
      expect(textsOf(graph).filter((text) => text.length > 60)).toEqual([]);
      const quoted = `name="${name.replace(/["\\]/g, '\\$&')}"`;
      expect(searchServices(graph, quoted).found.map(({ id }) => id)).toEqual(['id']);
    }
  );
});

describe('odd numbers', () => {
  it.each([NaN, Infinity, -Infinity, -3, 0, 1e300])('a rate of %d', (rate) => {
    const stats = { rate, errorRate: rate, mean: rate, p95: rate };
    const graph = graphOf(
      [service('a', { stats }), service('b')],
      [call('a', 'b', stats), call('b', 'a', { rate: 2 })]
    );
    for (const paint of [errorPaint, latencyPaint('p95', { warning: 0.5, critical: 1 })]) {
      const { nodes, edges, bounds } = modelOf(graph, paint);
      const numbers = [
        ...Object.values(bounds),
        ...nodes.flatMap(({ card }) => Object.values(card)),
        ...edges.flatMap(({ width, way }) => [width, ...Array.from(way.line), way.samples.length]),
      ];
      expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
      expect(edges.every(({ width }) => width > 0 && width <= 10)).toBe(true);
    }
    expect(textsOf(graph).join(' ')).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('odd shapes', () => {
  it('a service that only calls itself has a loop that can be pointed at', () => {
    const model = modelOf(graphOf([service('a')], [call('a', 'a', { rate: 1 })]));
    expect(model.edges).toHaveLength(1);
    expect(highlightOf(model, { kind: 'service', id: 'a' })?.services).toEqual(new Set(['a']));
    expect(nextService(model, 'a', 'callee')).toBe('a');
  });

  it('a cycle has all its calls, and is walked around', () => {
    const ids = ['a', 'b', 'c'];
    const model = modelOf(
      graphOf(
        ids.map((id) => service(id)),
        ids.map((id, index) => call(id, ids[(index + 1) % 3], { rate: 1 }))
      )
    );
    expect(model.edges).toHaveLength(3);
    const walked = ids.reduce((id) => nextService(model, id, 'callee'), 'a');
    expect(walked).toBe('a');
  });

  it('a call to a service that is not there is left out, the rest stays', () => {
    const model = modelOf(
      graphOf([service('a'), service('b')], [call('a', 'b'), call('a', 'gone'), call('lost', 'b')])
    );
    expect(model.edges.map(({ call: { target } }) => target)).toEqual(['b']);
  });

  it('20,000 calls between two services are drawn where the two are', () => {
    const calls = Array.from({ length: 20_000 }, (_, index) =>
      call('a', 'b', { rate: index }, { id: `call ${index}` })
    );
    const model = modelOf(graphOf([service('a'), service('b')], calls));
    expect(model.edges).toHaveLength(20_000);
    const { width, height } = model.bounds;
    expect(Math.max(width, height)).toBeLessThan(3000);
    expect(nextService(model, 'a', 'callee')).toBe('b');
  });
});
