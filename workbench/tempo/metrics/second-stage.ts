import { type ComparisonOperator, type MetricsSecondStage } from '../../../src/traceql/ast';
import { compareText } from '../engine/values';

import { labelValue, type Series } from './series';

/** `| topk(5)`, `| bottomk(3)`, `> 10`, one after the other. */
export function applySecondStages(series: Series[], stages: readonly MetricsSecondStage[]): Series[] {
  return stages.reduce(applyStage, series);
}

function applyStage(series: Series[], stage: MetricsSecondStage): Series[] {
  switch (stage.type) {
    case 'topk':
      return pick(series, stage.limit, (a, b) => b.value - a.value || compareLabels(a.series, b.series));
    case 'bottomk':
      // Of equal values Tempo keeps the last in the alphabet here.
      return pick(series, stage.limit, (a, b) => a.value - b.value || compareLabels(b.series, a.series));
    case 'metricsFilter':
      return filter(series, comparisonWith(stage.operator, stage.value));
  }
}

interface Candidate {
  series: Series;
  value: number;
}

/** Chooses anew at each step, so that there can be more series than `limit` in the end. */
function pick(series: Series[], limit: number, order: (a: Candidate, b: Candidate) => number): Series[] {
  const picked = new Map<Series, Float64Array>();
  const steps = series.reduce((most, { values }) => Math.max(most, values.length), 0);
  for (let step = 0; step < steps; step++) {
    const candidates = series
      .map((one): Candidate => ({ series: one, value: one.values[step] }))
      .filter(({ value }) => !Number.isNaN(value))
      .sort(order);
    for (const { series: one, value } of candidates.slice(0, limit)) {
      const values = picked.get(one) ?? new Float64Array(steps).fill(NaN);
      values[step] = value;
      picked.set(one, values);
    }
  }
  return [...picked].map(([{ labels }, values]) => ({ labels, values, exemplars: [] }));
}

function compareLabels(a: Series, b: Series): number {
  for (let i = 0; i < Math.min(a.labels.length, b.labels.length); i++) {
    const [left, right] = [labelValue(a.labels[i]), labelValue(b.labels[i])];
    const texts = [left, right].map((value) => (value.type === 'string' ? value.value : ''));
    const order = compareText(texts[0], texts[1]) || compareText(a.labels[i].name, b.labels[i].name);
    if (order !== 0) {
      return order;
    }
    if (left.type !== right.type) {
      return left.type < right.type ? -1 : 1;
    }
    const numbers = [left, right].map((value) =>
      value.type === 'string' || value.type === 'empty' ? 0 : Number(value.value)
    );
    if (numbers[0] !== numbers[1]) {
      // The greater number counts as the earlier.
      return numbers[0] > numbers[1] ? -1 : 1;
    }
  }
  return 0;
}

/** Samples that do not fit are left out; a series without any goes. Exemplars must fit by themselves. */
function filter(series: Series[], fits: (value: number) => boolean): Series[] {
  const kept: Series[] = [];
  for (const one of series) {
    const values = one.values.map((value) => (fits(value) ? value : NaN));
    if (values.some((value) => !Number.isNaN(value))) {
      kept.push({ labels: one.labels, values, exemplars: one.exemplars.filter(({ value }) => fits(value)) });
    }
  }
  return kept;
}

function comparisonWith(operator: ComparisonOperator, limit: number): (value: number) => boolean {
  switch (operator) {
    case '>':
      return (value) => value > limit;
    case '>=':
      return (value) => value >= limit;
    case '<':
      return (value) => value < limit;
    case '<=':
      return (value) => value <= limit;
    case '=':
      return (value) => value === limit;
    case '!=':
      return (value) => !Number.isNaN(value) && value !== limit;
    default:
      return () => false;
  }
}
