/** The numbers of one call: from the service graph's series, or TraceQL metrics where there are none. */
import { VARIABLES } from '../../../constants';
import { callFailedRate, callHeatmap, callQuantile, callRate } from '../../../servicegraph/call-promql';
import { type MetricsDialect } from '../../../servicegraph/dialect';
import { readServiceId, type Service, type ServiceGraph, serviceId } from '../../../servicegraph/model';
import { type CallEnds } from '../../../servicegraph/service-matchers';
import { requestsOfCall } from '../../../servicegraph/traces-of';
import { type RequestsScope } from '../../../links/requests-of-service';
import {
  errorQueries,
  latencyQueries,
  type PanelQueries,
  promql,
  QUANTILES,
  quantileName,
  rateQueries,
  splitLatencyQueries,
  WINDOW,
} from './service-source';

export interface CallSource {
  ends: CallEnds;
  /** Names of the service graph's series; undefined where they do not have the call */
  dialect?: MetricsDialect;
}

/**
 * The call of the graph; of several (a request and a message, say) the busiest. One that the graph does not have may still be
 * in the traces: then its ends are taken for services that send spans.
 */
export function callSource(
  { graph, dialect }: { graph: ServiceGraph | undefined; dialect: MetricsDialect | undefined },
  caller: string,
  callee: { service: string; namespace?: string }
): CallSource {
  const target = serviceOf(graph, callee.service, callee.namespace);
  const from = readServiceId(caller);
  const source = graph?.services.find(({ id }) => id === caller) ?? serviceOf(graph, from.name, from.namespace);
  const [call] = (graph?.calls ?? [])
    .filter((each) => each.source === source.id && each.target === target.id)
    .sort((a, b) => (b.stats.rate ?? 0) - (a.stats.rate ?? 0));
  return {
    ends: { call: call ?? { connectionType: '' }, source, target },
    // Recorded rates have other names, and no exemplars.
    ...(call && dialect && !dialect.recorded?.only ? { dialect } : {}),
  };
}

function serviceOf(graph: ServiceGraph | undefined, name: string, namespace: string | undefined): Service {
  const id = serviceId(name, namespace);
  return (
    graph?.services.find((service) => service.id === id) ??
    graph?.services.find((service) => service.name === name && (!namespace || !service.namespace)) ?? {
      id,
      name,
      ...(namespace ? { namespace } : {}),
      kind: 'service',
      stats: {},
    }
  );
}

/** What TraceQL is asked for. */
export function callScope({ ends: { call, source, target } }: CallSource): RequestsScope {
  return {
    service: target.name,
    namespace: target.namespace,
    call: requestsOfCall(call, source, target),
  };
}

const TRACEQL = { kind: 'traceql' } as const;

function fromSeries({ unit }: MetricsDialect, queries: PanelQueries['queries']): PanelQueries {
  return { variable: VARIABLES.prometheus, queries, unit };
}

export function callRateQueries(source: CallSource): PanelQueries {
  const { dialect, ends } = source;
  return dialect
    ? fromSeries(dialect, [promql('rate', callRate(dialect, ends, WINDOW), { legendFormat: 'requests' })])
    : rateQueries(TRACEQL, callScope(source));
}

export function callErrorQueries(source: CallSource): PanelQueries {
  const { dialect, ends } = source;
  return dialect
    ? fromSeries(dialect, [promql('errors', callFailedRate(dialect, ends, WINDOW), { legendFormat: 'failed' })])
    : errorQueries(TRACEQL, callScope(source));
}

/** p95 as the caller and as the callee saw it: what is between them is the network and waiting. */
export function callSidesQueries(source: CallSource): PanelQueries {
  const { dialect, ends } = source;
  if (!dialect) {
    return splitLatencyQueries(TRACEQL, callScope(source));
  }
  const sides = dialect.clientLatency === undefined ? (['server'] as const) : (['client', 'server'] as const);
  return fromSeries(
    dialect,
    sides.map((side) =>
      promql(side, callQuantile(dialect, ends, 0.95, WINDOW, [side]), {
        legendFormat: side === 'client' ? ends.source.name : ends.target.name,
      })
    )
  );
}

/** Buckets with exemplars, and the percentiles. */
export function callLatencyQueries(source: CallSource): PanelQueries {
  const { dialect, ends } = source;
  if (!dialect) {
    return latencyQueries(TRACEQL, callScope(source));
  }
  return fromSeries(dialect, [
    promql('buckets', callHeatmap(dialect, ends, WINDOW), {
      exemplar: true,
      legendFormat: '{{le}}',
      ...(dialect.histogram === 'native' ? { format: 'heatmap' } : {}),
    }),
    ...QUANTILES.map((quantile) =>
      promql(quantileName(quantile), callQuantile(dialect, ends, quantile, WINDOW), {
        legendFormat: quantileName(quantile),
      })
    ),
  ]);
}
