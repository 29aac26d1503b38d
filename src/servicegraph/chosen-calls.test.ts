import { chosenCalls, chunkNames } from './chosen-calls';
import { DEFAULT_DIALECT } from './dialect';

const { client, server, connectionType, serverNamespace } = DEFAULT_DIALECT.labels;

function row([from, to, namespace = '', type = '']: string[]) {
  return { labels: { [client]: from, [server]: to, [serverNamespace]: namespace, [connectionType]: type }, value: 1 };
}

const chosen = (calls: string[][]) => chosenCalls(calls.map(row), DEFAULT_DIALECT);
const many = (count: number, call: (index: number) => string[]) => Array.from({ length: count }, (_, n) => call(n));

describe('chosenCalls', () => {
  it('names the ends, sorted, so that the same calls make the same query', () => {
    const calls = [
      ['web', 'api'],
      ['api', 'pg', '', 'database'],
      ['app', 'api'],
    ];
    expect(chosen(calls)).toEqual({
      parts: [{ clients: ['api', 'app', 'web'], servers: ['api', 'pg'] }],
      services: [['api', 'app', 'pg', 'web']],
      severalLabelSets: [],
    });
    expect(chosen([...calls].reverse())).toEqual(chosen(calls));
  });

  it('tells callees of calls with several label sets, not those of two connection types', () => {
    const calls = [
      ['web', 'api'],
      ['web', 'api', 'shop'],
      ['web', 'pg', '', 'database'],
      ['web', 'pg', '', 'virtual_node'],
    ];
    expect(chosen(calls)?.severalLabelSets).toEqual(['api']);
  });

  it.each([
    ['callers of one callee', many(900, (n) => [`caller-of-the-hub-${n}`, 'hub'])],
    ['callees of one caller', many(900, (n) => ['hub', `callee-of-the-hub-${n}`])],
    ['pairs', many(900, (n) => [`c${n}`, `s${n}`])],
    ['long names', many(30, (n) => [`${n}-`.repeat(300), `${n}.`.repeat(300)])],
  ])('keeps every call in one of some parts, whose matchers stay short: %s', (_, calls) => {
    const { parts = [], services = [] } = chosen(calls) ?? {};
    const holds = ([from, to]: string[]) =>
      parts.some(({ clients, servers }) => clients.includes(from) && servers.includes(to));
    expect(calls.every(holds)).toBe(true);
    expect(new Set(services.flat())).toEqual(new Set(calls.flat()));
    for (const names of [...parts.flatMap(({ clients, servers }) => [clients, servers]), ...services]) {
      expect(names.length).toBeLessThanOrEqual(200);
      expect(names.length === 1 || names.join('|').length <= 2000).toBe(true);
    }
  });

  it('is nothing for no calls, and for so many that their names spare nothing', () => {
    expect(chosen([])).toBeUndefined();
    expect(chosen(many(1001, (n) => ['a', `s${n}`]))).toBeUndefined();
  });

  it('takes a label that is not there for an empty one', () => {
    const { parts } = chosenCalls([{ labels: {}, value: 1 }], DEFAULT_DIALECT) ?? {};
    expect(parts).toEqual([{ clients: [''], servers: [''] }]);
  });
});

describe('chunkNames', () => {
  it('keeps every name, in lists that stay short', () => {
    const names = Array.from({ length: 100 }, (_, index) => `service-${index}`);
    const chunks = chunkNames(names, 200);
    expect(chunks.flat()).toEqual(names);
    expect(chunks.every((chunk) => chunk.join('|').length <= 200)).toBe(true);
  });

  it('takes a name that is longer than the limit alone', () => {
    expect(chunkNames(['a', 'x'.repeat(50), 'b'], 10)).toEqual([['a'], ['x'.repeat(50)], ['b']]);
    expect(chunkNames([])).toEqual([]);
  });
});
