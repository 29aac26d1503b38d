import { MatchError, parseMatch } from './match';
import { callId, type ServiceGraph } from './model';
import { service } from './service-graph.fixture';

const graph: ServiceGraph = {
  services: [
    service('cart', { namespace: 'shop', stats: { rate: 20, errorRate: 2, p95: 0.4 } }),
    service('checkout', { namespace: 'shop', stats: { rate: 5, errorRate: 0, p95: 0.3 }, labels: { cluster: 'eu' } }),
    service('redis', { kind: 'database', stats: { rate: 100 } }),
    service('say "hi", {you}', { namespace: 'odd' }),
    service('idle'),
  ],
  calls: [
    ['cart', 'redis'],
    ['checkout', 'cart'],
  ].map(([source, target]) => ({
    id: callId(source, target, ''),
    source,
    target,
    connectionType: '' as const,
    stats: {},
  })),
  notices: [],
};

const found = (text: string) =>
  graph.services.filter((one) => parseMatch(text, graph)?.matches(one)).map(({ name }) => name);

describe('parseMatch', () => {
  it.each<[text: string, names: string[]]>([
    ['cart', ['cart']],
    ['C', ['cart', 'checkout']],
    ['shop/ca', ['cart']],
    ['shop check', ['checkout']],
    ['name="cart"', ['cart']],
    ['name=cart', ['cart']],
    ['name=~"c.*"', ['cart', 'checkout']],
    ['name=~"art"', []],
    ['{namespace="shop", name!="cart"}', ['checkout']],
    ['namespace=""', ['redis', 'idle']],
    ['kind!~"service|user"', ['redis']],
    ['cluster="eu"', ['checkout']],
    ['name="say \\"hi\\", {you}"', ['say "hi", {you}']],
    ['errors > 5%', ['cart']],
    ['errors>=0.1', ['cart']],
    ['errors<5%', ['checkout']],
    ['p95>300ms', ['cart']],
    ['p95 >= 0.3s', ['cart', 'checkout']],
    ['rate<10', ['checkout']],
    ['rate>=300/min', ['cart', 'checkout', 'redis']],
    ['calls="redis"', ['cart']],
    ['calledBy=~"check.*"', ['cart']],
    ['calls!="redis", kind="service"', ['checkout', 'say "hi", {you}', 'idle']],
  ])('%s', (text, names) => {
    expect(found(text)).toEqual(names);
  });

  it('asks for nothing when empty', () => {
    expect(parseMatch(' , ', graph)).toBeUndefined();
  });

  it.each<[text: string, message: string, at: number]>([
    ['name=', 'Expected a value after name=, found the end', 5],
    ['name=~"("', '"(" is not a regular expression', 6],
    ['p95>300', 'Expected a value such as 300ms for p95, not "300"', 4],
    ['errors>5ms', 'Expected a value such as 5% for errors, not "5ms"', 7],
    ['name>"a"', '"name" is no number; > compares rate, errors, mean, p50, p95, p99', 5],
    ['rate=5', 'rate is a number: compare it with >, >=, < or <=', 5],
    ['"half', 'Expected a word, found "', 0],
  ])('says what is wrong with %s', (text, message, at) => {
    expect(() => parseMatch(text, graph)).toThrow(new MatchError(message, at));
    try {
      parseMatch(text, graph);
    } catch (error) {
      expect(error).toMatchObject({ at });
    }
  });
});
