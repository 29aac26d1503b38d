/** Why a change stands where it stands, in words. */
import { t } from '../../../i18n/translate';
import { type CallChange, type ChangedStat, type ServiceChange } from '../../../servicegraph/compare';
import { formatLatency, formatRate } from '../format-stats';
import { type ChangeOrder, type Explanation, impactOf, leastNow } from './change-order';
import { type ComparedStat, formatStat, shownStat } from './change-text';

/** Below this share what is called has nothing to do with it, above the rest has not. */
const NOTHING = 0.05;

export function orderName(order: ChangeOrder): string {
  switch (order) {
    case 'cause':
      return t('traceatlas.service-map.compare.order-cause', 'Likely cause first');
    case 'change':
      return t('traceatlas.service-map.compare.order-change', 'Largest change first');
    case 'waiting':
      return t('traceatlas.service-map.compare.order-waiting', 'Most waiting added first');
    case 'failures':
      return t('traceatlas.service-map.compare.order-failures', 'Most failures added first');
  }
}

function signed(value: number, format: (size: number) => string | undefined): string {
  return `${value < 0 ? '−' : '+'}${format(Math.abs(value)) ?? ''}`;
}

/** "+3.20 s of waiting each second"; undefined where there is no such number */
export function waitingText(waiting: number | undefined): string | undefined {
  return waiting === undefined
    ? undefined
    : t('traceatlas.service-map.compare.adds-waiting', '{{time}} of waiting each second', {
        time: signed(waiting, formatLatency),
      });
}

/** "+0.42 failed req/s" */
export function failuresText(failures: number | undefined): string | undefined {
  return failures === undefined
    ? undefined
    : t('traceatlas.service-map.compare.adds-failures', '{{rate}} failed', { rate: signed(failures, formatRate) });
}

function missingText(order: 'waiting' | 'failures'): string {
  return order === 'waiting'
    ? t('traceatlas.service-map.compare.no-average', 'no average latency to tell the waiting')
    : t('traceatlas.service-map.compare.no-failures', 'no number of failed requests');
}

function explanationText({ share, callee, others }: Explanation): string {
  if (callee === undefined || share < NOTHING) {
    return t('traceatlas.service-map.compare.explained-none', 'nothing it calls explains it');
  }
  const percent = Math.round(share * 100);
  return others > 0
    ? t('traceatlas.service-map.compare.explained-several', '{{percent}}% of it from {{callee}} and others', {
        percent,
        callee,
      })
    : t('traceatlas.service-map.compare.explained-one', '{{percent}}% of it from {{callee}}', { percent, callee });
}

interface Reason {
  order: ChangeOrder;
  compared: ComparedStat;
  explain(change: ServiceChange | CallChange, stat: ChangedStat): Explanation | undefined;
}

/** What the order goes by, as far as the numbers before and now do not tell it; undefined where there is nothing to add */
export function reasonText(
  change: ServiceChange | CallChange,
  { order, compared, explain }: Reason
): string | undefined {
  const { waiting, failures } = impactOf(change);
  if (order === 'waiting') {
    return waitingText(waiting) ?? missingText(order);
  }
  if (order === 'failures') {
    return failuresText(failures) ?? missingText(order);
  }
  const stat = shownStat(change, compared);
  if (change.presence !== 'both' || !stat) {
    return undefined;
  }
  if (stat === 'rate') {
    return order === 'cause'
      ? t('traceatlas.service-map.compare.traffic-half', 'traffic counts half in this order')
      : undefined;
  }
  const explanation = explain(change, stat);
  const least = order === 'cause' ? leastNow(stat, change) : undefined;
  const texts = [
    stat === 'errors' ? failuresText(failures) : waitingText(waiting),
    explanation && explanationText(explanation),
    least === undefined
      ? undefined
      : t('traceatlas.service-map.compare.few-requests', 'few requests: for certain only {{value}}', {
          value: formatStat(stat, least),
        }),
  ];
  return texts.filter((text) => text !== undefined).join(' · ') || undefined;
}
