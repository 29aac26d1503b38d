import { overridden } from '../../../servicegraph/dialect-override';
import { chooseDialect, probeExpression, type ProbeResult } from '../../../servicegraph/probe';
import { withLabel } from '../../../servicegraph/promql-text';
import { recordedName } from '../../../servicegraph/recorded';
import { type Answer, answered } from '../answer';
import { mapped } from '../tempo-probes';
import { type PrometheusTarget, query, selector } from './query';

export interface SeriesFacts extends ProbeResult {
  /** Names of the known series that had samples in the last hour */
  names: string[];
  /** s since the newest sample of each counter; undefined for one without a sample in the last 5 minutes */
  ages: Array<{ name: string; seconds: number | undefined }>;
}

const HOUR_S = 3600;
const NAME_LABEL = 'counter';

/** Which of the known series there are, and how old their samples. */
export async function probeSeries(target: PrometheusTarget): Promise<Answer<SeriesFacts>> {
  const present = await query(target, probeExpression(HOUR_S));
  if (!present.ok) {
    return present;
  }
  const names = [...new Set(present.value.flatMap(({ labels }) => labels.__name__ ?? []))];
  const hasFailedLabel = present.value.some(({ labels }) => Boolean(labels.failed));
  const chosen = await withOwnNames(target, chooseDialect(names, hasFailedLabel), names);
  const ages = await probeAges(target, countersOf(chosen, names));
  return ages.ok ? answered({ ...chosen, names, ages: ages.value }) : ages;
}

/** Names that the settings give are looked for as well: `names` gets those that exist. */
async function withOwnNames(target: PrometheusTarget, found: ProbeResult, names: string[]): Promise<ProbeResult> {
  const { override = {} } = target;
  if (Object.keys(override).length === 0) {
    return found;
  }
  const chosen = overridden(found, override);
  const { dialect } = chosen;
  const histograms = [dialect.serverLatency, ...(dialect.spanMetrics ? [dialect.spanMetrics.latency] : [])];
  const wanted = [
    dialect.requests,
    ...(dialect.spanMetrics ? [dialect.spanMetrics.calls] : []),
    ...histograms.flatMap((name) => [name, `${name}_bucket`]),
  ].filter((name) => !names.includes(name));
  if (wanted.length > 0) {
    const own = await query(target, `max by (__name__) (last_over_time(${selector(wanted)}[${HOUR_S}s]))`);
    names.push(...(own.ok ? own.value.flatMap(({ labels }) => labels.__name__ ?? []) : []));
  }
  const hasGraph = names.includes(dialect.requests) || names.includes(recordedName(dialect.requests));
  return { ...chosen, found: hasGraph };
}

/** Of the service graph and of span metrics; where only recorded rates are left, those. */
function countersOf({ found, dialect }: ProbeResult, names: string[]): string[] {
  const requests = names.includes(dialect.requests) ? dialect.requests : recordedName(dialect.requests);
  return [...(found ? [requests] : []), ...(dialect.spanMetrics ? [dialect.spanMetrics.calls] : [])];
}

async function probeAges(target: PrometheusTarget, counters: string[]): Promise<Answer<SeriesFacts['ages']>> {
  if (counters.length === 0) {
    return answered([]);
  }
  // timestamp() drops the name, so it is written to a label.
  const newest = counters
    .map((name) => withLabel(NAME_LABEL, name, `max(timestamp(${selector([name])}))`))
    .join(' or ');
  return mapped(await query(target, newest), (rows) =>
    counters.map((name) => {
      const row = rows.find(({ labels }) => labels[NAME_LABEL] === name);
      return { name, seconds: row && Number.isFinite(row.value) ? Math.max(0, row.time - row.value) : undefined };
    })
  );
}
