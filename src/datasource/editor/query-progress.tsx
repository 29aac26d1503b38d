import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, Icon, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { inspectedText, progressText, type SliceProgress } from '../query/slice-progress';

interface Props {
  /** Undefined: nothing was answered yet, or the data source does not say. */
  progress?: SliceProgress;
  isRunning: boolean;
  timeZone?: string;
  onStop: () => void;
}

/**
 * How far a query in slices has come, as a bar that grows from now into the past, with a button that ends it and keeps what
 * came. Always as high as a button, so that nothing jumps when it begins or ends.
 */
export function QueryProgress({ progress: last, isRunning, timeZone, onStop }: Props) {
  const styles = useStyles2(getStyles);
  // What stands there while the next run has not answered yet is of the run before; one that runs no more was cancelled.
  const progress = isRunning
    ? last?.state === 'running'
      ? last
      : undefined
    : last && (last.state === 'running' ? { ...last, state: 'stopped' as const } : last);
  const percent = progress ? Math.round(progress.share * 100) : 0;
  const texts = progress
    ? [progressText(progress, timeZone), isRunning && inspectedText(progress)].filter(Boolean)
    : [];
  const isCut = progress?.state === 'stopped' || progress?.state === 'failed';
  return (
    <div className={styles.row} data-testid={testIds.progress.root}>
      {isRunning && (
        <>
          <div
            className={styles.track}
            role="progressbar"
            aria-label={t('traceatlas.progress.label', 'Searched part of the time range')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
          >
            <div className={styles.bar} style={{ width: `${percent}%` }} />
          </div>
          <Button
            size="sm"
            variant="secondary"
            icon="square-shape"
            onClick={onStop}
            data-testid={testIds.progress.stop}
          >
            {t('traceatlas.progress.stop', 'Stop')}
          </Button>
        </>
      )}
      {texts.length > 0 && (
        // Read out once, at the end: while it runs the text changes several times a second.
        <span className={styles.text} role={isRunning ? undefined : 'status'} data-testid={testIds.progress.text}>
          {isCut && <Icon name="exclamation-triangle" className={styles.cut} />}
          {texts.join(' · ')}
        </span>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minHeight: theme.spacing(3), minWidth: 0 }),
  track: css({
    display: 'flex',
    justifyContent: 'flex-end',
    width: 160,
    height: 6,
    flexShrink: 0,
    overflow: 'hidden',
    borderRadius: theme.shape.radius.pill,
    background: theme.colors.border.medium,
  }),
  bar: css({
    height: '100%',
    background: theme.colors.primary.main,
    [theme.transitions.handleMotion('no-preference')]: { transition: 'width 200ms linear' },
  }),
  text: css({
    ...theme.typography.bodySmall,
    color: theme.colors.text.secondary,
    fontVariantNumeric: 'tabular-nums',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  }),
  cut: css({ color: theme.colors.warning.text, marginRight: theme.spacing(0.5) }),
});
