/** Changes of a data source's settings, as data: shown as a difference first, then saved. */
import { type ExemplarDestination, exemplarDestinations } from '../../links/core-contracts';
import { type HistogramKind, type SpanMetricNames } from '../../servicegraph/dialect';
import { type JsonData } from './data-sources';
import { type DiffLine, diffLines } from './diff';
import { toYaml } from './yaml';

export interface SettingsChange {
  dataSourceUid: string;
  dataSourceName: string;
  /** The keys of jsonData that change, with their new values; the others stay as they are */
  set: JsonData;
}

export function applyChange(jsonData: JsonData, { set }: Pick<SettingsChange, 'set'>): JsonData {
  return { ...jsonData, ...set };
}

/** What changes, as provisioning YAML. Keys that stay are not shown: their values are nobody's business here. */
export function changeDiff(jsonData: JsonData, { set }: Pick<SettingsChange, 'set'>): DiffLine[] {
  const before = Object.fromEntries(Object.entries(jsonData).filter(([key]) => key in set));
  const text = (data: JsonData) => (Object.keys(data).length === 0 ? '' : toYaml({ jsonData: inOrder(data) }));
  return diffLines(text(before), text(set));
}

/** Grafana returns keys in an order of its own, which is no difference. Names come first, as people write them. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).sort(
    ([a], [b]) => Number(b === 'name') - Number(a === 'name') || a.localeCompare(b)
  );
  return Object.fromEntries(entries.map(([key, member]) => [key, inOrder(member)]));
}

/** Every label leads to this Tempo; entries for other labels, and URLs, stay. */
export function exemplarDestinationsTo(jsonData: JsonData, labels: readonly string[], tempoUid: string): JsonData {
  const present = exemplarDestinations(jsonData);
  const kept = present.filter(({ name, url }) => !labels.includes(name) || url);
  const wanted = labels.map((name): ExemplarDestination => ({ name, datasourceUid: tempoUid }));
  return { exemplarTraceIdDestinations: [...kept, ...wanted] };
}

export function serviceMapFrom(prometheusUid: string): JsonData {
  return { serviceMap: { datasourceUid: prometheusUid } };
}

/** Request rate and p95 of the span's service and operation, in this producer's names. */
export function traceToMetrics(
  prometheusUid: string,
  { calls, latency, serviceLabel }: SpanMetricNames,
  histogram: HistogramKind
): JsonData {
  const buckets =
    histogram === 'native'
      ? `histogram_quantile(0.95, sum(rate(${latency}{$__tags}[5m])))`
      : `histogram_quantile(0.95, sum by (le) (rate(${latency}_bucket{$__tags}[5m])))`;
  return {
    tracesToMetrics: {
      datasourceUid: prometheusUid,
      spanStartTimeShift: '-15m',
      spanEndTimeShift: '15m',
      tags: [{ key: 'service.name', value: serviceLabel }],
      queries: [
        { name: 'Request rate', query: `sum by (span_name) (rate(${calls}{$__tags}[5m]))` },
        { name: 'p95 latency', query: buckets },
      ],
    },
  };
}

export function traceToLogs(logsUid: string): JsonData {
  return {
    tracesToLogsV2: {
      datasourceUid: logsUid,
      spanStartTimeShift: '-5m',
      spanEndTimeShift: '5m',
      tags: [{ key: 'service.name', value: 'service_name' }],
      filterByTraceID: true,
      filterBySpanID: false,
      customQuery: false,
    },
  };
}

/** Grafana needs a profile type; this is the CPU time of Pyroscope's Go, Java, .NET and eBPF profilers. */
export function traceToProfiles(profilesUid: string): JsonData {
  return {
    tracesToProfiles: {
      datasourceUid: profilesUid,
      tags: [{ key: 'service.name', value: 'service_name' }],
      profileTypeId: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
      customQuery: false,
    },
  };
}
