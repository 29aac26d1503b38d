import { createTheme } from '@grafana/data';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { type RequestStats } from '../../../servicegraph/model';
import { graphOf, service } from '../../../servicegraph/service-graph.fixture';
import { type CardStyle } from './card-style';
import { cardTexts } from './card-texts';
import { kindNames } from '../kind-names';
import { mapModel } from '../model/map-model';
import { errorPaint } from './paint-style';
import { paletteOf } from './palette';

const STYLE: CardStyle = {
  palette: paletteOf(createTheme(), 'canvas'),
  latency: 'p95',
  paint: errorPaint,
  kindNames: kindNames(),
};

/** Letters are half as wide as high. */
function pen() {
  let font = '';
  return {
    get font() {
      return font;
    },
    set font(value: string) {
      font = value;
    },
    measureText: (text: string) => ({ width: (text.length * Number(/([\d.]+)px/.exec(font)?.[1] ?? NaN)) / 2 }),
  };
}

function textsOf(name: string, stats: RequestStats, style = STYLE) {
  const graph = graphOf([service(name, { stats })]);
  const [node] = mapModel(graph, layoutGraph(graph, { width: 400, height: 300 }), errorPaint).nodes;
  return { node, texts: cardTexts(pen(), node, style) };
}

describe('what is written on a card', () => {
  const FAILING: RequestStats = { rate: 100, errorRate: 2.5, p95: 0.12 };

  it('has name and numbers, and no badge where nothing is wrong', () => {
    const { texts } = textsOf('checkout', { rate: 100, errorRate: 0, p95: 0.12 });
    expect(texts).toEqual({ name: { text: 'checkout', size: 13.5 }, stats: '100 req/s · 120 ms' });
  });

  it('has the badge beside a short name', () => {
    const { node, texts } = textsOf('checkout', FAILING);
    expect(texts.name).toEqual({ text: 'checkout', size: 13.5 });
    expect(texts.badge?.text).toBe('2.5%');
    expect(texts.badge?.box.y).toBe(node.card.y + 10);
  });

  it('leaves its line to a name that would be cut or tiny, and has the badge beside the numbers', () => {
    const { node, texts } = textsOf('payment-provider-gate', { ...FAILING, p95: 0.012 });
    expect(texts.name).toEqual({ text: 'payment-provider-gate', size: 12.25 });
    expect(texts.stats).toBe('100 req/s · 12 ms');
    expect(texts.badge?.box.y).toBe(node.card.y + 30);
    expect((texts.badge?.box.y ?? NaN) + 17).toBeLessThan(node.card.y + node.card.height);
  });

  it('has small letters rather than half of the numbers', () => {
    const { node, texts } = textsOf('payment-providers-2', { ...FAILING, p95: 0.1234 });
    expect(texts).toMatchObject({ name: { text: 'payment-providers-2', size: 10 }, stats: '100 req/s · 123 ms' });
    expect(texts.badge?.box.y).toBe(node.card.y + 10);
  });

  it('leaves out a number before it cuts one', () => {
    expect(textsOf('a-name-that-needs-its-whole-line', { ...FAILING, p95: 0.1234 }).texts.stats).toBe('100 req/s');
  });

  it('has none of two numbers that are told together rather than one and a half', () => {
    const told = (text: string) => ({ ...STYLE, paint: { ...errorPaint, textOf: () => text } });
    expect(textsOf('checkout', FAILING, told('120 → 480 ms')).texts.stats).toBe('120 → 480 ms');
    expect(textsOf('checkout', FAILING, told('3.44 thousand → 2.63 thousand req/s')).texts.stats).toBe('');
  });

  it('cuts the middle of what fits nowhere', () => {
    expect(textsOf('n'.repeat(500), FAILING).texts.name.text).toMatch(/^n+…n+$/);
  });
});
