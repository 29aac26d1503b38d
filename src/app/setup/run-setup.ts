import { type DialectOverride } from '../../servicegraph/dialect-override';
import { type Answer, answered, failed } from './answer';
import {
  type DataSourceEntry,
  type DataSourceFacts,
  factsOfEntry,
  factsOfStored,
  storedSettingsSchema,
} from './data-sources';
import { type SetupAnswers } from './finding';
import { ask, readBody, type SetupGet } from './http';
import { noPrometheus, probePrometheus, type PrometheusAnswers } from './prometheus-probes';
import { noTempo, probeTempo, probeTraceInTempo, type ProbeTarget } from './tempo-probes';

export interface SetupPair {
  tempo?: DataSourceEntry;
  prometheus?: DataSourceEntry;
}

export interface SetupRun {
  get: SetupGet;
  pair: SetupPair;
  dataSources: DataSourceEntry[];
  /** ms since the Unix epoch */
  nowMs: number;
  stop: AbortSignal;
  /** Of the settings of the app and of the Tempo data source */
  override?: DialectOverride;
}

type Pending = { [K in keyof SetupAnswers]: Promise<SetupAnswers[K]> };

/**
 * Asks everything at once and tells each answer as it comes. Never rejects.
 * @param onAnswer gets one answer each time; not called any more after `stop` was aborted
 */
export async function runSetup(run: SetupRun, onAnswer: (answers: Partial<SetupAnswers>) => void): Promise<void> {
  const pending = startProbes(run);
  const tell = async <K extends keyof SetupAnswers>(key: K) => {
    const answer: SetupAnswers[K] = await pending[key];
    if (!run.stop.aborted) {
      const one: Partial<SetupAnswers> = {};
      one[key] = answer;
      onAnswer(one);
    }
  };
  await Promise.all(ANSWER_KEYS.map((key) => tell(key)));
}

function startProbes(run: SetupRun): Pending {
  const { pair, dataSources } = run;
  const { tempo, prometheus } = pair;
  const ofPrometheus = prometheus
    ? probePrometheus({
        ...targetOf(run, prometheus),
        resourcesUrl: resourcesUrl(prometheus.uid),
        override: run.override,
      })
    : noPrometheus('no metrics data source is chosen');
  return {
    ...(tempo ? probeTempo(targetOf(run, tempo)) : noTempo('no Tempo data source is chosen')),
    ...ofPrometheus,
    tempoSettings: readSettings(run, tempo, 'no Tempo data source is chosen'),
    prometheusSettings: readSettings(run, prometheus, 'no metrics data source is chosen'),
    exemplarTrace: probeExemplarTrace(run, ofPrometheus.exemplars),
    dataSources: Promise.resolve(answered(dataSources.map(({ uid, name, type }) => ({ uid, name, type })))),
  };
}

function targetOf({ get, nowMs, stop }: SetupRun, { url }: DataSourceEntry): ProbeTarget {
  return { get, url, nowMs, stop };
}

function resourcesUrl(uid: string): string {
  return `/api/datasources/uid/${encodeURIComponent(uid)}/resources`;
}

/** All that Grafana stores, when the viewer may read it; else what it tells every viewer. */
async function readSettings(
  { get, stop }: SetupRun,
  entry: DataSourceEntry | undefined,
  missing: string
): Promise<Answer<DataSourceFacts>> {
  if (!entry) {
    return failed('missing', missing);
  }
  const url = `/api/datasources/uid/${encodeURIComponent(entry.uid)}`;
  const stored = readBody(await ask(get, { url, params: { accesscontrol: 'true' } }, stop), storedSettingsSchema);
  return answered(stored.ok ? factsOfStored(stored.value) : factsOfEntry(entry));
}

async function probeExemplarTrace(
  run: SetupRun,
  exemplars: Promise<PrometheusAnswers['exemplars']>
): Promise<Answer<boolean>> {
  const seen = await exemplars;
  const traceId = seen.ok ? seen.value.newestTraceId : undefined;
  if (traceId === undefined || !run.pair.tempo) {
    return failed('missing', 'there is no exemplar with a trace id');
  }
  return probeTraceInTempo(targetOf(run, run.pair.tempo), traceId);
}

const ANSWER_KEYS = [
  'tempoEcho',
  'tempoVersion',
  'tempoTrace',
  'tempoTags',
  'tempoSearch',
  'tempoMetrics',
  'tempoInstant',
  'tempoCompare',
  'prometheusBuild',
  'prometheusFeatures',
  'prometheusClock',
  'series',
  'virtualNodes',
  'buckets',
  'cardinality',
  'exemplars',
  'tempoSettings',
  'prometheusSettings',
  'exemplarTrace',
  'dataSources',
] as const satisfies ReadonlyArray<keyof SetupAnswers>;
