/** The chart in words, for screen readers. */
import { dateTimeFormat } from '@grafana/data';
import { t } from '../../i18n/translate';
import { type ExemplarPoint } from '../../links/exemplar-points';
import { type LatencyBox } from '../../links/latency-box';
import { formatLatency } from './draw-latency';

export function spokenPoint({ latency, timeMs, operation, isError }: ExemplarPoint, timeZone?: string): string {
  const values = {
    latency: formatLatency(latency),
    time: dateTimeFormat(timeMs, { timeZone }),
    operation: operation ?? '',
  };
  return isError
    ? t('traceatlas.latency.spoken-failed', '{{operation}} failed after {{latency}} at {{time}}', values)
    : t('traceatlas.latency.spoken', '{{operation}} took {{latency}} at {{time}}', values);
}

export function spokenBox({ fromMs, toMs, min, max }: LatencyBox, timeZone?: string): string {
  const values = {
    min: formatLatency(min),
    from: dateTimeFormat(fromMs, { timeZone }),
    to: dateTimeFormat(toMs, { timeZone }),
  };
  return Number.isFinite(max)
    ? t('traceatlas.latency.spoken-box', 'Selected: {{min}} to {{max}}, from {{from}} to {{to}}', {
        ...values,
        max: formatLatency(max),
      })
    : t('traceatlas.latency.spoken-open-box', 'Selected: over {{min}}, from {{from}} to {{to}}', values);
}
