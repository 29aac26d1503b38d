import { t } from '../../../i18n/translate';
import { type Answer } from '../answer';
import { failureFinding } from '../failure-finding';
import { type Check, defineCheck, type Finding } from '../finding';
import { type ClockReading } from '../tempo-probes';

/** Tempo drops spans for its metrics that end further than this from its own clock (metrics_ingestion_time_range_slack). */
const PROBLEM_MS = 30_000;
const WARNING_MS = 5_000;
/** A Date header tells whole seconds. */
const DATE_RESOLUTION_MS = 1000;

/**
 * How far a server's clock is ahead of the browser's, at least; negative when behind, 0 when the difference is within
 * what can be told. ms.
 */
export function clockDifference(
  { serverMs, sentMs, receivedMs }: ClockReading,
  resolutionMs: number
): number | undefined {
  if (serverMs === undefined) {
    return undefined;
  }
  // The server looked at its clock somewhere between sending and receiving.
  const earliest = serverMs - receivedMs;
  const latest = serverMs + resolutionMs - sentMs;
  return earliest > 0 ? earliest : latest < 0 ? latest : 0;
}

function judgeClock(answer: Answer<ClockReading>, server: string, resolutionMs: number): Finding {
  if (!answer.ok) {
    return failureFinding(answer, server);
  }
  const difference = clockDifference(answer.value, resolutionMs);
  if (difference === undefined) {
    return {
      state: 'unknown',
      summary: t('traceatlas.setup.clock.unknown', '{{server}} does not tell its time.', { server }),
    };
  }
  const seconds = Math.round(Math.abs(difference) / 1000);
  const values = { server, seconds };
  if (Math.abs(difference) < WARNING_MS) {
    return {
      state: 'ok',
      summary: t('traceatlas.setup.clock.ok', 'The clocks of {{server}} and of this browser agree.', values),
    };
  }
  return {
    state: Math.abs(difference) >= PROBLEM_MS ? 'problem' : 'warning',
    summary:
      difference > 0
        ? t('traceatlas.setup.clock.ahead', 'The clock of {{server}} is {{seconds}} s ahead of this browser’s.', values)
        : t('traceatlas.setup.clock.behind', 'The clock of {{server}} is {{seconds}} s behind this browser’s.', values),
    why: t(
      'traceatlas.setup.clock.why',
      'Time ranges are made with the browser’s clock, so the newest data is missed or seems late; spans 30 s away from Tempo’s clock are not counted in its metrics. Set both by NTP.'
    ),
  };
}

const tempoClock = defineCheck({
  id: 'clock-tempo',
  group: 'clocks',
  title: () => t('traceatlas.setup.clock.tempo', 'Tempo’s clock'),
  needs: ['tempoEcho'],
  judge: ({ tempoEcho }) => judgeClock(tempoEcho, 'Tempo', DATE_RESOLUTION_MS),
});

const prometheusClock = defineCheck({
  id: 'clock-prometheus',
  group: 'clocks',
  title: () => t('traceatlas.setup.clock.prometheus', 'Prometheus’ clock'),
  needs: ['prometheusClock'],
  judge: ({ prometheusClock: answer }) => judgeClock(answer, 'Prometheus', 1),
});

export const clockChecks: Check[] = [tempoClock, prometheusClock];
