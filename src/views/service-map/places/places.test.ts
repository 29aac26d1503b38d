import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { sampleGraph } from '../../../servicegraph/layout/sample-graph.fixture';
import { layoutStore } from './layout-store';
import { readPlaces, writePlaces } from './places-text';

const IDS = ['cart', '["shop","cart"]', 'a service with a name of its own'];

describe('places as text', () => {
  it('are read as they were written, to the px', () => {
    const places = new Map([
      ['cart', { x: 12.4, y: -300 }],
      [IDS[1], { x: 0, y: 99_999 }],
    ]);
    const text = writePlaces(places, { ids: IDS });
    expect(text).toMatch(/^[\w.-]{1,60}$/);
    expect(readPlaces(text, IDS)).toEqual(
      new Map([
        ['cart', { x: 12, y: -300 }],
        [IDS[1], { x: 0, y: 99_999 }],
      ])
    );
  });

  it('of services that have no data just now are not lost', () => {
    const text = writePlaces(new Map([['gone', { x: 1, y: 2 }]]), { ids: ['gone'] });
    const later = writePlaces(new Map([['cart', { x: 3, y: 4 }]]), { before: text, ids: ['cart'] });
    expect(readPlaces(later, ['gone', 'cart'])).toEqual(
      new Map([
        ['cart', { x: 3, y: 4 }],
        ['gone', { x: 1, y: 2 }],
      ])
    );
  });

  it('are forgotten when the last is taken away', () => {
    const text = writePlaces(new Map([['cart', { x: 1, y: 2 }]]), { ids: IDS });
    expect(writePlaces(new Map(), { before: text, ids: IDS })).toBeUndefined();
  });

  it.each([['nonsense'], ['..'], ['abc.zzzzzzzzzzzz.1'], ['<script>.1.1'], ['abc.1.1.1'], [''], [undefined]])(
    '%p says nothing',
    (text) => {
      expect(readPlaces(text, IDS).size).toBe(0);
    }
  );
});

describe('drawings in the browser', () => {
  function storage(initial?: string) {
    let text = initial ?? null;
    return { getItem: () => text, setItem: (_: string, value: string) => void (text = value) };
  }
  const layout = layoutGraph(sampleGraph({ services: 80, namespaces: 4 }), { width: 1600, height: 900 });

  it('come back with every service within a px of where it stood', () => {
    const store = layoutStore(storage());
    store.keep('a', layout);
    const back = store.layout('a');
    expect(back?.serviceIds).toEqual(layout.serviceIds);
    expect(back?.groups).toEqual(layout.groups);
    layout.x.forEach((x, node) => expect(Math.abs(x - (back?.x[node] ?? NaN))).toBeLessThanOrEqual(0.5));
    expect(store.layout('b')).toBeUndefined();
  });

  it('keep places and drawings apart', () => {
    const store = layoutStore(storage());
    store.keep('a', layout);
    store.keepPlaces('a', 'x.1.1');
    expect(store.places('a')).toBe('x.1.1');
    expect(store.layout('a')).toBeDefined();
  });

  it('are few, and the oldest goes first', () => {
    const store = layoutStore(storage());
    for (let index = 0; index < 20; index++) {
      store.keep(String(index), layout);
    }
    expect(store.layout('0')).toBeUndefined();
    expect(store.layout('19')).toBeDefined();
  });

  it.each([
    ['not JSON'],
    ['{"version":2,"drawings":[]}'],
    ['{"version":1,"drawings":[{"key":"a","text":"{\\"x\\":1}"}]}'],
  ])('%s is passed over', (text) => {
    expect(layoutStore(storage(text)).layout('a')).toBeUndefined();
  });

  it('with lists that do not fit together are passed over', () => {
    const held = storage();
    layoutStore(held).keep('a', { ...layout, x: layout.x.slice(1) });
    expect(layoutStore(held).layout('a')).toBeUndefined();
  });

  it('do without a storage that is refused', () => {
    const refuse = () => {
      throw new Error('denied');
    };
    const store = layoutStore({ getItem: refuse, setItem: refuse });
    store.keep('a', layout);
    expect(store.layout('a')).toBeUndefined();
  });
});
