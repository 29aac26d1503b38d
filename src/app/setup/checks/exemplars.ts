import { t } from '../../../i18n/translate';
import { exemplarDestinations } from '../../../links/core-contracts';
import { exemplarDestinationsTo, type SettingsChange } from '../changes';
import { type DataSourceFacts } from '../data-sources';
import { failureFinding } from '../failure-finding';
import { type Check, defineCheck, type Finding, type SetupAnswers } from '../finding';
import { exemplarLabelFix, exemplarStorageFixes, provisioningFix, sendExemplarsFixes } from '../fixes';
import { PROMETHEUS } from './producer';
import { isTempoType, nameOf } from './targets';

const STORAGE_FEATURE = 'exemplar-storage';
/** What Tempo's generator, and what SDKs and the Collector call the trace id on an exemplar. */
const TEMPO_LABEL = 'traceID';
const OTEL_LABEL = 'trace_id';

type StorageAnswers = Pick<SetupAnswers, 'exemplars' | 'prometheusFeatures'>;

function storageState({ exemplars, prometheusFeatures }: StorageAnswers): 'on' | 'off' | 'unknown' {
  if (exemplars.ok && exemplars.value.count > 0) {
    return 'on';
  }
  if (!prometheusFeatures.ok) {
    return 'unknown';
  }
  return prometheusFeatures.value.includes(STORAGE_FEATURE) ? 'on' : 'off';
}

const storage = defineCheck({
  id: 'exemplar-storage',
  group: 'exemplars',
  title: () => t('traceatlas.setup.storage.title', 'Exemplar storage'),
  needs: ['exemplars', 'prometheusFeatures', 'prometheusClock'],
  judge: ({ prometheusClock, ...answers }): Finding => {
    if (!prometheusClock.ok) {
      return failureFinding(prometheusClock, PROMETHEUS);
    }
    const why = t(
      'traceatlas.setup.storage.why',
      'Prometheus throws exemplars away, without an error, unless it is told to keep them. Without them no chart leads to a trace.'
    );
    switch (storageState(answers)) {
      case 'on':
        return { state: 'ok', summary: t('traceatlas.setup.storage.on', 'Exemplars are kept.') };
      case 'off':
        return {
          state: 'problem',
          summary: t('traceatlas.setup.storage.off', 'Exemplar storage is off.'),
          why,
          fixes: exemplarStorageFixes(),
        };
      case 'unknown':
        return {
          state: 'unknown',
          summary: t(
            'traceatlas.setup.storage.unknown',
            'The server does not tell whether it keeps exemplars, and there are none.'
          ),
          why,
          fixes: exemplarStorageFixes(),
        };
    }
  },
});

const present = defineCheck({
  id: 'exemplars-present',
  group: 'exemplars',
  title: () => t('traceatlas.setup.exemplars.title', 'Exemplars'),
  needs: ['exemplars', 'prometheusFeatures'],
  judge: (answers): Finding => {
    const { exemplars } = answers;
    if (!exemplars.ok) {
      return failureFinding(exemplars, PROMETHEUS);
    }
    const { count, labels, unknownLabels } = exemplars.value;
    if (count === 0) {
      return {
        state: storageState(answers) === 'off' ? 'problem' : 'warning',
        summary: t(
          'traceatlas.setup.exemplars.none',
          'There was no exemplar on the latency histograms in the last hour.'
        ),
        why: t(
          'traceatlas.setup.exemplars.none-why',
          'They are the points on a latency chart that open a trace. The storage must be on, and the producer must send them: it is an option of Tempo’s remote write, and off by default in the Collector.'
        ),
        fixes: sendExemplarsFixes(),
      };
    }
    if (labels.length === 0) {
      return {
        state: 'problem',
        summary:
          unknownLabels.length > 0
            ? t(
                'traceatlas.setup.exemplars.unknown-label',
                'The trace ids are under a label that nothing reads: {{list}}.',
                {
                  list: unknownLabels.join(', '),
                }
              )
            : t('traceatlas.setup.exemplars.no-id', 'The exemplars carry no trace id.'),
        why: t(
          'traceatlas.setup.exemplars.no-id-why',
          'A point without a trace id that is known as one leads nowhere.'
        ),
        fixes: [exemplarLabelFix()],
      };
    }
    const list = labels.map(({ name }) => name).join(', ');
    return {
      state: 'ok',
      summary: t(
        'traceatlas.setup.exemplars.ok',
        'There are exemplars; their trace ids are under the label {{list}}.',
        {
          list,
        }
      ),
    };
  },
});

const traceFound = defineCheck({
  id: 'exemplar-trace',
  group: 'exemplars',
  title: () => t('traceatlas.setup.exemplar-trace.title', 'The trace of an exemplar'),
  needs: ['exemplarTrace'],
  judge: ({ exemplarTrace }): Finding => {
    if (!exemplarTrace.ok) {
      return exemplarTrace.kind === 'refused'
        ? {
            state: 'unknown',
            summary: t('traceatlas.setup.exemplar-trace.old', 'This Tempo cannot search for a trace id.'),
          }
        : failureFinding(exemplarTrace, 'Tempo');
    }
    return exemplarTrace.value
      ? {
          state: 'ok',
          summary: t('traceatlas.setup.exemplar-trace.ok', 'The newest exemplar leads to a trace in this Tempo.'),
        }
      : {
          state: 'warning',
          summary: t('traceatlas.setup.exemplar-trace.gone', 'The trace of the newest exemplar is not in this Tempo.'),
          why: t(
            'traceatlas.setup.exemplar-trace.why',
            'The exemplars may belong to another Tempo or tenant than the one chosen above, or traces are dropped by tail sampling after the metrics were made.'
          ),
        };
  },
});

