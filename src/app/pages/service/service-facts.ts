/** What is asked once of a service, before its numbers: the labels of its series, and its namesakes. */
import { type DataFrame, FieldType, type TimeRange } from '@grafana/data';
import { requestsCondition } from '../../../links/requests-of-service';
import { namespacesOfSeries, sampleSeries } from '../../../servicegraph/service-promql';
import { promqlRunner } from '../../run-promql';
import { runTempoQuery } from '../../run-tempo-query';
import { type ServiceSource } from './service-source';

interface Asked {
  service: string;
  source: ServiceSource;
  range: TimeRange;
  /** uids */
  tempo?: string;
  prometheus?: string;
  signal: AbortSignal;
}

function secondsOf({ from, to }: TimeRange): number {
  return Math.max(1, Math.round((to.valueOf() - from.valueOf()) / 1000));
}

/** Names of the labels of some series; none where there are no series. */
export async function seriesLabels({ service, source, range, prometheus, signal }: Asked): Promise<string[]> {
  if (source.kind !== 'promql' || prometheus === undefined) {
    return [];
  }
  const expr = sampleSeries(source.metrics.names, { service }, secondsOf(range));
  const answers = await promqlRunner(prometheus, range)([{ refId: 'labels', expr, instant: true }], signal);
  return [...new Set((answers.labels ?? []).flatMap((row) => Object.keys(row.labels)))];
}

/** The namespaces in which there is a service of this name, in order. */
export async function namespacesOfService(asked: Asked): Promise<string[]> {
  const { service, source, range, tempo, prometheus, signal } = asked;
  if (source.kind === 'promql' && prometheus !== undefined) {
    const expr = namespacesOfSeries(source.metrics.names, service, secondsOf(range));
    const { namespaces = [] } = await promqlRunner(prometheus, range)(
      [{ refId: 'namespaces', expr, instant: true }],
      signal
    );
    return named(namespaces.map(({ labels }) => labels[source.metrics.names.namespaceLabel]));
  }
  if (tempo === undefined) {
    return [];
  }
  const query = `{ ${requestsCondition({ service })} } | count_over_time() by (${NAMESPACE})`;
  const instant: Parameters<typeof runTempoQuery>[2] = {
    queryType: 'traceql',
    query,
    metricsQueryType: 'instant',
    filters: [],
  };
  return namespacesOfFrames(await runTempoQuery(tempo, range, instant, signal));
}

const NAMESPACE = 'resource.service.namespace';

/** Out of the answer of TraceQL metrics `by (resource.service.namespace)`; Grafana's Tempo quotes the values. */
export function namespacesOfFrames(frames: readonly DataFrame[]): string[] {
  const values = frames
    .flatMap(({ fields }) => fields)
    .filter(({ type }) => type === FieldType.number)
    .map(({ labels }) => labels?.[NAMESPACE]?.replace(/^"(.*)"$/, '$1'));
  return named(values.filter((value) => value !== 'nil' && value !== '<nil>'));
}

function named(values: ReadonlyArray<string | undefined>): string[] {
  return [...new Set(values.flatMap((value) => value || []))].sort();
}
