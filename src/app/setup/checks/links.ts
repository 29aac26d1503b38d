import { t } from '../../../i18n/translate';
import { LOGS_DATASOURCE_IDS } from '../../../links/logs-query';
import { serviceMapFrom, type SettingsChange, traceToLogs, traceToMetrics, traceToProfiles } from '../changes';
import { type DataSourceFacts, targetUid } from '../data-sources';
import { failureFinding } from '../failure-finding';
import { type Check, defineCheck, type Finding, type FindingState } from '../finding';
import { fixOf } from './exemplars';
import { type KnownDataSource, nameOf } from './targets';

const TEMPO = 'Tempo';
const PROFILES_TYPE = 'grafana-pyroscope-datasource';

interface LinkJudgement {
  tempo: DataSourceFacts;
  known: KnownDataSource[];
  /** Where the link leads now */
  uid: string | undefined;
  /** What the app would set */
  set: SettingsChange['set'] | undefined;
  /** How bad it is that the link is not set */
  unset: { state: FindingState; summary: string; why: string };
}

/** A link of the Tempo data source is set, and leads to a data source that is there. */
function judgeLink({ tempo, known, uid, set, unset }: LinkJudgement): Finding {
  const fix = set ? fixOf(tempo, set) : {};
  if (uid === undefined) {
    return { ...unset, ...fix };
  }
  if (!known.some((source) => source.uid === uid)) {
    return {
      state: 'problem',
      summary: t(
        'traceatlas.setup.link.gone',
        'It leads to the data source “{{uid}}”, which is not there (or which you may not see).',
        { uid }
      ),
      why: unset.why,
      ...fix,
    };
  }
  return { state: 'ok', summary: t('traceatlas.setup.link.ok', 'It leads to {{name}}.', { name: nameOf(known, uid) }) };
}

const serviceMap = defineCheck({
  id: 'link-service-map',
  group: 'links',
  title: () => t('traceatlas.setup.service-map.title', 'Service graph of the data source'),
  needs: ['tempoSettings', 'prometheusSettings', 'dataSources'],
  judge: ({ tempoSettings, prometheusSettings, dataSources }): Finding => {
    if (!tempoSettings.ok) {
      return failureFinding(tempoSettings, TEMPO);
    }
    return judgeLink({
      tempo: tempoSettings.value,
      known: dataSources.ok ? dataSources.value : [],
      uid: targetUid(tempoSettings.value.jsonData, 'serviceMap'),
      set: prometheusSettings.ok ? serviceMapFrom(prometheusSettings.value.uid) : undefined,
      unset: {
        state: 'problem',
        summary: t(
          'traceatlas.setup.service-map.unset',
          'The Tempo data source {{name}} has no metrics data source linked.',
          {
            name: tempoSettings.value.name,
          }
        ),
        why: t(
          'traceatlas.setup.service-map.why',
          'The service graph in Explore and on dashboards asks that data source; without it the graph is made of a few traces.'
        ),
      },
    });
  },
});

const toMetrics = defineCheck({
  id: 'link-metrics',
  group: 'links',
  title: () => t('traceatlas.setup.to-metrics.title', 'From a span to metrics'),
  needs: ['tempoSettings', 'prometheusSettings', 'dataSources', 'series'],
  judge: ({ tempoSettings, prometheusSettings, dataSources, series }): Finding => {
    if (!tempoSettings.ok) {
      return failureFinding(tempoSettings, TEMPO);
    }
    const dialect = series.ok ? series.value.dialect : undefined;
    return judgeLink({
      tempo: tempoSettings.value,
      known: dataSources.ok ? dataSources.value : [],
      uid: targetUid(tempoSettings.value.jsonData, 'tracesToMetrics'),
      set:
        prometheusSettings.ok && dialect?.spanMetrics
          ? traceToMetrics(
              prometheusSettings.value.uid,
              dialect.spanMetrics,
              dialect.spanMetrics.histogram ?? dialect.histogram
            )
          : undefined,
      unset: {
        state: 'warning',
        summary: t('traceatlas.setup.to-metrics.unset', 'It is not set.'),
        why: t(
          'traceatlas.setup.to-metrics.why',
          'A span then has no link to the rates and latencies of its service at that time.'
        ),
      },
    });
  },
});

interface CandidateTexts {
  unset: string;
  none: string;
  why: string;
}

/** A link for which the target must be guessed from the data sources there are. */
function judgeWithCandidates(
  tempo: DataSourceFacts,
  known: KnownDataSource[],
  uid: string | undefined,
  types: readonly string[],
  settings: (uid: string) => SettingsChange['set'],
  texts: CandidateTexts
): Finding {
  const candidate = known.find(({ type }) => types.includes(type));
  return judgeLink({
    tempo,
    known,
    uid,
    set: candidate && settings(candidate.uid),
    unset: candidate
      ? { state: 'warning', summary: texts.unset, why: texts.why }
      : { state: 'note', summary: texts.none, why: texts.why },
  });
}

const toLogs = defineCheck({
  id: 'link-logs',
  group: 'links',
  title: () => t('traceatlas.setup.to-logs.title', 'From a span to logs'),
  needs: ['tempoSettings', 'dataSources'],
  judge: ({ tempoSettings, dataSources }): Finding => {
    if (!tempoSettings.ok) {
      return failureFinding(tempoSettings, TEMPO);
    }
    const { jsonData } = tempoSettings.value;
    // The second is the key before Grafana 9.5.
    const uid = targetUid(jsonData, 'tracesToLogsV2') ?? targetUid(jsonData, 'tracesToLogs');
    return judgeWithCandidates(
      tempoSettings.value,
      dataSources.ok ? dataSources.value : [],
      uid,
      LOGS_DATASOURCE_IDS,
      traceToLogs,
      {
        unset: t('traceatlas.setup.to-logs.unset', 'It is not set, though there is a logs data source.'),
        none: t('traceatlas.setup.to-logs.none', 'It is not set; there is no logs data source either.'),
        why: t('traceatlas.setup.to-logs.why', 'With it a span opens the log lines of its service and time.'),
      }
    );
  },
});

const toProfiles = defineCheck({
  id: 'link-profiles',
  group: 'links',
  title: () => t('traceatlas.setup.to-profiles.title', 'From a span to profiles'),
  needs: ['tempoSettings', 'dataSources'],
  judge: ({ tempoSettings, dataSources }): Finding => {
    if (!tempoSettings.ok) {
      return failureFinding(tempoSettings, TEMPO);
    }
    return judgeWithCandidates(
      tempoSettings.value,
      dataSources.ok ? dataSources.value : [],
      targetUid(tempoSettings.value.jsonData, 'tracesToProfiles'),
      [PROFILES_TYPE],
      traceToProfiles,
      {
        unset: t('traceatlas.setup.to-profiles.unset', 'It is not set, though there is a Pyroscope data source.'),
        none: t('traceatlas.setup.to-profiles.none', 'It is not set; there is no Pyroscope data source either.'),
        why: t('traceatlas.setup.to-profiles.why', 'With it a span opens the profile of its service at that time.'),
      }
    );
  },
});

export const linkChecks: Check[] = [serviceMap, toMetrics, toLogs, toProfiles];
