/** Changes as texts: sign, arrow and size never depend on a colour. */
import { t } from '../../../i18n/translate';
import {
  type CallChange,
  type Change,
  CHANGED_STATS,
  type ChangedStat,
  type ServiceChange,
  type StatChange,
} from '../../../servicegraph/compare';
import { type Detail, readServiceId, type RequestStats } from '../../../servicegraph/model';
import { formatErrorShare, formatLatency, formatRate } from '../format-stats';
import { latencyName } from '../kind-names';

/** What is coloured and sorted by: one number, or of each thing the one that changed most. */
export type ComparedStat = ChangedStat | 'largest';
export const COMPARED_STATS: readonly ComparedStat[] = ['largest', ...CHANGED_STATS];

/** From this ratio on "12×" says more than "+1100%". */
const MANY_TIMES = 10;

export function statName(stat: ChangedStat): string {
  switch (stat) {
    case 'rate':
      return t('traceatlas.service-map.stats.rate', 'Rate');
    case 'errors':
      return t('traceatlas.service-map.stats.errors', 'Errors');
    default:
      return latencyName(stat);
  }
}

/** The number that is told of a change; undefined when nothing changed beyond chance. */
export function shownStat(change: Change, compared: ComparedStat): ChangedStat | undefined {
  return compared === 'largest' ? change.leading : compared;
}

export function formatStat(stat: ChangedStat, value: number | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return stat === 'rate'
    ? formatRate(value)
    : stat === 'errors'
      ? formatErrorShare({ rate: 1, errorRate: value })
      : formatLatency(value);
}

/** "120 → 480 ms", "480 ms → 1.2 s"; a window without the number says so. */
export function beforeToNow(stat: ChangedStat, { before, now }: StatChange): string {
  const none = t('traceatlas.service-map.stats.no-data', 'no data');
  const [from, to] = [formatStat(stat, before) ?? none, formatStat(stat, now) ?? none];
  const unit = /\d( \D+)$/.exec(to)?.[1] ?? '';
  return `${unit !== '' && from.endsWith(unit) ? from.slice(0, -unit.length) : from} → ${to}`;
}

function rounded(number: number): string {
  return number.toFixed(number < 9.95 && number % 1 !== 0 ? 1 : 0).replace(/\.0$/, '');
}

/** "▲ +80%", "▼ −45%", "▲ 12×", and for shares "▲ +7.5 pp" (percentage points); undefined where it cannot be had. */
export function changeText(stat: ChangedStat, { before, now }: StatChange): string | undefined {
  if (before === undefined || now === undefined) {
    return undefined;
  }
  if (before === now) {
    return '=';
  }
  const arrow = now > before ? '▲' : '▼';
  const sign = now > before ? '+' : '−';
  if (stat === 'errors') {
    const points = rounded(Math.abs(now - before) * 100);
    return `${arrow} ${sign}${points === '0' ? '<0.1' : points} pp`;
  }
  if (before === 0) {
    return undefined;
  }
  const ratio = now / before;
  return ratio >= MANY_TIMES ? `${arrow} ${rounded(ratio)}×` : `${arrow} ${sign}${rounded(Math.abs(ratio - 1) * 100)}%`;
}

export function presenceText({ presence }: Change): string | undefined {
  return presence === 'appeared'
    ? t('traceatlas.service-map.compare.new', 'new')
    : presence === 'vanished'
      ? t('traceatlas.service-map.compare.gone', 'gone')
      : undefined;
}

export function isCallChange(change: ServiceChange | CallChange): change is CallChange {
  const item = change.now ?? change.before;
  return item !== undefined && 'source' in item;
}

/** Name of a service, or "caller → callee". */
export function changeName(change: ServiceChange | CallChange): string {
  if (isCallChange(change)) {
    const call = change.now ?? change.before;
    return call ? `${readServiceId(call.source).name} → ${readServiceId(call.target).name}` : change.id;
  }
  return (change.now ?? change.before)?.name ?? change.id;
}

function statsBefore({ stats: { rate, errors, p95 } }: Change): RequestStats {
  return {
    rate: rate.before,
    errorRate: errors.before === undefined || rate.before === undefined ? undefined : errors.before * rate.before,
    p95: p95.before,
  };
}

/** What stands beside the numbers of now: those of before, as far as they changed or are the ones compared. */
export function changeDetails(change: Change, compared: ComparedStat): Detail[] {
  if (change.presence === 'appeared') {
    return [
      {
        label: t('traceatlas.service-map.compare.earlier', 'Earlier'),
        text: t('traceatlas.service-map.compare.not-there', 'not there'),
      },
    ];
  }
  if (change.presence === 'vanished') {
    const before = statsBefore(change);
    const texts = [formatRate(before.rate), formatErrorShare(before), formatLatency(before.p95)];
    return [
      {
        label: t('traceatlas.service-map.compare.was', 'Was'),
        text: texts.filter((text) => text !== undefined).join(' · '),
      },
    ];
  }
  const told = shownStat(change, compared);
  return CHANGED_STATS.filter((stat) => stat === told || change.stats[stat].size !== 0).map((stat) => {
    const { before } = change.stats[stat];
    const text = [
      formatStat(stat, before) ?? t('traceatlas.service-map.stats.no-data', 'no data'),
      changeText(stat, change.stats[stat]),
    ];
    return {
      label: t('traceatlas.service-map.compare.before', '{{stat}} before', { stat: statName(stat) }),
      text: text.filter((part) => part !== undefined).join(' '),
    };
  });
}
