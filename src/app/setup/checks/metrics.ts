import { t } from '../../../i18n/translate';
import { type Failure } from '../answer';
import { failureFinding } from '../failure-finding';
import { type Check, defineCheck, type Finding } from '../finding';
import {
  collectorServiceGraphFix,
  prometheusReceiverFix,
  tempoProcessorsFix,
  tempoRemoteWriteFix,
  virtualNodesFixes,
} from '../fixes';
import { buckets } from './buckets';
import { cardinality } from './cardinality';
import { isCollector, PROMETHEUS, spanMetricsProducer } from './producer';

const reachable = defineCheck({
  id: 'prometheus-reachable',
  group: 'metrics',
  title: () => t('traceatlas.setup.prometheus.title', 'Prometheus answers'),
  needs: ['prometheusClock', 'prometheusBuild'],
  judge: ({ prometheusClock, prometheusBuild }): Finding => {
    if (!prometheusClock.ok) {
      return { why: reachableWhy(prometheusClock), ...failureFinding(prometheusClock, PROMETHEUS) };
    }
    const { application, version } = prometheusBuild.ok ? prometheusBuild.value : { application: '', version: '' };
    return {
      state: 'ok',
      summary: t('traceatlas.setup.prometheus.ok', '{{name}} answers PromQL.', {
        name: `${application || PROMETHEUS} ${version}`.trim(),
      }),
    };
  },
});

function reachableWhy({ kind }: Failure): string | undefined {
  return kind === 'unreachable' || kind === 'timeout' || kind === 'unsupported'
    ? t(
        'traceatlas.setup.prometheus.why',
        'No service map and no exemplars without it. Grafana’s server, not the browser, must reach the URL of the data source; “Save & test” on its settings page says more.'
      )
    : undefined;
}

const series = defineCheck({
  id: 'generator-series',
  group: 'metrics',
  title: () => t('traceatlas.setup.series.title', 'Service graph and span metrics'),
  needs: ['series'],
  judge: ({ series: answer }): Finding => {
    if (!answer.ok) {
      return failureFinding(answer, PROMETHEUS);
    }
    const { found, dialect } = answer.value;
    if (found && dialect.spanMetrics) {
      return {
        state: 'ok',
        summary: t('traceatlas.setup.series.ok', 'Both are there: {{graph}} and {{spans}}.', {
          graph: dialect.requests,
          spans: dialect.spanMetrics.calls,
        }),
      };
    }
    if (found) {
      return {
        state: 'problem',
        summary: t(
          'traceatlas.setup.series.no-spans',
          'There are no span metrics: the span-metrics processor is missing.'
        ),
        why: t(
          'traceatlas.setup.series.no-spans-why',
          'Rates, errors and latencies of a service and its operations come from them; only those between services are known now.'
        ),
        fixes: [tempoProcessorsFix(), collectorServiceGraphFix()],
      };
    }
    if (dialect.spanMetrics) {
      return {
        state: 'problem',
        summary: t(
          'traceatlas.setup.series.no-graph',
          'There are no service graph series: the service-graphs processor is missing.'
        ),
        why: t('traceatlas.setup.series.no-graph-why', 'The service map is drawn from them, and is empty now.'),
        fixes: [tempoProcessorsFix(), collectorServiceGraphFix()],
      };
    }
    return {
      state: 'problem',
      summary: t(
        'traceatlas.setup.series.none',
        'Neither are there, under none of the names of Tempo’s metrics generator or the Collector’s connectors.'
      ),
      why: t(
        'traceatlas.setup.series.none-why',
        'The service map and the pages of services are drawn from these series. The generator must run, its processors be turned on, and its remote write must lead to this data source.'
      ),
      fixes: [tempoProcessorsFix(), tempoRemoteWriteFix(), prometheusReceiverFix(), collectorServiceGraphFix()],
    };
  },
});

/** s. A generator collects every 15 s, remote write and scrapes come on top. */
const FRESH_S = 150;

