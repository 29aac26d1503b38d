import React from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { IconButton, LinkButton, Portal, useStyles2 } from '@grafana/ui';
import { type ExemplarPoint } from './exemplar-points';

interface ExemplarTooltipProps {
  anchor: HTMLElement;
  point: ExemplarPoint;
  isPinned: boolean;
  timeZone: string;
  onHover: (isHovered: boolean) => void;
  onClose: () => void;
}

const WIDTH = 380;
const GAP = 12;

/** Labels of an exemplar with a button for each data link. */
export function ExemplarTooltip({ anchor, point, isPinned, timeZone, onHover, onClose }: ExemplarTooltipProps) {
  const styles = useStyles2(getStyles);
  const { left, right, top } = anchor.getBoundingClientRect();
  const fitsRight = right + GAP + WIDTH < window.innerWidth;
  const links = point.labels.flatMap((label) => label.links);
  return (
    <Portal>
      <div
        role="dialog"
        aria-label="Exemplar"
        className={styles.box}
        style={{
          left: fitsRight ? right + GAP : Math.max(GAP, left - GAP - WIDTH),
          top: Math.min(top, Math.max(GAP, window.innerHeight - 360)),
        }}
        onMouseEnter={() => onHover(true)}
        onMouseLeave={() => onHover(false)}
      >
        <div className={styles.title}>
          <span>Exemplar</span>
          <span className={styles.time}>
            {dateTimeFormat(point.time, { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS' })}
          </span>
          {isPinned && <IconButton name="times" aria-label="Close" onClick={onClose} />}
        </div>
        <dl className={styles.labels}>
          <dt>Value</dt>
          <dd>{point.value}</dd>
          {point.labels.map(({ name, value }) => (
            <React.Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </React.Fragment>
          ))}
        </dl>
        {links.length > 0 && (
          <div className={styles.links}>
            {links.map(({ title, href, target, onClick, origin }, index) => (
              <LinkButton
                key={index}
                size="sm"
                variant="secondary"
                icon={target === '_blank' ? 'external-link-alt' : 'link'}
                href={href}
                target={target}
                onClick={onClick ? (event) => onClick(event, origin) : undefined}
              >
                {title}
              </LinkButton>
            ))}
          </div>
        )}
      </div>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    position: 'fixed',
    width: WIDTH,
    zIndex: theme.zIndex.tooltip,
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z3,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  title: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  time: css({ marginLeft: 'auto', color: theme.colors.text.secondary }),
  labels: css({
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0.25, 1),
    maxHeight: 240,
    margin: 0,
    padding: theme.spacing(1),
    overflow: 'auto',
    '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
  links: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    padding: theme.spacing(1),
    borderTop: `1px solid ${theme.colors.border.weak}`,
  }),
});
