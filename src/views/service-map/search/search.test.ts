import { type ServiceGraph } from '../../../servicegraph/model';
import { call, service } from '../../../servicegraph/service-graph.fixture';
import { filteredBySearch, searchServices } from './search-services';
import { suggestionsAt, termStart, writeValue } from './suggestions';

const GRAPH: ServiceGraph = {
  services: [
    service('my-cart', { stats: { p95: 0.4 }, labels: { cluster: 'eu' } }),
    service('cart', { namespace: 'shop' }),
    service('cart-db', { namespace: 'shop', kind: 'database' }),
    service('say "hi", you'),
  ],
  calls: [call('my-cart', 'cart'), call('cart', 'cart-db')],
  notices: [],
};
const names = (text: string) => searchServices(GRAPH, text).found.map(({ name }) => name);

describe('search', () => {
  it.each([
    ['cart', ['cart', 'cart-db', 'my-cart']],
    ['SHOP db', ['cart-db']],
    ['p95>300ms', ['my-cart']],
    ['calls="cart-db"', ['cart']],
    ['cluster=eu', ['my-cart']],
    [String.raw`name="say \"hi\", you"`, ['say "hi", you']],
    ['  ', []],
  ])('%s', (text, found) => {
    expect(names(text)).toEqual(found);
  });

  it('tells what is wrong, and where', () => {
    const { error, found, isAsked } = searchServices(GRAPH, 'cart p95>fast');
    expect(isAsked).toBe(true);
    expect(found).toEqual([]);
    expect(error?.message).toContain('300ms');
    expect(error?.at).toBe(9);
  });

  it('keeps what is found or what is not, with the calls between them', () => {
    const result = searchServices(GRAPH, 'namespace=shop');
    const only = filteredBySearch(GRAPH, 'only', result);
    expect(only.services.map(({ id }) => id)).toEqual(['cart', 'cart-db']);
    expect(only.calls.map(({ target }) => target)).toEqual(['cart-db']);
    expect(filteredBySearch(GRAPH, 'except', result).services.map(({ id }) => id)).toEqual([
      'my-cart',
      'say "hi", you',
    ]);
  });

  it('hides nothing while the expression is not finished', () => {
    expect(filteredBySearch(GRAPH, 'only', searchServices(GRAPH, 'p95>'))).toBe(GRAPH);
    expect(filteredBySearch(GRAPH, 'only', searchServices(GRAPH, ''))).toBe(GRAPH);
  });
});

describe('suggestions', () => {
  const at = (text: string) => suggestionsAt(text, text.length, GRAPH).map(({ insert }) => insert);

  it('offers nothing behind a selector that is closed', () => {
    expect(at('{namespace="shop"}')).toEqual([]);
    expect(at('{namespace="shop", ').length).toBeGreaterThan(0);
  });

  it.each([
    ['na', ['name=', 'namespace=']],
    ['kind=database p9', ['p95>', 'p99>']],
    ['clu', ['cluster=']],
    ['cart-', ['name=cart-db ']],
    ['namespace=', ['shop ']],
    ['kind!="da', ['database ']],
    ['cluster=', ['eu ']],
    ['name=say', [String.raw`"say \"hi\", you" `]],
    ['p95>', []],
  ])('%s', (text, expected) => {
    expect(at(text)).toEqual(expected);
  });

  it.each(['say "hi", you', 'a b', 'back\\slash', "it's", '{x}'])('writes %s so that it finds it', (name) => {
    const graph: ServiceGraph = { services: [service(name), service('other')], calls: [], notices: [] };
    expect(searchServices(graph, `name=${writeValue(name)}`).found).toEqual([graph.services[0]]);
  });

  it('knows where a term begins, whatever is in quotes', () => {
    expect(termStart('a="x, y" b', 10)).toBe(9);
    expect(termStart('a="x, y', 7)).toBe(0);
    expect(termStart(String.raw`a="x\" y`, 8)).toBe(0);
  });

  it('replaces the value only', () => {
    const [first] = suggestionsAt('rate>1 namespace=sh', 19, GRAPH);
    expect(first).toMatchObject({ insert: 'shop ', from: 17, kind: 'value' });
  });
});
