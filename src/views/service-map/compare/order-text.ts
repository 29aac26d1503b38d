/** Why a change stands where it stands, in words. */
import { t } from '../../../i18n/translate';
import { type CallChange, type ChangedStat, type ServiceChange } from '../../../servicegraph/compare';
import { formatLatency, formatRate } from '../format-stats';
import { type ChangeOrder, type Explanation, impactOf, leastNow } from './change-order';
import { type ComparedStat, formatStat, shownStat } from './change-text';

/** Shares nearer than this to nothing or to all are called so. */
const NEAR = 0.05;

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

/** "+3.20 s waiting per second", of all callers together; undefined where there is no such number */
export function waitingText(waiting: number | undefined): string | undefined {
  return waiting === undefined
    ? undefined
    : t('traceatlas.service-map.compare.adds-waiting', '{{time}} waiting per second', {
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

function explanationText({ share, callee, isOnlyOne }: Explanation): string {
  if (callee === undefined || share < NEAR) {
    return t('traceatlas.service-map.compare.explained-none', 'its own');
  }
  const from = isOnlyOne
    ? callee
    : t('traceatlas.service-map.compare.explained-several', '{{callee}} and others', { callee });
  return share > 1 - NEAR
    ? t('traceatlas.service-map.compare.explained-all', 'all from {{from}}', { from })
    : t('traceatlas.service-map.compare.explained-part', '{{percent}}% from {{from}}', {
        percent: Math.round(share * 100),
        from,
      });
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
      : t('traceatlas.service-map.compare.few-requests', 'few requests: only {{value}} is certain', {
          value: formatStat(stat, least),
        }),
  ];
  return texts.filter((text) => text !== undefined).join(', ') || undefined;
}
