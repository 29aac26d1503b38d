import { css, cx } from '@emotion/css';
import React, { type CSSProperties, memo } from 'react';
import { type GrafanaTheme2, type IconName } from '@grafana/data';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { selfIntervals } from '../../trace/self-time';
import { serviceNameOf } from '../../trace/service-name';
import { type SpanNode } from '../../trace/tree';
import { testIds } from '../../test-ids';
import { formatDuration } from './format';
import { serviceColor } from './service-colors';
import { clippedPercent, TICK_COUNT, type TimeWindow } from './time-window';
import { warningText } from './warning-text';

export const ROW_HEIGHT = 28;
const INDENT = 14;
/** Deeper levels are not indented any further, or nothing of the name would be left. */
const MAX_INDENTED_DEPTH = 24;
const MAX_SELF_SEGMENTS = 50;

interface Props {
  node: SpanNode;
  /** 0-based, among the visible rows */
  row: number;
  id: string;
  nameWidth: string;
  window: TimeWindow;
  isCollapsed: boolean;
  isActive: boolean;
  isSelected: boolean;
  isFound: boolean;
  onToggle: (node: SpanNode) => void;
  onSelect: (node: SpanNode) => void;
}

/** One span: its place in the tree at the left, its time at the right. */
export const SpanRow = memo(function SpanRow(props: Props) {
  const { node, row, id, nameWidth, isCollapsed, isActive, isSelected, isFound, onSelect } = props;
  const styles = useStyles2(getStyles);
  return (
    // The keyboard works on the grid, which has the focus; see TraceTimeline.
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={row + 1}
      aria-level={node.depth + 1}
      aria-expanded={node.children.length > 0 ? !isCollapsed : undefined}
      aria-selected={isSelected}
      data-testid={testIds.trace.row}
      data-span-id={node.span.spanId}
      className={cx(styles.row, isFound && styles.found, isSelected && styles.selected, isActive && styles.active)}
      style={{ top: row * ROW_HEIGHT }}
      onClick={() => onSelect(node)}
    >
      <div role="gridcell" className={styles.nameCell} style={{ width: nameWidth }}>
        <NameCell {...props} />
      </div>
      <div role="gridcell" className={styles.timeCell}>
        <Bar node={node} window={props.window} isMarked={isFound || isSelected} />
      </div>
    </div>
  );
});

function NameCell({ node, isCollapsed, isFound, isSelected, onToggle }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { span, depth, children, warnings, descendantCount } = node;
  const service = serviceNameOf(span);
  return (
    <>
      <span className={styles.indent} style={{ width: Math.min(depth, MAX_INDENTED_DEPTH) * INDENT }} />
      {children.length > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          className={styles.toggle}
          aria-label={
            isCollapsed
              ? t('traceatlas.trace.expand', 'Show spans below: {{number}}', { number: descendantCount })
              : t('traceatlas.trace.collapse', 'Hide spans below: {{number}}', { number: descendantCount })
          }
          onClick={(event) => {
            event.stopPropagation();
            onToggle(node);
          }}
        >
          <Icon name={isCollapsed ? 'angle-right' : 'angle-down'} />
        </button>
      ) : (
        <span className={styles.leaf} />
      )}
      <span className={styles.swatch} style={{ background: serviceColor(theme, node.serviceIndex) }} />
      {span.status.code === 'error' && (
        <Mark
          icon="exclamation-circle"
          className={styles.error}
          text={span.status.message || t('traceatlas.trace.error-mark', 'Error')}
        />
      )}
      {warnings.length > 0 && (
        <Mark icon="exclamation-triangle" className={styles.warning} text={warnings.map(warningText).join('\n')} />
      )}
      <span className={styles.names} title={`${service} ${span.name}`}>
        <span className={styles.service}>{service || t('traceatlas.trace.no-service', '(no service)')}</span>
        <span className={cx(styles.name, (isFound || isSelected) && styles.onColor)}>
          {span.name || t('traceatlas.trace.no-name', '(no name)')}
        </span>
        {isCollapsed && <span className={styles.hidden}>+{descendantCount.toLocaleString()}</span>}
      </span>
    </>
  );
}

function Mark({ icon, text, className }: { icon: IconName; text: string; className: string }) {
  return (
    <span role="img" aria-label={text} title={text} className={className}>
      <Icon name={icon} />
    </span>
  );
}

