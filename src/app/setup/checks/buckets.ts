import { t } from '../../../i18n/translate';
import { bucketVerdict } from '../bucket-verdict';
import { failureFinding } from '../failure-finding';
import { defineCheck, type Finding } from '../finding';
import { bucketFixes } from '../fixes';
import { type HistogramFacts } from '../prometheus/buckets';
import { isCollector, PROMETHEUS } from './producer';

export const buckets = defineCheck({
  id: 'buckets',
  group: 'metrics',
  title: () => t('traceatlas.setup.buckets.title', 'Buckets fit the latencies'),
  needs: ['buckets', 'series'],
  judge: ({ buckets: answer, series: names }): Finding => {
    if (!answer.ok) {
      return failureFinding(answer, PROMETHEUS);
    }
    if (!names.ok) {
      return failureFinding(names, PROMETHEUS);
    }
    const judged = answer.value.map((histogram) => ({ histogram, verdict: bucketVerdict(histogram.buckets) }));
    const coarse = judged.filter(({ verdict }) => verdict.kind === 'coarse');
    if (coarse.length > 0) {
      const hasNative = names.value.dialect.histogram !== 'classic';
      return {
        state: hasNative ? 'note' : 'warning',
        summary: coarse.map(({ histogram }) => coarseText(histogram)).join(' '),
        why: hasNative
          ? t(
              'traceatlas.setup.buckets.native-why',
              'Percentiles are read from the native histograms, which are fine; other dashboards may not.'
            )
          : t(
              'traceatlas.setup.buckets.why',
              'Inside one bucket a percentile is only guessed: p50 and p99 say little, and getting slower does not show.'
            ),
        fixes: coarse.flatMap(({ histogram }) =>
          bucketFixes(histogram.of, isCollector(names.value.dialect), hasNative)
        ),
      };
    }
    if (judged.length === 0 && names.value.dialect.histogram === 'native') {
      return {
        state: 'ok',
        summary: t('traceatlas.setup.buckets.native', 'Native histograms have buckets for every latency.'),
      };
    }
    return judged.some(({ verdict }) => verdict.kind === 'fine')
      ? { state: 'ok', summary: t('traceatlas.setup.buckets.ok', 'The latencies seen spread over several buckets.') }
      : {
          state: 'unknown',
          summary: t('traceatlas.setup.buckets.none', 'No latency was observed in the last quarter of an hour.'),
        };
  },
});

function coarseText({ name, unit, buckets: list }: HistogramFacts): string {
  const verdict = bucketVerdict(list);
  if (verdict.kind !== 'coarse') {
    return '';
  }
  const values = { name, percent: Math.round(verdict.share * 100), from: verdict.from, to: verdict.to, unit };
  return verdict.to === Infinity
    ? t(
        'traceatlas.setup.buckets.above',
        '{{name}}: {{percent}} % took longer than the last bound, {{from}} {{unit}}.',
        values
      )
    : t(
        'traceatlas.setup.buckets.coarse',
        '{{name}}: {{percent}} % of the latencies are in one bucket, {{from}} to {{to}} {{unit}}.',
        values
      );
}
