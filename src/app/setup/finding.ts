import { type SettingsChange } from './changes';
import { type DataSourceFacts, type Writable } from './data-sources';
import { type Answer } from './answer';
import { type Fix } from './fixes';
import { type PrometheusAnswers } from './prometheus-probes';
import { type TempoAnswers } from './tempo-probes';

/** ok: nothing to do; note: worth knowing; unknown: nobody let us look. */
export type FindingState = 'ok' | 'note' | 'warning' | 'problem' | 'unknown';

export interface Finding {
  state: FindingState;
  /** What was found, one or two sentences */
  summary: string;
  /** Why it matters; absent when all is well */
  why?: string;
  fixes?: Fix[];
  /** The server whose answer was missing, so that nothing could be judged */
  unanswered?: string;
  /** A fix that the app can make itself */
  change?: SettingsChange & { writable: Writable };
}

/** Everything that was asked, by the time it was answered. */
export interface SetupAnswers extends TempoAnswers, PrometheusAnswers {
  tempoSettings: Answer<DataSourceFacts>;
  prometheusSettings: Answer<DataSourceFacts>;
  /** Whether the newest exemplar's trace is in this Tempo */
  exemplarTrace: Answer<boolean>;
  /** All data sources that the viewer sees */
  dataSources: Answer<Array<{ uid: string; name: string; type: string }>>;
}

export type CheckGroup = 'traces' | 'metrics' | 'exemplars' | 'links' | 'clocks';

export interface Check {
  id: string;
  group: CheckGroup;
  title: () => string;
  /** The finding, or undefined while an answer it needs is missing. */
  judge: (answers: Partial<SetupAnswers>) => Finding | undefined;
}

interface CheckSpec<K extends keyof SetupAnswers> extends Omit<Check, 'judge'> {
  needs: readonly K[];
  judge: (answers: Pick<SetupAnswers, K>) => Finding;
}

export function defineCheck<K extends keyof SetupAnswers>({ needs, judge, ...check }: CheckSpec<K>): Check {
  const isComplete = (answers: Partial<SetupAnswers>): answers is Partial<SetupAnswers> & Pick<SetupAnswers, K> =>
    needs.every((key) => answers[key] !== undefined);
  return { ...check, judge: (answers) => (isComplete(answers) ? judge(answers) : undefined) };
}
