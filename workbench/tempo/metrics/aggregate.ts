import { type MetricsAggregate, type MetricsFunction, type MetricsQuery } from '../../../src/traceql/ast';
import { referencesOf } from '../../../src/traceql/walk';
import { type Field, shownTraceId, type TypedValue } from '../engine';
import { groupKey } from '../engine/values';

import { type Accumulator, type AccumulatorKind, createAccumulator } from './accumulators';
import { ExemplarSampler } from './exemplars';
import { bucketReader, fieldName, numberReader, readGroup, readValue } from './field-values';
import { forEachSpan, type MatchedSpan, type MetricsInput } from './matched-spans';
import { quantileSeries } from './quantiles';
import {
  BUCKET_LABEL,
  type Exemplar,
  NAME_LABEL,
  numberLabel,
  type Series,
  type SeriesLabel,
  textLabel,
} from './series';

const ACCUMULATORS: Record<MetricsFunction, AccumulatorKind> = {
  rate: 'rate',
  count_over_time: 'count',
  histogram_over_time: 'count',
  quantile_over_time: 'count',
  min_over_time: 'min',
  max_over_time: 'max',
  sum_over_time: 'sum',
  avg_over_time: 'avg',
};
/** These draw exemplars at the value that they measure, the others at the sample's. */
const MEASURES: ReadonlySet<MetricsFunction> = new Set([
  'min_over_time',
  'max_over_time',
  'sum_over_time',
  'avg_over_time',
  'quantile_over_time',
]);

interface Group {
  values: Array<TypedValue | undefined>;
  bucket?: number;
  accumulator: Accumulator;
  exemplars: Exemplar[];
}

/** The series of one metrics function, before `topk()` and the like. */
export function aggregate(query: MetricsQuery, metrics: MetricsAggregate, input: MetricsInput): Series[] {
  const groups = observeSpans(query, metrics, input);
  const series = groups.map((group) => toSeries(group, metrics)).filter(hasSamples);
  return metrics.function === 'quantile_over_time' ? quantileSeries(series, metrics.quantiles) : series;
}

function observeSpans(query: MetricsQuery, metrics: MetricsAggregate, input: MetricsInput): Group[] {
  const { axis, maxSeries } = input;
  const bucketed = metrics.function === 'histogram_over_time' || metrics.function === 'quantile_over_time';
  const bucketOf = bucketReader(metrics.field);
  const numberOf = numberReader(metrics.field);
  const exemplarOf = exemplarReader(query, metrics);
  const sampler = new ExemplarSampler(axis, input.exemplars);
  const grouped = bucketed || metrics.by.length > 0;
  const groups = new Map<string, Group>();
  const groupOf = (values: Array<TypedValue | undefined>, bucket: number | undefined) => {
    const key = values.map(groupKey).join('\u0000') + (bucket === undefined ? '' : `\u0001${bucket}`);
    let group = groups.get(key);
    if (!group) {
      const accumulator = createAccumulator(ACCUMULATORS[metrics.function], axis.intervals, axis.stepSeconds);
      group = { values, bucket, accumulator, exemplars: [] };
      groups.set(key, group);
    }
    return group;
  };
  if (!grouped) {
    // There is one series even when nothing matches.
    groupOf([], undefined);
  }
  let wantsExemplar = false;
  forEachSpan(query.pipeline, input, (span, interval, isFirst) => {
    wantsExemplar ||= isFirst;
    const bucket = bucketed ? bucketOf(span) : undefined;
    if (bucketed && bucket === undefined) {
      return;
    }
    const group = groupOf(readGroup(span, metrics.by, !bucketed), bucket);
    const value = numberOf(span);
    group.accumulator.observe(interval, value);
    const isMeasured = !MEASURES.has(metrics.function) || !Number.isNaN(value);
    if (wantsExemplar && isMeasured) {
      // One for each trace.
      wantsExemplar = false;
      if (sampler.accept(span.span.startTimeUnixNano)) {
        group.exemplars.push(exemplarOf(span, value));
      }
    }
    return grouped && maxSeries > 0 && groups.size >= maxSeries ? 'stop' : undefined;
  });
  return [...groups.values()];
}

function toSeries({ values, bucket, accumulator, exemplars }: Group, metrics: MetricsAggregate): Series {
  return { labels: labelsOf(values, bucket, metrics), values: accumulator.values(), exemplars };
}

/** Missing values have no label. */
function labelsOf(
  values: ReadonlyArray<TypedValue | undefined>,
  bucket: number | undefined,
  { by, function: name }: MetricsAggregate
): SeriesLabel[] {
  const labels = by
    .map((field, i): SeriesLabel => ({ name: fieldName(field), value: values[i] }))
    .filter(({ value }) => value !== undefined);
  if (bucket !== undefined) {
    return [...labels, numberLabel(BUCKET_LABEL, bucket)];
  }
  return labels.length > 0 ? labels : [textLabel(NAME_LABEL, name)];
}

/** Exemplars carry the trace and what the query itself looks at. */
function exemplarReader(
  query: MetricsQuery,
  metrics: MetricsAggregate
): (span: MatchedSpan, value: number) => Exemplar {
  const fields = new Map<string, Field>();
  for (const field of [...(metrics.field ? [metrics.field] : []), ...metrics.by, ...conditionFields(query)]) {
    fields.set(fieldName(field), field);
  }
  return (span, value) => {
    const labels: SeriesLabel[] = [textLabel('trace:id', shownTraceId(span.trace.traceId))];
    for (const [name, field] of fields) {
      const found = readValue(span, field);
      if (found) {
        labels.push({ name, value: found });
      }
    }
    const time = span.span.startTimeUnixNano;
    return { labels, value: MEASURES.has(metrics.function) ? value : NaN, time };
  };
}

/** What the query's conditions look at. */
function conditionFields({ pipeline }: MetricsQuery): readonly Field[] {
  return referencesOf({ type: 'query', expression: pipeline, hints: [], from: pipeline.from, to: pipeline.to });
}

function hasSamples({ values }: Series): boolean {
  return values.some((value) => !Number.isNaN(value));
}