type DestinationAnswers = Pick<SetupAnswers, 'exemplars' | 'series'>;

/** The labels that must lead here: those that were seen, or else what the producer is known to write. */
function neededLabels({ exemplars, series }: DestinationAnswers): string[] {
  if (exemplars.ok && exemplars.value.labels.length > 0) {
    return exemplars.value.labels.map(({ name }) => name);
  }
  if (series.ok && series.value.found) {
    return series.value.dialect.exemplarLabels.slice(0, 1);
  }
  const spanMetrics = series.ok ? series.value.dialect.spanMetrics : undefined;
  if (spanMetrics) {
    return [spanMetrics.serviceLabel === 'service' ? TEMPO_LABEL : OTEL_LABEL];
  }
  return [TEMPO_LABEL, OTEL_LABEL];
}

type Destination = 'here' | 'elsewhere' | 'url' | 'gone' | 'missing';

const destinations = defineCheck({
  id: 'exemplar-destinations',
  group: 'exemplars',
  title: () => t('traceatlas.setup.destinations.title', 'Exemplars open this Tempo'),
  needs: ['prometheusSettings', 'tempoSettings', 'exemplars', 'series', 'dataSources'],
  judge: ({ prometheusSettings, tempoSettings, dataSources, ...answers }): Finding => {
    if (!prometheusSettings.ok) {
      return failureFinding(prometheusSettings, PROMETHEUS);
    }
    if (!tempoSettings.ok) {
      return failureFinding(tempoSettings, 'Tempo');
    }
    const prometheus = prometheusSettings.value;
    const tempo = tempoSettings.value;
    const known = dataSources.ok ? dataSources.value : [];
    const entries = exemplarDestinations(prometheus.jsonData);
    const leads = (label: string): Destination => {
      const own = entries.filter(({ name }) => name === label);
      if (own.some(({ datasourceUid }) => datasourceUid === tempo.uid)) {
        return 'here';
      }
      if (own.some(({ datasourceUid }) => known.some(({ uid, type }) => uid === datasourceUid && isTempoType(type)))) {
        return 'elsewhere';
      }
      if (own.some(({ url, datasourceUid }) => url && !datasourceUid)) {
        return 'url';
      }
      return own.length > 0 ? 'gone' : 'missing';
    };
    const needed = neededLabels(answers);
    const labelsThat = (state: Destination) => needed.filter((label) => leads(label) === state).join(', ');
    const set = exemplarDestinationsTo(
      prometheus.jsonData,
      [...new Set([...needed, TEMPO_LABEL, OTEL_LABEL])],
      tempo.uid
    );
    const fix = fixOf(prometheus, set);
    const values = { name: prometheus.name, tempo: tempo.name };

    if (labelsThat('missing') && entries.length > 0 && !answers.series.ok) {
      // Which labels the exemplars carry is not known.
      return failureFinding(answers.series, PROMETHEUS);
    }
    if (labelsThat('missing')) {
      const covered = entries.map(({ name }) => name).join(', ');
      return {
        state: 'problem',
        summary: covered
          ? t(
              'traceatlas.setup.destinations.wrong',
              'The data source {{name}} has a link for {{covered}}, but the exemplars carry {{label}}.',
              {
                ...values,
                covered,
                label: labelsThat('missing'),
              }
            )
          : t('traceatlas.setup.destinations.none', 'The data source {{name}} has no link for the label {{label}}.', {
              ...values,
              label: labelsThat('missing'),
            }),
        why: t(
          'traceatlas.setup.destinations.why',
          'Grafana’s dashboards and Explore link an exemplar only under exactly the label that is set here. The pages of this app know all usual labels by themselves.'
        ),
        ...fix,
      };
    }
    if (labelsThat('gone')) {
      return {
        state: 'problem',
        summary: t(
          'traceatlas.setup.destinations.gone',
          'The link for {{label}} leads to a data source that is not there, or holds no traces.',
          {
            label: labelsThat('gone'),
          }
        ),
        why: t('traceatlas.setup.destinations.gone-why', 'A click on an exemplar ends in an error.'),
        ...fix,
      };
    }
    if (labelsThat('elsewhere') || labelsThat('url')) {
      const other = entries.find(({ name }) => needed.includes(name))?.datasourceUid;
      return {
        state: 'note',
        summary: labelsThat('elsewhere')
          ? t('traceatlas.setup.destinations.elsewhere', 'Exemplars open in {{other}}, not in {{tempo}}.', {
              ...values,
              other: nameOf(known, other),
            })
          : t(
              'traceatlas.setup.destinations.url',
              'Exemplars lead to a URL, not to the data source {{tempo}}.',
              values
            ),
        why: t('traceatlas.setup.destinations.elsewhere-why', 'That is fine when it is meant so.'),
        ...fix,
      };
    }
    return {
      state: 'ok',
      summary: t('traceatlas.setup.destinations.ok', 'The label {{label}} leads from {{name}} to {{tempo}}.', {
        ...values,
        label: needed.join(', '),
      }),
    };
  },
});

export function fixOf(
  { uid, name, type, writable }: DataSourceFacts,
  set: SettingsChange['set']
): Pick<Finding, 'fixes' | 'change'> {
  const change = { dataSourceUid: uid, dataSourceName: name, set };
  return { fixes: [provisioningFix(change, type)], change: { ...change, writable } };
}

export const exemplarChecks: Check[] = [storage, present, traceFound, destinations];
