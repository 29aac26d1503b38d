import { type GraphPart } from '../servicegraph/part-queries';
import { type Service } from '../servicegraph/model';
import { validateQuery } from '../traceql';
import { compareQuery, parseComparison } from './compare/compare-query';
import { failedComparison, slowComparison, slowFrom } from './slow-and-failed';

const cart: Service = { id: 'cart', name: 'cart', namespace: 'shop', kind: 'service', stats: {} };
const postgres: Service = { id: 'postgres', name: 'postgres', kind: 'database', stats: {} };
const PARTS: Array<[string, GraphPart]> = [
  ['a service', { kind: 'service', service: cart }],
  ['a database', { kind: 'service', service: postgres }],
  [
    'a call',
    {
      kind: 'call',
      call: { id: 'c', source: 'web', target: 'cart', connectionType: '', stats: {} },
      source: { ...cart, id: 'web', name: 'we"b' },
      target: cart,
    },
  ],
  [
    'a database call',
    {
      kind: 'call',
      call: { id: 'c', source: 'cart', target: 'postgres', connectionType: 'database', stats: {} },
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
