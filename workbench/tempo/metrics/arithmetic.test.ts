import { betweenSeries, withScalar } from './arithmetic';
import { NAME_LABEL, type Series, textLabel } from './series';

function series(labels: Record<string, string>, ...values: number[]): Series {
  return {
    labels: Object.entries(labels).map(([name, value]) => textLabel(name, value)),
    values: new Float64Array(values),
    exemplars: [{ labels: [], value: values[0], time: BigInt(0) }],
  };
}

function shown(result: Series[]) {
  return result.map(({ labels, values, exemplars }) => ({
    labels: Object.fromEntries(labels.map(({ name, value }) => [name, value?.value])),
    values: [...values],
    exemplars: exemplars.length,
  }));
}

it('names a result after both sides', () => {
  const result = betweenSeries(
    '/',
    [series({ [NAME_LABEL]: 'rate' }, 1, 4)],
    [series({ [NAME_LABEL]: 'count' }, 2, 0)]
  );
  expect(shown(result)).toEqual([{ labels: { [NAME_LABEL]: '(rate / count)' }, values: [0.5, NaN], exemplars: 2 }]);
});

it('brings equal labels together and leaves the rest out', () => {
  const left = [series({ name: 'a' }, 1), series({ name: 'b' }, 2)];
  const right = [series({ name: 'b' }, 10), series({ name: 'c' }, 20)];
  expect(shown(betweenSeries('+', left, right))).toEqual([{ labels: { name: 'b' }, values: [12], exemplars: 2 }]);
});

it.each([
  ['left', [8, 9]],
  ['right', [-8, -9]],
])('a single series on the %s goes with every other', (side, values) => {
  const one = [series({ [NAME_LABEL]: 'rate' }, 10)];
  const many = [series({ name: 'a' }, 2), series({ name: 'b' }, 1)];
  const result = side === 'left' ? betweenSeries('-', one, many) : betweenSeries('-', many, one);
  expect(shown(result)).toEqual([
    { labels: { name: 'a' }, values: [values[0]], exemplars: 1 },
    { labels: { name: 'b' }, values: [values[1]], exemplars: 1 },
  ]);
});

it.each([
  [true, [50, NaN]],
  [false, [0.02, 0]],
])('a number works on samples and exemplars (number on the left: %s)', (onLeft, values) => {
  const [result] = withScalar('/', [series({ name: 'a' }, 2, 0)], 100, onLeft);
  expect([...result.values]).toEqual(values);
  expect(result.exemplars[0].value).toBe(values[0]);
});