/** The bar is pale where children were running and full where the span itself was at work. */
function Bar({ node, window, isMarked }: Pick<Props, 'node' | 'window'> & { isMarked: boolean }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const end = node.start + node.duration;
  const bar = clippedPercent(node.start, end, window);
  if (!bar) {
    return null;
  }
  const color = serviceColor(theme, node.serviceIndex);
  const duration = formatDuration(node.duration);
  return (
    <>
      <div
        className={styles.bar}
        style={{ left: `${bar.left}%`, width: `${bar.width}%`, background: color }}
        title={t('traceatlas.trace.bar', '{{duration}}, of it {{selfTime}} self time', {
          duration,
          selfTime: formatDuration(node.selfTime),
        })}
      />
      {longest(node).map(([from, to]) => {
        const segment = clippedPercent(from, to, window);
        return (
          segment && (
            <div
              key={from}
              className={styles.self}
              style={{ left: `${segment.left}%`, width: `${segment.width}%`, background: color }}
            />
          )
        );
      })}
      <span className={cx(styles.duration, isMarked && styles.onColor)} style={labelPosition(bar)}>
        {duration}
      </span>
    </>
  );
}

/** After the bar, else before it, and inside at its end when it leaves no room. */
function labelPosition({ left, width }: { left: number; width: number }): CSSProperties {
  const right = left + width;
  if (right < 85) {
    return { left: `${right}%` };
  }
  return left > 15 ? { right: `${100 - left}%` } : { right: `${100 - right}%` };
}

/** Thousands of gaps between thousands of children are no more to see than the longest ones. */
function longest(node: SpanNode) {
  const intervals = selfIntervals(node);
  return intervals.length <= MAX_SELF_SEGMENTS
    ? intervals
    : intervals.sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, MAX_SELF_SEGMENTS);
}

function getStyles(theme: GrafanaTheme2) {
  return {
    row: css({
      position: 'absolute',
      left: 0,
      right: 0,
      height: ROW_HEIGHT,
      display: 'flex',
      cursor: 'pointer',
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      '&:hover': { background: theme.colors.action.hover },
    }),
    found: css({ background: theme.colors.warning.transparent }),
    selected: css({ background: theme.colors.action.selected }),
    active: css({ boxShadow: `inset 3px 0 0 ${theme.colors.primary.main}` }),
    nameCell: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      flexShrink: 0,
      minWidth: 0,
      paddingLeft: theme.spacing(0.75),
      overflow: 'hidden',
      whiteSpace: 'nowrap',
      borderRight: `1px solid ${theme.colors.border.weak}`,
    }),
    indent: css({ flexShrink: 0 }),
    toggle: css({
      flexShrink: 0,
      width: 18,
      padding: 0,
      border: 0,
      background: 'none',
      color: theme.colors.text.secondary,
      lineHeight: 1,
      '&:hover': { color: theme.colors.text.primary },
    }),
    leaf: css({ flexShrink: 0, width: 18 }),
    swatch: css({ flexShrink: 0, width: 4, height: 16, borderRadius: theme.shape.radius.default }),
    error: css({ flexShrink: 0, color: theme.colors.error.text }),
    warning: css({ flexShrink: 0, color: theme.colors.warning.text }),
    names: css({ overflow: 'hidden', textOverflow: 'ellipsis' }),
    service: css({ fontWeight: theme.typography.fontWeightMedium, marginRight: theme.spacing(0.75) }),
    name: css({ color: theme.colors.text.secondary }),
    hidden: css({ color: theme.colors.text.disabled, marginLeft: theme.spacing(0.75) }),
    timeCell: css({
      position: 'relative',
      flexGrow: 1,
      minWidth: 0,
      overflow: 'hidden',
      // The lines of the ruler's ticks.
      backgroundImage: `linear-gradient(to right, ${theme.colors.border.weak} 1px, transparent 1px)`,
      backgroundSize: `${100 / (TICK_COUNT - 1)}% 100%`,
    }),
    bar: css({
      position: 'absolute',
      top: 8,
      height: 12,
      minWidth: 2,
      opacity: 0.35,
    }),
    self: css({ position: 'absolute', top: 8, height: 12, minWidth: 1, pointerEvents: 'none' }),
    duration: css({
      position: 'absolute',
      top: 0,
      lineHeight: `${ROW_HEIGHT}px`,
      padding: theme.spacing(0, 0.75),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
      pointerEvents: 'none',
    }),
    // Secondary text is too pale on a coloured row.
    onColor: css({ color: theme.colors.text.primary }),
  };
}
