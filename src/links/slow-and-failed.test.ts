import { type GraphPart } from '../servicegraph/part-queries';
import { call, service } from '../servicegraph/service-graph.fixture';
import { validateQuery } from '../traceql';
import { compareQuery, parseComparison } from './compare/compare-query';
import { failedComparison, slowComparison, slowFrom } from './slow-and-failed';

const cart = service('cart', { namespace: 'shop' });
const postgres = service('postgres', { kind: 'database' });
const PARTS: Array<[string, GraphPart]> = [
  ['a service', { kind: 'service', service: cart }],
  ['a database', { kind: 'service', service: postgres }],
  [
    'a call',
    {
      kind: 'call',
      call: call('web', 'cart'),
      source: service('we"b', { id: 'web', namespace: 'shop' }),
      target: cart,
    },
  ],
  [
    'a database call',
    {
      kind: 'call',
      call: call('cart', 'postgres', {}, { connectionType: 'database' }),
      source: cart,
      target: postgres,
    },
  ],
];

describe('why some requests are slow or fail', () => {
  it.each(PARTS)('is asked with a comparison that can be run, for %s', (_, part) => {
    for (const asked of [slowComparison(part, 0.25), failedComparison(part)]) {
      const { comparison } = parseComparison(asked);
      const query = comparison && compareQuery(comparison, 10);
      expect(validateQuery(query ?? 'none', { endpoint: 'metrics' })).toEqual({ verdict: 'valid' });
    }
  });

  it('is about the requests of exactly this call', () => {
    expect(slowComparison(PARTS[3][1], 0.25)).toEqual({
      query: expect.stringMatching(/resource\.service\.name = "cart".*"postgres".*kind = client/),
      selection: '{ duration > 250ms }',
    });
  });

  it('begins where there surely are slower requests: at the average, or at half of p95', () => {
    expect(slowFrom({ p95: 0.3, mean: 0.1 })).toBe(0.15);
    expect(slowFrom({ p95: 1.02, mean: 0.9 })).toBe(0.9);
    expect(slowFrom({ p95: 0.3 })).toBe(0.15);
    expect(slowFrom({ mean: 0.1 })).toBe(0.1);
    expect(slowFrom({})).toBeUndefined();
  });
});
