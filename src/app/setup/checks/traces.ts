import { t } from '../../../i18n/translate';
import { type Failure } from '../answer';
import { headerNames } from '../data-sources';
import { failureFinding } from '../failure-finding';
import { type Check, defineCheck, type Finding, type SetupAnswers } from '../finding';
import { tenantFix, traceqlMetricsFix } from '../fixes';

const TEMPO = 'Tempo';
const TENANT_HEADER = 'x-scope-orgid';

const reachable = defineCheck({
  id: 'tempo-reachable',
  group: 'traces',
  title: () => t('traceatlas.setup.reachable.title', 'Tempo answers'),
  needs: ['tempoEcho', 'tempoVersion', 'tempoSearch'],
  judge: ({ tempoEcho, tempoVersion, tempoSearch }): Finding => {
    // Gateways often let only the query routes through.
    if (!tempoEcho.ok && !tempoSearch.ok && tempoSearch.kind !== 'tenant') {
      return { why: reachableWhy(tempoEcho), ...failureFinding(tempoEcho, TEMPO) };
    }
    const version = tempoVersion.ok ? tempoVersion.value : '';
    return {
      state: 'ok',
      summary: version
        ? t('traceatlas.setup.reachable.ok-version', 'Tempo {{version}} answers.', { version })
        : t('traceatlas.setup.reachable.ok', 'Tempo answers; it does not tell its version here.'),
    };
  },
});

function reachableWhy({ kind }: Failure): string | undefined {
  return kind === 'unreachable' || kind === 'timeout' || kind === 'unsupported'
    ? t(
        'traceatlas.setup.reachable.why',
        'Nothing works without it. Grafana’s server, not the browser, must reach the URL of the data source: port 3200 by default, with the path prefix of a gateway.'
      )
    : undefined;
}

const tenant = defineCheck({
  id: 'tempo-tenant',
  group: 'traces',
  title: () => t('traceatlas.setup.tenant.title', 'Tenant'),
  needs: ['tempoSearch', 'tempoSettings'],
  judge: ({ tempoSearch, tempoSettings }): Finding => {
    const hasHeader = tempoSettings.ok && headerNames(tempoSettings.value.jsonData).includes(TENANT_HEADER);
    if (!tempoSearch.ok && tempoSearch.kind === 'tenant') {
      return {
        state: 'problem',
        summary: hasHeader
          ? t('traceatlas.setup.tenant.empty', 'The header X-Scope-OrgID is set, but Tempo sees no tenant in it.')
          : t('traceatlas.setup.tenant.missing', 'This Tempo keeps tenants apart, and the data source names none.'),
        why: t('traceatlas.setup.tenant.why', 'Tempo refuses every query that does not say whose traces it is about.'),
        fixes: tempoSettings.ok ? [tenantFix(tempoSettings.value.name, tempoSettings.value.type)] : [],
      };
    }
    if (!tempoSearch.ok) {
      return failureFinding(tempoSearch, TEMPO);
    }
    return {
      state: 'ok',
      summary: hasHeader
        ? t('traceatlas.setup.tenant.set', 'The data source names a tenant, and Tempo takes it.')
        : t('traceatlas.setup.tenant.not-needed', 'Tempo asks for no tenant (or something in front of it adds one).'),
    };
  },
});

const search = defineCheck({
  id: 'tempo-search',
  group: 'traces',
  title: () => t('traceatlas.setup.search.title', 'Search'),
  needs: ['tempoSearch'],
  judge: ({ tempoSearch }): Finding => {
    if (!tempoSearch.ok) {
      return failureFinding(tempoSearch, TEMPO);
    }
    return tempoSearch.value.traces > 0
      ? {
          state: 'ok',
          summary: t('traceatlas.setup.search.ok', 'A search of the last quarter of an hour finds traces.'),
        }
      : {
          state: 'warning',
          summary: t(
            'traceatlas.setup.search.empty',
            'A search works, but there was no trace in the last quarter of an hour.'
          ),
          why: t(
            'traceatlas.setup.search.empty-why',
            'Either nothing sends traces at the moment, or it sends them to another Tempo or tenant. Applications send OTLP to port 4317 (gRPC) or 4318 (HTTP).'
          ),
        };
  },
});

