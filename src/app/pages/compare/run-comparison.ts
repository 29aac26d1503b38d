import { type TimeRange } from '@grafana/data';
import { tagNames } from '../../../datasource/tags/tag-names';
import { compareQuery, type ParsedComparison, selectedSpansQuery } from '../../../links/compare/compare-query';
import { countsOfCompareFrames, type SpanCounts } from '../../../links/compare/counts';
import { type RankedAttribute, rankAttributes } from '../../../links/compare/rank-attributes';
import { countsOfSpanTables, sampleQuery } from '../../../links/compare/span-sample';
import { type TagsByScope } from '../../../tempo/types';
import { runTempoQuery, spanSearch } from '../../run-tempo-query';
import { tagSourceOf } from '../search/tag-source';

export interface Comparison {
  /** spans */
  selection: number;
  baseline: number;
  attributes: RankedAttribute[];
  /** The TraceQL that ran */
  queries: string[];
  /** Set when a sample of spans was counted: why compare() could not be had */
  sampledBecause?: string;
}

/** The most frequent values of each attribute that Tempo counts. */
const TOP_VALUES = 20;
/** Of each side; what a search returns without being asked to page. */
const SAMPLED_TRACES = 200;
const SAMPLED_SPANS_PER_TRACE = 20;
/** Attributes that a sample reads: each makes the answer longer. */
const SAMPLED_ATTRIBUTES = 60;
const SAMPLED_INTRINSICS = ['name', 'kind', 'status', 'statusMessage', 'rootName', 'rootServiceName'];

/**
 * Counts with compare(); where the data source refuses that (an old Tempo, metrics switched off, a range longer than it
 * allows), in a sample of both sides that two searches bring.
 * @throws Error for people, when neither answers
 */
export async function runComparison(
  dataSourceUid: string,
  range: TimeRange,
  comparison: ParsedComparison,
  signal: AbortSignal
): Promise<Comparison> {
  const query = compareQuery(comparison, TOP_VALUES);
  let reason: string;
  try {
    const frames = await runTempoQuery(
      dataSourceUid,
      range,
      { queryType: 'traceql', query, metricsQueryType: 'instant', filters: [] },
      signal
    );
    return { ...ranked(countsOfCompareFrames(frames), comparison), queries: [query] };
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    reason = error instanceof Error ? error.message : String(error);
  }
  return { ...(await runSample(dataSourceUid, range, comparison, signal)), sampledBecause: reason };
}

async function runSample(
  dataSourceUid: string,
  range: TimeRange,
  comparison: ParsedComparison,
  signal: AbortSignal
): Promise<Comparison> {
  const attributes = await sampledAttributes(dataSourceUid, range, comparison.query);
  const queries = [selectedSpansQuery(comparison), comparison.query].map((query) => sampleQuery(query, attributes));
  const [selected, all] = await Promise.all(
    queries.map((query) =>
      runTempoQuery(dataSourceUid, range, spanSearch(query, SAMPLED_TRACES, SAMPLED_SPANS_PER_TRACE), signal)
    )
  );
  return { ...ranked(countsOfSpanTables(selected, all, attributes), comparison), queries };
}

/** Without the list of tags the sample still tells names, kinds and states apart. */
async function sampledAttributes(dataSourceUid: string, range: TimeRange, query: string): Promise<string[]> {
  const tags: TagsByScope[] =
    (await tagSourceOf(dataSourceUid)
      ?.names({ range, query })
      .catch(() => [])) ?? [];
  const own = tagNames(tags.filter(({ scope }) => scope === 'resource' || scope === 'span'));
  return [...SAMPLED_INTRINSICS, ...own].slice(0, SAMPLED_ATTRIBUTES);
}

function ranked(counts: SpanCounts, { named }: ParsedComparison): Omit<Comparison, 'queries'> {
  return {
    selection: counts.selection,
    baseline: counts.baseline,
    attributes: rankAttributes(counts, named),
  };
}
