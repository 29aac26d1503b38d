import { service } from '../../../servicegraph/service-graph.fixture';
import { type Operation } from '../../../servicegraph/operations';
import { operationAt, operationRow } from './operation-rows';
import { OperationsLoader } from './operations-loader';
import { type OperationsSource, type OperationsState } from './operations-state';

const operation = (name: string): Operation => ({ name, stats: { rate: 1 } });

interface Asked {
  names: string[];
  signal: AbortSignal;
  answer(names?: string[]): Promise<void>;
  fail(message: string): Promise<void>;
}

function source(asked: Asked[], from = 'a'): OperationsSource {
  return {
    from,
    load: (services, signal) =>
      new Promise((resolve, reject) => {
        const names = services.map(({ name }) => name);
        asked.push({
          names,
          signal,
          async answer(known = names) {
            resolve(new Map(known.map((name) => [name, [operation(`${from} ${name}`)]])));
            await Promise.resolve();
          },
          async fail(message) {
            reject(new Error(message));
            await Promise.resolve();
          },
        });
      }),
  };
}

function setup(first?: OperationsSource) {
  const asked: Asked[] = [];
  let state: OperationsState | undefined;
  const loader = new OperationsLoader((next) => (state = next));
  loader.use(first ?? source(asked));
  const of = (name: string) => {
    const known = state?.of(service(name));
    return Array.isArray(known) ? known.map(({ name: one }) => one) : known;
  };
  return { asked, loader, of, status: () => state?.status, error: () => state?.error };
}

describe('loading operations', () => {
  it('asks once for what is looked at, and not for what sends no spans', async () => {
    const { asked, loader, of, status } = setup();
    loader.want([service('cart'), service('redis', { kind: 'database' })]);
    expect([asked[0].names, status(), of('cart')]).toEqual([['cart'], 'loading', 'loading']);
    await asked[0].answer();
    expect([status(), of('cart')]).toEqual(['shown', ['a cart']]);
    loader.want([service('cart')]);
    expect(asked).toHaveLength(1);
  });

  it('goes on with the next 40, the nearest first', async () => {
    const { asked, loader } = setup();
    const names = Array.from({ length: 90 }, (_, index) => `s${index}`);
    loader.want(names.map((name) => service(name)));
    await asked[0].answer();
    await asked[1].answer([]);
    await asked[2].answer();
    expect(asked.map((one) => one.names)).toEqual([names.slice(0, 40), names.slice(40, 80), names.slice(80)]);
  });

  it('cancels what nobody looks at any more, and only that', async () => {
    const { asked, loader, status } = setup();
    loader.want([service('a'), service('b')]);
    loader.want([service('b'), service('c')]);
    expect(asked).toHaveLength(1);
    expect(asked[0].signal.aborted).toBe(false);
    loader.want([service('c')]);
    expect(asked[0].signal.aborted).toBe(true);
    expect(asked[1].names).toEqual(['c']);
    loader.want([]);
    expect(asked[1].signal.aborted).toBe(true);
    expect(status()).toBeUndefined();
    // An answer that comes late all the same changes nothing.
    await asked[1].answer();
    expect(status()).toBeUndefined();
  });

  it('keeps the answers of the window before until there are new ones, but not those of other series', async () => {
    const { asked, loader, of } = setup();
    loader.want([service('cart')]);
    await asked[0].answer();
    loader.use(source(asked));
    loader.want([service('cart')]);
    expect([asked.length, of('cart')]).toEqual([2, ['a cart']]);
    loader.use(source(asked, 'b'));
    loader.want([service('cart')]);
    expect(asked[1].signal.aborted).toBe(true);
    expect(of('cart')).toBe('loading');
    await asked[2].answer();
    expect(of('cart')).toEqual(['b cart']);
  });

  it('tells a failure, does not ask again by itself, and does when told to', async () => {
    const { asked, loader, of, status, error } = setup();
    loader.want([service('cart')]);
    await asked[0].fail('too many samples');
    expect([status(), error(), of('cart')]).toEqual(['failed', 'too many samples', 'failed']);
    loader.want([service('cart')]);
    expect(asked).toHaveLength(1);
    loader.retry();
    await asked[1].answer([]);
    expect([status(), of('cart')]).toEqual(['shown', []]);
  });

  it('leaves cards alone where there are no series that know operations', () => {
    const { loader, of, status } = setup({ from: 'a' });
    loader.want([service('cart')]);
    expect([status(), of('cart')]).toEqual(['unknown', undefined]);
  });
});

it('the operation under the pointer is the one in whose strip it is', () => {
  const card = { x: 100, y: 50, width: 196, height: 58 };
  const operations = ['a', 'b', 'c', 'd'].map(operation);
  operations.forEach(({ name }, index) => {
    const row = operationRow(card, index);
    expect(row.y + row.height).toBeLessThanOrEqual(card.y + card.height);
    expect(operationAt(card, operations, { x: row.x + 9, y: row.y + row.height / 2 })?.name).toBe(name);
  });
  expect(operationAt(card, operations, { x: 150, y: 60 })).toBeUndefined();
  expect(operationAt(card, operations.slice(0, 1), { x: 150, y: 104 })).toBeUndefined();
});
