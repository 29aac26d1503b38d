import { createTheme } from '@grafana/data';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { type ServiceCall, type ServiceGraph } from '../../../servicegraph/model';
import { call as anyCall, service } from '../../../servicegraph/service-graph.fixture';
import { foldedMap } from '../model/folded-map';
import { kindNames } from '../kind-names';
import { mapModel } from '../model/map-model';
import { errorPaint } from '../drawing/paint-style';
import { paletteOf } from '../drawing/palette';
import { mapSvg } from './map-svg';
import { SvgPath } from './svg-elements';

const call = (source: string, target: string, extra: Partial<ServiceCall> = {}) =>
  anyCall(source, target, { rate: 4, errorRate: 0.4, p95: 0.2 }, extra);
const NASTY = `</text><script>alert("1")</script> & 'x'\n{}`;

function drawn(graph: ServiceGraph, isDark = true, collapsed: string[] = []) {
  const theme = createTheme({ colors: { mode: isDark ? 'dark' : 'light' } });
  const palette = paletteOf(theme, 'primary');
  const model = mapModel(graph, layoutGraph(graph, { width: 800, height: 500 }), errorPaint);
  const map = foldedMap(model, new Set(collapsed.length > 0 ? model.groups.map(({ id }) => id) : []));
  const text = mapSvg(
    { map, palette, latency: 'p95', paint: errorPaint, kindNames: kindNames(), matches: new Set(), pinned: new Set() },
    { title: 'Service map', measurer: { font: '', measureText: (content) => ({ width: 7 * content.length }) } }
  );
  const document = new DOMParser().parseFromString(text, 'image/svg+xml');
  return { text, palette, model, document, all: (selector: string) => [...document.querySelectorAll(selector)] };
}

const GRAPH: ServiceGraph = {
  services: [
    service('web', { stats: { rate: 4, errorRate: 0, p95: 0.2 } }),
    service('api', { namespace: 'shop', stats: { rate: 4, errorRate: 0.4, p95: 0.2 } }),
    service('db', { kind: 'database', look: { color: '#123456' } }),
  ],
  calls: [
    call('web', 'api'),
    call('api', 'api'),
    call('api', 'db', { look: { color: 'rgba(1, 2, 3, 0.5)', dash: [3, 2], thickness: 4 } }),
  ],
  notices: [],
};

describe('the SVG of a map', () => {
  it('has every service and call with text as text, and the colours of the theme', () => {
    const { document, all, palette } = drawn(GRAPH);
    expect(document.querySelector('parsererror')).toBeNull();
    expect(all('g.service > title').map((title) => title.textContent)).toEqual(['web', 'shop / api', 'db']);
    expect(
      all('g.call > title')
        .map((title) => title.textContent)
        .sort()
    ).toEqual(['api → api', 'api → db', 'web → api']);
    const texts = all('text').map((text) => text.textContent);
    expect(texts).toContain('api');
    expect(texts).toContain('4.00 req/s · 200 ms');
    expect(texts).toContain('10%');
    expect(document.documentElement.getAttribute('font-family')).toBe(palette.fontFamily);
  });

  it('is as large as the map, and everything is in it', () => {
    const { document, model, all } = drawn(GRAPH);
    const [x, y, width, height] = (document.documentElement.getAttribute('viewBox') ?? '').split(' ').map(Number);
    expect(width).toBeGreaterThan(model.bounds.width);
    expect(Number(document.documentElement.getAttribute('height'))).toBeCloseTo(height, 0);
    for (const rect of all('g.service > rect')) {
      const at = (name: string) => Number(rect.getAttribute(name));
      expect(at('x')).toBeGreaterThan(x);
      expect(at('y')).toBeGreaterThan(y);
      expect(at('x') + at('width')).toBeLessThan(x + width);
      expect(at('y') + at('height')).toBeLessThan(y + height);
    }
  });

  it('draws what a data source says of looks, with opacity apart from the colour', () => {
    const { all } = drawn(GRAPH);
    const line = all('g.call').find((group) => group.querySelector('title')?.textContent === 'api → db');
    const path = line?.querySelector('path');
    expect(path?.getAttribute('stroke')).toBe('rgb(1,2,3)');
    expect(path?.getAttribute('stroke-opacity')).toBe('0.5');
    expect(path?.getAttribute('stroke-dasharray')).toBe('3 2');
    expect(path?.getAttribute('stroke-width')).toBe('4');
  });

  it.each([NASTY, '', 'x'.repeat(500), '\u0000\u0007 control', '\ud800 half', ']]>', '日本語 🚀'])(
    'is sound with the name %j',
    (name) => {
      const { document, all } = drawn({
        services: [service('a', { name, namespace: name }), service('b')],
        calls: [call('a', 'b'), call('b', 'a')],
        notices: [],
      });
      expect(document.querySelector('parsererror')).toBeNull();
      expect(document.querySelector('script')).toBeNull();
      expect(all('g.service')).toHaveLength(2);
    }
  );

  it('has no numbers that are none, whatever the graph has', () => {
    const odd = [NaN, Infinity, -5, 1e300].map((rate, index) =>
      service(`s${index}`, { stats: { rate, errorRate: rate, p95: rate } })
    );
    const { text, document } = drawn({
      services: odd,
      calls: [call('s0', 's1', { stats: { rate: NaN } }), call('s1', 's2', { stats: { rate: -1, errorRate: 3 } })],
      notices: [],
    });
    expect(document.querySelector('parsererror')).toBeNull();
    expect(text).not.toMatch(/="[^"]*(?:NaN|Infinity)/);
  });

  it('shows folded groups as one, with their calls', () => {
    const services = Array.from({ length: 80 }, (_, index) =>
      service(`s${index}`, { namespace: index < 40 ? 'left' : 'right', stats: { rate: 1, errorRate: 0 } })
    );
    const calls = Array.from({ length: 79 }, (_, index) => call(`s${index}`, `s${index + 1}`));
    const { all } = drawn({ services, calls, notices: [] }, true, ['all']);
    expect(all('g.service')).toHaveLength(0);
    const texts = all('text').map((text) => text.textContent);
    expect(texts).toEqual(expect.arrayContaining(['left', 'right', '40 services']));
  });

  it('differs between light and dark', () => {
    expect(drawn(GRAPH, true).text).not.toBe(drawn(GRAPH, false).text);
  });
});

describe('SvgPath', () => {
  it('draws a whole circle as two arcs', () => {
    const path = new SvgPath();
    path.arc(10, 10, 5, 0, 2 * Math.PI);
    expect(path.d).toBe('M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10');
  });
});
