import { type MetricsSecondStage } from '../../../src/traceql/ast';

import { applySecondStages } from './second-stage';
import { type Series, textLabel } from './series';

const AT = { from: 0, to: 0 };
const topk = (limit: number): MetricsSecondStage => ({ type: 'topk', limit, ...AT });
const bottomk = (limit: number): MetricsSecondStage => ({ type: 'bottomk', limit, ...AT });
const above = (value: number): MetricsSecondStage => ({ type: 'metricsFilter', operator: '>', value, ...AT });

function series(name: string, ...values: number[]): Series {
  return { labels: [textLabel('name', name)], values: new Float64Array(values), exemplars: [] };
}

function shown(result: Series[]): Record<string, number[]> {
  return Object.fromEntries(result.map(({ labels, values }) => [labels[0].value?.value, [...values]]));
}

const INPUT = [series('a', 1, 5, 3), series('b', 2, 5, NaN), series('c', 3, 1, 3)];

it('topk chooses anew at each step; of equal values the first in the alphabet', () => {
  expect(shown(applySecondStages(INPUT, [topk(1)]))).toEqual({ c: [3, NaN, NaN], a: [NaN, 5, 3] });
});

it('bottomk chooses anew at each step; of equal values the last in the alphabet', () => {
  expect(shown(applySecondStages(INPUT, [bottomk(1)]))).toEqual({ a: [1, NaN, NaN], c: [NaN, 1, 3] });
});

it('a comparison leaves samples out, and series without any', () => {
  expect(shown(applySecondStages(INPUT, [above(3)]))).toEqual({ a: [NaN, 5, NaN], b: [NaN, 5, NaN] });
});

it('stages follow one another', () => {
  expect(shown(applySecondStages(INPUT, [topk(2), above(2), bottomk(1)]))).toEqual({
    b: [NaN, 5, NaN],
    c: [3, NaN, 3],
  });
});

it('leaves its input alone', () => {
  applySecondStages(INPUT, [above(100)]);
  expect([...INPUT[0].values]).toEqual([1, 5, 3]);
});
