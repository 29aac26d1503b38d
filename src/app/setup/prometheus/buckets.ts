import { type Answer, answered } from '../answer';
import { mapped } from '../tempo-probes';
import { type PrometheusTarget, query, type Row, selector } from './query';
import { type SeriesFacts } from './series';

export interface Bucket {
  /** Upper bound in the histogram's own unit; Infinity for the last one */
  le: number;
  /** Observations in this bucket alone */
  count: number;
}

export interface HistogramFacts {
  /** Without suffix */
  name: string;
  unit: 's' | 'ms';
  /** Of the service graph, or of span metrics */
  of: 'edges' | 'spans';
  /** Ascending */
  buckets: Bucket[];
}

const BUCKET_WINDOW = '15m';

type KnownHistogram = Omit<HistogramFacts, 'buckets'>;

/** Histograms with buckets of their own; native ones resolve all latencies. */
function classicHistograms({ dialect, found, names }: SeriesFacts): KnownHistogram[] {
  const { spanMetrics } = dialect;
  const known: KnownHistogram[] = [
    ...(found ? [{ name: dialect.serverLatency, unit: dialect.unit, of: 'edges' as const }] : []),
    ...(spanMetrics ? [{ name: spanMetrics.latency, unit: spanMetrics.unit, of: 'spans' as const }] : []),
  ];
  return known.filter(({ name }) => names.includes(`${name}_count`));
}

export async function probeBuckets(target: PrometheusTarget, facts: SeriesFacts): Promise<Answer<HistogramFacts[]>> {
  const answers = await Promise.all(
    classicHistograms(facts).map(async (histogram) => {
      // The end that is not instrumented counts as 0 s, which says nothing about latencies.
      const matcher = histogram.of === 'edges' ? ', connection_type!="virtual_node"' : '';
      const buckets = selector([`${histogram.name}_bucket`], matcher);
      const answer = await query(target, `sum by (le) (increase(${buckets}[${BUCKET_WINDOW}]))`);
      return mapped(answer, (rows): HistogramFacts => ({ ...histogram, buckets: bucketsOf(rows) }));
    })
  );
  const histograms: HistogramFacts[] = [];
  for (const answer of answers) {
    if (!answer.ok) {
      return answer;
    }
    histograms.push(answer.value);
  }
  return answered(histograms);
}

/** Prometheus' buckets each hold all smaller ones; rows with a bound or count that is no number are left out. */
export function bucketsOf(rows: Array<Pick<Row, 'labels' | 'value'>>): Bucket[] {
  const cumulative = rows
    .map(({ labels, value }) => ({ le: boundOf(labels.le), count: value }))
    .filter(({ le, count }) => !Number.isNaN(le) && Number.isFinite(count))
    .sort((a, b) => a.le - b.le);
  return cumulative.map(({ le, count }, index) => ({
    le,
    count: Math.max(0, count - (cumulative[index - 1]?.count ?? 0)),
  }));
}

function boundOf(text: string | undefined): number {
  return text === '+Inf' ? Infinity : text ? Number(text) : NaN;
}
