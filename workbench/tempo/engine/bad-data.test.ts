import fc from 'fast-check';

import { parseQuery } from '../../../src/traceql';
import { TraceStore } from '../store';
import { type SpanSketch, spansOf } from '../testing/spans';

import { evaluatePipeline } from '.';

const QUERIES = [
  '{ }',
  '{ } >> { }',
  '{ } << { kind = client }',
  '{ status = error } !>> { }',
  '{ } ~ { }',
  '{ } &>> { }',
  '{ nestedSetParent < 0 } && { span:childCount > 0 }',
  '{ duration < 0s || traceDuration > 1s }',
  '{ } | by(name) | count() > 1',
  '{ } | avg(duration) > 1ms',
];

const id = fc.constantFrom('1', '2', '3', '4', '5');

const sketch: fc.Arbitrary<SpanSketch> = fc.record({
  id,
  parent: fc.option(fc.oneof(id, fc.constant('ff')), { nil: undefined }),
  kind: fc.constantFrom('client', 'server', 'internal'),
  status: fc.constantFrom('unset', 'error'),
  at: fc.integer({ min: -5000, max: 5000 }),
  for: fc.integer({ min: -1000, max: 1000 }),
});

describe('rings, missing parents, shared ids and skewed clocks', () => {
  it('never break or hang a query, and every match is a span of the trace', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 12 }), fc.constantFrom(...QUERIES), (sketches, text) => {
        const spans = spansOf(sketches);
        const store = new TraceStore();
        store.add(spans);
        const { query } = parseQuery(text);
        if (query?.expression.type !== 'pipeline') {
          throw new Error(`not a search: ${text}`);
        }
        for (const { spansets } of evaluatePipeline(query.expression, store, {})) {
          for (const spanset of spansets) {
            const matched = spanset.spans.map(({ span }) => span);
            expect(matched.length).toBeGreaterThan(0);
            expect(new Set(matched).size).toBe(matched.length);
            expect(matched.every((span) => spans.includes(span))).toBe(true);
          }
        }
      }),
      { seed: 20261121, numRuns: 400 }
    );
  });
});
