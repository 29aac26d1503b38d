/** Changes of a data source's settings, as data: shown as a difference first, then saved. */
import { type ExemplarDestination, exemplarDestinations } from '../../links/core-contracts';
import { type HistogramKind, spanLabels, type SpanMetricNames } from '../../servicegraph/dialect';
import { labelName, selector, sumBy } from '../../servicegraph/promql-text';
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

/** A selector for the span's tags; names that PromQL does not know as such stand in the braces, in quotes. */
function selectorOfSpan(metric: string): string {
  const plain = selector(metric);
  return plain.endsWith('}') ? plain.replace(/}$/, ', $__tags}') : `${plain}{$__tags}`;
}

/** Request rate and p95 of the span's service by operation, in this producer's names. @param histogram of `latency` */
export function traceToMetrics(
  prometheusUid: string,
  names: SpanMetricNames,
  histogram: HistogramKind = names.histogram ?? 'classic'
): JsonData {
  const { calls, latency, serviceLabel } = names;
  const rate = (metric: string) => `rate(${selectorOfSpan(metric)}[5m])`;
  const latencies = histogram === 'native' ? `sum(${rate(latency)})` : sumBy(['le'], rate(`${latency}_bucket`));
  return {
    tracesToMetrics: {
      datasourceUid: prometheusUid,
      spanStartTimeShift: '-15m',
      spanEndTimeShift: '15m',
      // Grafana puts the label before the value as it is.
      tags: [{ key: 'service.name', value: labelName(serviceLabel) }],
      queries: [
        { name: 'Request rate', query: sumBy([spanLabels(names).operation], rate(calls)) },
        { name: 'p95 latency', query: `histogram_quantile(0.95, ${latencies})` },
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
