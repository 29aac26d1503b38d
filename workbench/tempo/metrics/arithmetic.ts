import { type MetricsOperation } from '../../../src/traceql/ast';

import { type Exemplar, NAME_LABEL, type Series, seriesKey, type SeriesLabel } from './series';

type Operator = MetricsOperation['operator'];

/** A division by zero gives no sample. */
function calculate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? NaN : left / right;
  }
}

export function withScalar(
  operator: Operator,
  series: readonly Series[],
  scalar: number,
  scalarOnLeft: boolean
): Series[] {
  const apply = (value: number) =>
    scalarOnLeft ? calculate(operator, scalar, value) : calculate(operator, value, scalar);
  return series.map(({ labels, values, exemplars }) => ({
    labels,
    values: values.map(apply),
    exemplars: exemplars.map((exemplar) => ({ ...exemplar, value: apply(exemplar.value) })),
  }));
}

/**
 * Brings together the series with equal labels. A series without labels on one side goes with every series of the other.
 * What has no counterpart is left out.
 */
export function betweenSeries(operator: Operator, left: readonly Series[], right: readonly Series[]): Series[] {
  const lefts = byKey(left);
  const rights = byKey(right);
  const leading = rights.has(ALONE) ? lefts : rights;
  const result: Series[] = [];
  for (const key of leading.keys()) {
    const a = lefts.get(key) ?? lefts.get(ALONE);
    const b = rights.get(key) ?? rights.get(ALONE);
    if (a && b) {
      result.push({
        labels: mergeLabels(operator, a.labels, b.labels),
        values: a.values.map((value, i) => calculate(operator, value, b.values[i])),
        exemplars: mergeExemplars(key, lefts, rights),
      });
    }
  }
  return result;
}

/** The key of a series without labels, but for its name. */
const ALONE = '';

function byKey(series: readonly Series[]): Map<string, Series> {
  return new Map(series.map((one) => [seriesKey(one.labels), one]));
}

/** Of a series that goes with every other, the exemplars would be repeated: only the other side's count. */
function mergeExemplars(key: string, lefts: Map<string, Series>, rights: Map<string, Series>): Exemplar[] {
  const [left, right] = [lefts.get(key), rights.get(key)];
  return [...(left?.exemplars ?? []), ...(right?.exemplars ?? [])];
}

function mergeLabels(operator: Operator, left: readonly SeriesLabel[], right: readonly SeriesLabel[]): SeriesLabel[] {
  const merged = left.filter(({ name }) => name !== NAME_LABEL);
  for (const label of right) {
    if (label.name !== NAME_LABEL && !merged.some(({ name }) => name === label.name)) {
      merged.push(label);
    }
  }
  const [leftName, rightName] = [nameOf(left), nameOf(right)];
  if (leftName !== undefined && rightName !== undefined) {
    merged.unshift({ name: NAME_LABEL, value: { type: 'string', value: `(${leftName} ${operator} ${rightName})` } });
  }
  return merged;
}

function nameOf(labels: readonly SeriesLabel[]): string | undefined {
  const value = labels.find(({ name }) => name === NAME_LABEL)?.value;
  return value?.type === 'string' ? value.value : undefined;
}
