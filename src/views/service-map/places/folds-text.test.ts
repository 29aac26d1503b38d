import { readFolds, type TextGroup, writeFolds } from './folds-text';

const GROUPS: TextGroup[] = ['shop', 'billing', '["more of","callees","hub"]', 'a group with a name of its own'].map(
  (id) => ({ id })
);
const idsOf = (groups: readonly TextGroup[]) => groups.map(({ id }) => id);
const rest = (id: string) => idsOf(GROUPS).filter((other) => other !== id);

describe('folded groups as text', () => {
  it.each([[['shop']], [['billing', '["more of","callees","hub"]']], [[]]])(
    '%j are read as they were written',
    (ids) => {
      const text = writeFolds(new Set(ids), { groups: GROUPS });
      expect([...readFolds(text, GROUPS)]).toEqual(ids);
      expect(text ?? '').toMatch(/^[\w]{0,15}$/);
    }
  );

  it('are no text when there are none', () => {
    const before = writeFolds(new Set(['shop']), { groups: GROUPS });
    expect(writeFolds(new Set(), { groups: GROUPS, before })).toBeUndefined();
    expect(writeFolds(new Set(), { groups: GROUPS, before: 'all', isForAll: true })).toBeUndefined();
  });

  it('all of them are a word, and so are those that come later', () => {
    const text = writeFolds(new Set(idsOf(GROUPS)), { groups: GROUPS, isForAll: true });
    expect(text).toBe('all');
    expect([...readFolds(text, [...GROUPS, { id: 'new' }])]).toEqual([...idsOf(GROUPS), 'new']);
  });

  it('all but those that were opened after all had been folded up', () => {
    const but = writeFolds(new Set(rest('shop')), { groups: GROUPS, before: 'all' });
    expect([...readFolds(but, GROUPS)]).toEqual(rest('shop'));
    expect(writeFolds(new Set(idsOf(GROUPS)), { groups: GROUPS, before: but })).toBe('all');
  });

  it('that are not there just now are not forgotten', () => {
    const before = writeFolds(new Set(['shop']), { groups: GROUPS });
    const later = writeFolds(new Set(['billing']), { groups: [{ id: 'billing' }], before });
    expect([...readFolds(later, GROUPS)]).toEqual(['shop', 'billing']);
    const butShop = writeFolds(new Set(rest('shop')), { groups: GROUPS, before: 'all' });
    const filtered = writeFolds(new Set(['billing']), { groups: [{ id: 'billing' }], before: butShop });
    expect([...readFolds(filtered, GROUPS)]).toEqual(rest('shop'));
  });

  it('without a name are found by their member when another is the busiest', () => {
    const members = ['cart', 'checkout'];
    const text = writeFolds(new Set(['cart']), { groups: [{ id: 'cart', members }] });
    expect([...readFolds(text, [{ id: 'checkout', members }, { id: 'shop' }])]).toEqual(['checkout']);
  });

  it('of very many groups stay short', () => {
    const groups = Array.from({ length: 5000 }, (_, index) => ({ id: `group ${index}` }));
    const most = new Set(idsOf(groups).slice(3));
    const text = writeFolds(most, { groups });
    expect(text?.length).toBeLessThan(40);
    expect([...readFolds(text, groups)]).toEqual([...most]);
    const some = writeFolds(new Set(idsOf(groups).slice(0, 300)), { groups });
    expect(some?.length).toBeLessThan(2400);
    expect(readFolds(some, groups).size).toBe(300);
  });

  it.each([['nonsense'], ['<script>_1'], ['0000000'], ['.'], [''], [undefined], ['x'.repeat(100_000)]])(
    'says nothing: text %#',
    (text) => {
      expect(readFolds(text, GROUPS).size).toBe(0);
    }
  );
});
