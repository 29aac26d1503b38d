import React, { useEffect, useId } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { IconButton, Spinner, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type Replay } from '../../../servicegraph/replay';
import { testIds } from '../../../test-ids';
import { formatErrorShare, formatRate } from '../format-stats';
import { highestTotals, ReplayTotals } from './replay-totals';

export const REPLAY_HEIGHT = 56;

interface ReplayBarProps {
  replay: Pick<Replay, 'times' | 'step' | 'totals'>;
  /** In `replay.times` */
  index: number;
  onIndex(index: number): void;
  isPlaying: boolean;
  onPlay(isPlaying: boolean): void;
  /** The map shows `index`: only then the next step follows. */
  isShown: boolean;
  /** Percentiles are on their way. */
  isLoading?: boolean;
  timeZone?: string;
  onClose(): void;
}

/** ms between two steps; slower for those who asked for less motion */
const PACE = { usual: 700, calm: 2000 } as const;

function paceOf(): number {
  return window.matchMedia?.('(prefers-reduced-motion: reduce)').matches ? PACE.calm : PACE.usual;
}

/** "10:05 – 10:06": the window that the numbers are from */
function windowText(end: number, step: number, timeZone: string | undefined, withDay: boolean): string {
  const clock = (time: number) => dateTimeFormat(time, { timeZone, format: step < 60 ? 'HH:mm:ss' : 'HH:mm' });
  const day = withDay ? `${dateTimeFormat(end, { timeZone, format: 'MM-DD' })} ` : '';
  return `${day}${clock(end - step * 1000)} – ${clock(end)}`;
}

function totalText({ totals }: Pick<Replay, 'totals'>, index: number): string {
  const total = totals[index] ?? {};
  const share = formatErrorShare(total);
  const failed = share && t('traceatlas.service-map.failed', '{{share}} failed', { share });
  const rate = formatRate(total.rate);
  return rate === undefined
    ? t('traceatlas.service-map.stats.no-data', 'no data')
    : t('traceatlas.service-map.replay.totals', 'All calls: {{numbers}}', {
        numbers: [rate, failed].filter(Boolean).join(' · '),
      });
}

/** What the highest bars stand for: requests and failures have a scale each. */
function scaleText(totals: Replay['totals']): string {
  const { rate, failed } = highestTotals(totals);
  const [requests, share] = [formatRate(rate?.rate), failed && formatErrorShare(failed)];
  if (requests === undefined) {
    return '';
  }
  return share === undefined
    ? t('traceatlas.service-map.replay.scale', 'Highest bar: {{requests}}', { requests })
    : t('traceatlas.service-map.replay.scales', 'Highest bar: {{requests}}, red: {{share}} failed', {
        requests,
        share,
      });
}

/** Goes through the time range step by step, by hand or by itself. */
export function ReplayBar(props: ReplayBarProps) {
  const { replay, index, onIndex, isPlaying, onPlay, isShown, isLoading = false, timeZone, onClose } = props;
  const styles = useStyles2(getStyles);
  const totalsId = useId();
  const { times, step } = replay;
  const last = times.length - 1;
  useEffect(() => {
    if (!isPlaying || !isShown) {
      return undefined;
    }
    const timer = setTimeout(() => (index < last ? onIndex(index + 1) : onPlay(false)), paceOf());
    return () => clearTimeout(timer);
  }, [isPlaying, isShown, index, last, onIndex, onPlay]);
  const go = (to: number) => {
    onPlay(false);
    onIndex(Math.min(last, Math.max(0, to)));
  };
  const play = () => {
    if (!isPlaying && index >= last) {
      onIndex(0);
    }
    onPlay(!isPlaying);
  };
  const text = windowText(times[index], step, timeZone, times[last] - times[0] > 24 * 3_600_000);
  return (
    <section
      className={styles.bar}
      data-testid={testIds.serviceMap.replayBar}
      aria-label={t('traceatlas.service-map.replay.label', 'Replay')}
      aria-busy={!isShown || isLoading}
    >
      <div className={styles.buttons}>
        <IconButton
          name="angle-left"
          size="lg"
          tooltip={t('traceatlas.service-map.replay.back', 'One step back')}
          disabled={index <= 0}
          onClick={() => go(index - 1)}
        />
        <IconButton
          name={isPlaying ? 'pause' : 'play'}
          size="xl"
          data-testid={testIds.serviceMap.replayPlay}
          tooltip={
            isPlaying
              ? t('traceatlas.service-map.replay.pause', 'Pause')
              : t('traceatlas.service-map.replay.play', 'Play')
          }
          onClick={play}
        />
        <IconButton
          name="angle-right"
          size="lg"
          tooltip={t('traceatlas.service-map.replay.forward', 'One step forward')}
          disabled={index >= last}
          onClick={() => go(index + 1)}
        />
      </div>
      <div className={styles.track}>
        <ReplayTotals replay={replay} index={index} />
        <input
          type="range"
          className={styles.slider}
          data-testid={testIds.serviceMap.replaySlider}
          min={0}
          max={last}
          step={1}
          value={index}
          aria-label={t('traceatlas.service-map.replay.time', 'Time')}
          aria-valuetext={text}
          aria-describedby={totalsId}
          onChange={(event) => go(Number(event.currentTarget.value))}
        />
      </div>
      <div className={styles.text}>
        <strong>
          {text} {!isShown && <Spinner inline size="xs" />}
        </strong>
        <span id={totalsId} className={styles.totals}>
          {totalText(replay, index)}
        </span>
        <span role="status" className={styles.totals}>
          {isLoading && t('traceatlas.service-map.replay.percentiles', 'Percentiles are loading…')}
        </span>
        {!isLoading && <span className={styles.totals}>{scaleText(replay.totals)}</span>}
      </div>
      <IconButton
        name="times"
        size="lg"
        tooltip={t('traceatlas.service-map.replay.close', 'Stop the replay')}
        onClick={onClose}
      />
    </section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({
      height: REPLAY_HEIGHT,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(0.5, 1.5),
      background: theme.colors.background.primary,
      borderTop: `1px solid ${theme.colors.border.weak}`,
    }),
    buttons: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    track: css({ position: 'relative', flexGrow: 1, minWidth: 120, height: '100%' }),
    slider: css({
      position: 'absolute',
      left: 0,
      bottom: 0,
      width: '100%',
      height: 16,
      margin: 0,
      accentColor: theme.colors.primary.main,
      colorScheme: theme.isDark ? 'dark' : 'light',
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: 1 },
    }),
    text: css({
      display: 'flex',
      flexDirection: 'column',
      minWidth: 200,
      whiteSpace: 'nowrap',
      fontVariantNumeric: 'tabular-nums',
    }),
    totals: css({
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: 1.2,
    }),
  };
}