const fresh = defineCheck({
  id: 'generator-fresh',
  group: 'metrics',
  title: () => t('traceatlas.setup.fresh.title', 'Series are fresh'),
  needs: ['series'],
  judge: ({ series: answer }): Finding => {
    if (!answer.ok) {
      return failureFinding(answer, PROMETHEUS);
    }
    const { ages } = answer.value;
    if (ages.length === 0) {
      return {
        state: 'unknown',
        summary: t('traceatlas.setup.fresh.none', 'There are no series whose age could be told.'),
      };
    }
    const why = t(
      'traceatlas.setup.fresh.why',
      'The map and the charts end where the series do. Nothing sends spans any more, the generator stopped, or its remote write fails: Tempo’s log says which.'
    );
    const stale = ages.filter(({ seconds }) => seconds === undefined);
    if (stale.length > 0) {
      const list = stale.map(({ name }) => name).join(', ');
      return {
        state: 'problem',
        summary: t('traceatlas.setup.fresh.stale', 'No sample in the last 5 minutes: {{list}}.', { list }),
        why,
      };
    }
    const oldest = Math.max(...ages.map(({ seconds }) => seconds ?? 0));
    const seconds = Math.round(oldest);
    return oldest <= FRESH_S
      ? {
          state: 'ok',
          summary: t('traceatlas.setup.fresh.ok', 'The newest samples are {{seconds}} s old.', { seconds }),
        }
      : {
          state: 'warning',
          summary: t('traceatlas.setup.fresh.late', 'The newest samples are {{seconds}} s old.', { seconds }),
          why,
        };
  },
});

const dialect = defineCheck({
  id: 'dialect',
  group: 'metrics',
  title: () => t('traceatlas.setup.dialect.title', 'Who writes them'),
  needs: ['series'],
  judge: ({ series: answer }): Finding => {
    if (!answer.ok) {
      return failureFinding(answer, PROMETHEUS);
    }
    const { found, dialect: chosen } = answer.value;
    if (!found && !chosen.spanMetrics) {
      return { state: 'unknown', summary: t('traceatlas.setup.dialect.unknown', 'There are no series to tell it by.') };
    }
    const histogram = (found ? chosen.histogram : chosen.spanMetrics?.histogram) ?? 'classic';
    const values = {
      name: found ? chosen.name : spanMetricsProducer(chosen),
      unit: found ? chosen.unit : (chosen.spanMetrics?.unit ?? chosen.unit),
    };
    const summaries = {
      classic: t('traceatlas.setup.dialect.classic', '{{name}}, with classic histograms in {{unit}}.', values),
      native: t('traceatlas.setup.dialect.native', '{{name}}, with native histograms in {{unit}}.', values),
      both: t('traceatlas.setup.dialect.both', '{{name}}, with classic and native histograms in {{unit}}.', values),
    };
    return { state: 'ok', summary: summaries[histogram] };
  },
});

const virtualNodes = defineCheck({
  id: 'virtual-nodes',
  group: 'metrics',
  title: () => t('traceatlas.setup.virtual.title', 'What is not instrumented'),
  needs: ['virtualNodes', 'series'],
  judge: ({ virtualNodes: answer, series: names }): Finding => {
    if (!answer.ok) {
      return failureFinding(answer, PROMETHEUS);
    }
    if (!names.ok) {
      return failureFinding(names, PROMETHEUS);
    }
    const { virtual, labelled } = answer.value;
    const fixes = virtualNodesFixes(isCollector(names.value.dialect));
    if (virtual > 0 && labelled > 0) {
      return {
        state: 'ok',
        summary: t(
          'traceatlas.setup.virtual.ok',
          'Callers and callees without spans of their own stand on the map, marked.'
        ),
      };
    }
    if (virtual > 0) {
      return {
        state: 'note',
        summary: t(
          'traceatlas.setup.virtual.unmarked',
          'Callers and callees without spans of their own stand on the map, but which end of a call they are is not marked.'
        ),
        why: t('traceatlas.setup.virtual.unmarked-why', 'The map then guesses it from the name.'),
        fixes,
      };
    }
    return {
      state: 'note',
      summary: t('traceatlas.setup.virtual.none', 'Only instrumented services are on the map.'),
      why: t(
        'traceatlas.setup.virtual.none-why',
        'Users, external services and databases that send no spans show only when their callers’ spans name them (peer.service, db.system, server.address) and the producer uses these names.'
      ),
      fixes,
    };
  },
});

export const metricsChecks: Check[] = [reachable, series, fresh, dialect, virtualNodes, buckets, cardinality];
