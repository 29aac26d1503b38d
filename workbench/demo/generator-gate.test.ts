import { GeneratorGate } from './generator-gate';

test('keeps the present back until the past is through', () => {
  const pushed: number[] = [];
  const gate = new GeneratorGate({
    push: (_spans, nowMs) => pushed.push(nowMs),
    collect: () => ({ timeseries: [{ labels: [], samples: [], exemplars: [], histograms: [] }] }),
  });
  gate.push([], 1);
  gate.push([], 2);
  expect(pushed).toEqual([]);
  expect(gate.collect(3).timeseries).toEqual([]);
  gate.open();
  gate.push([], 4);
  expect(pushed).toEqual([1, 2, 4]);
  expect(gate.collect(5).timeseries).toHaveLength(1);
});
