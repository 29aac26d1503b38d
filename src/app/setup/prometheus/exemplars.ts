import { type Answer, failed } from '../answer';
import { type ExemplarFacts, exemplarFacts, exemplarSchema } from '../exemplar-facts';
import { readBody } from '../http';
import { mapped } from '../tempo-probes';
import { askPrometheus, type PrometheusTarget, selector } from './query';
import { type SeriesFacts } from './series';

/** s */
const EXEMPLAR_WINDOWS_S = [10 * 60, 60 * 60];

/** Series that can carry exemplars: buckets of classic histograms, and native histograms. */
function exemplarSeries({ dialect, found, names }: SeriesFacts): string[] {
  const bases = [
    ...(found ? [dialect.serverLatency, ...(dialect.clientLatency ? [dialect.clientLatency] : [])] : []),
    ...(dialect.spanMetrics ? [dialect.spanMetrics.latency] : []),
  ];
  return bases.flatMap((base) => [
    ...(names.includes(`${base}_count`) ? [`${base}_bucket`] : []),
    ...(names.includes(base) ? [base] : []),
  ]);
}

/** The last minutes first: an hour of exemplars may be many. */
export async function probeExemplars(target: PrometheusTarget, facts: SeriesFacts): Promise<Answer<ExemplarFacts>> {
  const names = exemplarSeries(facts);
  if (names.length === 0) {
    return failed('missing', 'no latency histogram');
  }
  const end = target.nowMs / 1000;
  let seen: Answer<ExemplarFacts> = failed('missing', 'no latency histogram');
  for (const window of EXEMPLAR_WINDOWS_S) {
    const reply = await askPrometheus(target, 'query_exemplars', {
      query: selector(names),
      start: end - window,
      end,
    });
    seen = mapped(readBody(reply, exemplarSchema), ({ data }) => exemplarFacts(data));
    if (!seen.ok || seen.value.count > 0) {
      return seen;
    }
  }
  return seen;
}
