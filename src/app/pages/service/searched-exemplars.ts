import { dateTime, type TimeRange } from '@grafana/data';
import { type ExemplarPoint, exemplarPointsOfSpans } from '../../../links/exemplar-points';
import { type SpanSelection, spansQuery } from '../../../servicegraph/traces-of';
import { runTempoQuery, spanSearch } from '../../run-tempo-query';

/** Slices of the range that are searched, so that the points are not all from its end. */
const SLICES = 6;
const TRACES_PER_SLICE = 20;
const SPANS_PER_TRACE = 3;

export function searchedExemplarsQuery(spans: SpanSelection): string {
  return `${spansQuery(spans)} | select(status, name)`;
}

/** Some requests of the range, for producers that write no exemplars. @param query a `searchedExemplarsQuery` */
export async function searchExemplars(
  dataSourceUid: string,
  range: TimeRange,
  query: string,
  signal: AbortSignal
): Promise<ExemplarPoint[]> {
  const [from, to] = [range.from.valueOf(), range.to.valueOf()];
  const target = spanSearch(query, TRACES_PER_SLICE, SPANS_PER_TRACE);
  const slices = Array.from({ length: SLICES }, (_, index) => {
    const slice = {
      from: dateTime(from + ((to - from) * index) / SLICES),
      to: dateTime(from + ((to - from) * (index + 1)) / SLICES),
    };
    return runTempoQuery(dataSourceUid, { ...slice, raw: slice }, target, signal);
  });
  return exemplarPointsOfSpans((await Promise.all(slices)).flat());
}
