import { t } from '../../../i18n/translate';
import { failureFinding } from '../failure-finding';
import { defineCheck, type Finding } from '../finding';
import { cardinalityFix } from '../fixes';
import { PROMETHEUS } from './producer';

/** Above this the count alone is worth a thought: a series costs Prometheus some kB of memory. */
const MANY_SERIES = 100_000;

export const cardinality = defineCheck({
  id: 'cardinality',
  group: 'metrics',
  title: () => t('traceatlas.setup.cardinality.title', 'Number of series'),
  needs: ['cardinality'],
  judge: ({ cardinality: answer }): Finding => {
    if (!answer.ok) {
      return failureFinding(answer, PROMETHEUS);
    }
    const { total, largest, overflow } = answer.value;
    const values = { total, name: largest?.name ?? '', series: largest?.series ?? 0 };
    if (overflow > 0) {
      return {
        state: 'problem',
        summary: t(
          'traceatlas.setup.cardinality.overflow',
          'The producer has reached its limit: some services are lumped together as overflow.'
        ),
        why: t(
          'traceatlas.setup.cardinality.overflow-why',
          'What is in the overflow cannot be told apart any more: numbers of single services are too low.'
        ),
        fixes: [cardinalityFix()],
      };
    }
    const summary = t('traceatlas.setup.cardinality.count', '{{total}} series, most of {{name}} ({{series}}).', values);
    return total <= MANY_SERIES
      ? { state: 'ok', summary }
      : {
          state: 'note',
          summary,
          why: t(
            'traceatlas.setup.cardinality.why',
            'Each series costs memory in Prometheus and time in every query. Operation names with ids in them are the usual reason; dimensions multiply it.'
          ),
          fixes: [cardinalityFix()],
        };
  },
});