const metrics = defineCheck({
  id: 'traceql-metrics',
  group: 'traces',
  title: () => t('traceatlas.setup.traceql-metrics.title', 'TraceQL metrics'),
  needs: ['tempoMetrics'],
  judge: ({ tempoMetrics }): Finding => {
    if (tempoMetrics.ok) {
      return {
        state: 'ok',
        summary: t(
          'traceatlas.setup.traceql-metrics.ok',
          'Rates and latencies can be computed from the spans themselves.'
        ),
      };
    }
    const { kind, message } = tempoMetrics;
    if (kind !== 'unsupported' && kind !== 'refused') {
      return failureFinding(tempoMetrics, TEMPO);
    }
    return {
      state: 'warning',
      summary: t('traceatlas.setup.traceql-metrics.off', 'TraceQL metrics are not available: {{message}}', { message }),
      why: t(
        'traceatlas.setup.traceql-metrics.why',
        'Without them a service that has no span metrics shows no rates, and the comparison of spans does not work. They need Tempo 2.4 or newer; up to 2.x also a processor.'
      ),
      fixes: [traceqlMetricsFix()],
    };
  },
});

type Feature = 'tempoTrace' | 'tempoTags' | 'tempoInstant' | 'tempoCompare';

/** In which version of Tempo a feature came. Source: Tempo's release notes. */
const FEATURES: Array<{ key: Feature; since: string; name: () => string }> = [
  { key: 'tempoTags', since: '2.3', name: () => t('traceatlas.setup.feature.tags', 'attribute names by scope') },
  { key: 'tempoCompare', since: '2.6', name: () => t('traceatlas.setup.feature.compare', 'comparison of spans') },
  { key: 'tempoTrace', since: '2.7', name: () => t('traceatlas.setup.feature.trace', 'traces with partial answers') },
  { key: 'tempoInstant', since: '2.7', name: () => t('traceatlas.setup.feature.instant', 'instant TraceQL metrics') },
];

const features = defineCheck({
  id: 'tempo-features',
  group: 'traces',
  title: () => t('traceatlas.setup.features.title', 'Features of this Tempo'),
  needs: ['tempoTrace', 'tempoTags', 'tempoInstant', 'tempoCompare'],
  judge: (answers): Finding => {
    const lacks = FEATURES.filter(({ key }) => isLacking(answers[key]));
    const unclear = FEATURES.filter(({ key }) => !answers[key].ok && !isLacking(answers[key]));
    if (lacks.length > 0) {
      return {
        state: 'warning',
        summary: t('traceatlas.setup.features.lacking', 'Missing: {{list}}.', {
          list: lacks.map(({ name, since }) => `${name()} (Tempo ${since})`).join(', '),
        }),
        why: t('traceatlas.setup.features.why', 'What needs them is empty or slower. A newer Tempo has them.'),
      };
    }
    if (unclear.length > 0) {
      return {
        state: 'unknown',
        summary: t('traceatlas.setup.features.unclear', 'Not found out: {{list}}.', {
          list: unclear.map(({ name }) => name()).join(', '),
        }),
      };
    }
    return {
      state: 'ok',
      summary: t('traceatlas.setup.features.ok', 'It has all that is used here: {{list}}.', {
        list: FEATURES.map(({ name }) => name()).join(', '),
      }),
    };
  },
});

function isLacking(answer: SetupAnswers[Feature]): boolean {
  return !answer.ok && (answer.kind === 'unsupported' || answer.kind === 'refused');
}

export const traceChecks: Check[] = [reachable, tenant, search, metrics, features];
