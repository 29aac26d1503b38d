import { css, cx } from '@emotion/css';
import React, { type KeyboardEvent, type PointerEvent } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { formatTick } from './format';
import { fractionOf, ticksOf, type TimeWindow } from './time-window';

const MIN_NAME_PERCENT = 15;
const MAX_NAME_PERCENT = 80;
const KEY_STEP_PERCENT = 2;

interface Props {
  window: TimeWindow;
  namePercent: number;
  onResize: (namePercent: number) => void;
}

/** The head of the rows: column names, the handle between them, and the time axis. */
export function TimeRuler({ window, namePercent, onResize }: Props) {
  const styles = useStyles2(getStyles);
  const ticks = ticksOf(window);
  const resize = (percent: number) => onResize(Math.max(MIN_NAME_PERCENT, Math.min(MAX_NAME_PERCENT, percent)));
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const ruler = event.currentTarget.parentElement?.getBoundingClientRect();
    if (ruler && ruler.width > 0 && event.currentTarget.hasPointerCapture(event.pointerId)) {
      resize(((event.clientX - ruler.left) / ruler.width) * 100);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -KEY_STEP_PERCENT, ArrowRight: KEY_STEP_PERCENT }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      resize(namePercent + step);
    }
  };
  return (
    <div className={styles.ruler}>
      <div className={styles.name} style={{ width: `${namePercent}%` }}>
        {t('traceatlas.trace.column-span', 'Service and operation')}
      </div>
      {/* A separator that moves is a widget: https://www.w3.org/TR/wai-aria-1.2/#separator */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('traceatlas.trace.resize', 'Width of the name column')}
        aria-valuenow={Math.round(namePercent)}
        aria-valuemin={MIN_NAME_PERCENT}
        aria-valuemax={MAX_NAME_PERCENT}
        className={styles.handle}
        style={{ left: `${namePercent}%` }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <div className={styles.axis}>
        {ticks.map((tick, i) => {
          const isLast = i === ticks.length - 1;
          const style = isLast ? { right: 0 } : { left: `${fractionOf(tick, window) * 100}%` };
          return (
            <span
              key={i}
              className={cx(
                styles.tick,
                i % 2 === 1 && styles.minorTick,
                i > 0 && !isLast && styles.innerTick,
                isLast && styles.lastTick
              )}
              style={style}
            >
              {formatTick(tick)}
            </span>
          );
        })}
      </div>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    ruler: css({
      position: 'relative',
      display: 'flex',
      flexShrink: 0,
      height: theme.spacing(3.5),
      alignItems: 'center',
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      background: theme.colors.background.secondary,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    name: css({ flexShrink: 0, paddingLeft: theme.spacing(1), overflow: 'hidden', whiteSpace: 'nowrap' }),
    handle: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      width: 9,
      marginLeft: -4,
      cursor: 'col-resize',
      zIndex: 1,
      touchAction: 'none',
      '&::after': {
        content: '""',
        position: 'absolute',
        left: 4,
        top: 0,
        bottom: 0,
        width: 1,
        background: theme.colors.border.strong,
      },
      '&:hover::after, &:focus-visible::after': { width: 3, background: theme.colors.primary.main },
    }),
    axis: css({ position: 'relative', flexGrow: 1, alignSelf: 'stretch', containerType: 'inline-size' }),
    minorTick: css({ '@container (max-width: 520px)': { display: 'none' } }),
    innerTick: css({ '@container (max-width: 280px)': { display: 'none' } }),
    lastTick: css({ '@container (max-width: 130px)': { display: 'none' } }),
    tick: css({
      position: 'absolute',
      top: 0,
      height: '100%',
      display: 'flex',
      alignItems: 'center',
      padding: theme.spacing(0, 0.5),
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
    }),
  };
}
