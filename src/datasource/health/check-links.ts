import { type DataSourceApi, dateTime, type TimeRange } from '@grafana/data';
import { exemplarDestinations } from '../../links/core-contracts';
import { TRACE_ID_NAMES } from '../../links/exemplars';
import { t } from '../../i18n/translate';
import { probeDialect } from '../../servicegraph/probe';
import { runPromqlOn } from '../service-map/run-promql-on-datasource';

const PROBE_RANGE_MS = 60 * 60 * 1000;

export interface LinkedServices {
  /** Of the data source that is checked */
  uid: string;
  /** '' when none was chosen */
  serviceMapDatasourceUid: string;
  loadDataSource: (uid: string) => Promise<Pick<DataSourceApi, 'name' | 'query' | 'getRef'>>;
  /** Settings of a data source, for its links; undefined when there is none */
  jsonDataOf: (uid: string) => unknown;
}

/** What the metrics data source has for the service graph and whether its exemplars lead here: a sentence each. */
export async function checkLinks(services: LinkedServices, nowMs: number): Promise<string[]> {
  if (!services.serviceMapDatasourceUid) {
    return [];
  }
  return [await serviceGraphState(services, nowMs), exemplarState(services)];
}

async function serviceGraphState(
  { serviceMapDatasourceUid, loadDataSource }: LinkedServices,
  nowMs: number
): Promise<string> {
  try {
    const source = await loadDataSource(serviceMapDatasourceUid);
    const range = { from: nowMs - PROBE_RANGE_MS, to: nowMs };
    const runPromQL = runPromqlOn(source, {
      range: timeRange(range),
      scopedVars: {},
      timezone: 'utc',
      interval: '1m',
      intervalMs: 60_000,
      startTime: nowMs,
      requestId: 'traceatlas-health',
    });
    const { found, dialect } = await probeDialect(runPromQL, range, new AbortController().signal);
    return found
      ? t('traceatlas.datasource.health.graph-found', 'Service graph: {{name}} has metrics ({{producer}}).', {
          name: source.name,
          producer: dialect.name,
        })
      : t(
          'traceatlas.datasource.health.graph-missing',
          "Service graph: {{name}} has no service graph metrics of the last hour. Run Tempo's metrics generator with the service-graphs processor and let it write there.",
          { name: source.name }
        );
  } catch (error) {
    return t('traceatlas.datasource.health.graph-failed', 'Service graph: the metrics cannot be read: {{reason}}', {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Tempo's metrics generator writes the first name, SDKs and Collectors the second. */
function exemplarState({ uid, serviceMapDatasourceUid, jsonDataOf }: LinkedServices): string {
  const linked = exemplarDestinations(jsonDataOf(serviceMapDatasourceUid))
    .filter(({ datasourceUid }) => datasourceUid === uid)
    .map(({ name }) => name);
  const missing = TRACE_ID_NAMES.slice(0, 2).filter((name) => !linked.includes(name));
  return missing.length === 0
    ? t('traceatlas.datasource.health.exemplars', 'Exemplars of that data source lead to this one.')
    : t(
        'traceatlas.datasource.health.exemplars-missing',
        'Exemplars labelled {{names}} do not lead here: add them under "Exemplars" in the settings of that metrics data source.',
        { names: missing.join(', ') }
      );
}

function timeRange({ from, to }: { from: number; to: number }): TimeRange {
  const range = { from: dateTime(from), to: dateTime(to) };
  return { ...range, raw: range };
}
