import { css } from '@emotion/css';
import React, { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, LoadingPlaceholder, Stack, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { type Trace } from '../../trace/model';
import { type TraceTree, traceTreeSteps } from '../../trace/tree';
import { testIds } from '../../test-ids';
import { ExportButton } from './export-button';
import { FindBox } from './find-box';
import { Minimap } from './minimap';
import { SpanDetail } from './span-detail';
import { type SpanLinks } from './span-links';
import { ROW_HEIGHT, SpanRow } from './span-row';
import { TimeRuler } from './time-ruler';
import { type TimeWindow } from './time-window';
import { handleTimelineKey } from './timeline-keys';
import { TraceHeader } from './trace-header';
import { useSliced } from '../shared/use-sliced';
import { useTimeline } from './use-timeline';
import { scrollToRow, useWindowedRows } from '../shared/use-windowed-rows';

export interface TraceTimelineProps extends SpanLinks {
  trace: Trace;
  /** The span whose details are open: 16 hex digits */
  spanId?: string;
  onSelectSpan?: (spanId: string | undefined) => void;
  /** Why the trace is not complete */
  partial?: string;
  timeZone?: string;
  /** The place where it is shown already has the name of the trace as its title. */
  hideTitle?: boolean;
  /** At the right end of the header */
  actions?: ReactNode;
}

const INITIAL_NAME_PERCENT = 38;
const FIND_ERRORS = 'status=error';
const doNothing = () => {};

/**
 * One trace as a timeline. Fills the height of its parent and scrolls inside; draws the visible rows only, so the number
 * of spans matters for the tree and not for the DOM.
 */
export function TraceTimeline({ trace, partial, timeZone, actions, hideTitle, ...props }: TraceTimelineProps) {
  // While a newer trace is worked on, the former one stays.
  const { result: tree } = useSliced(trace, trace.spans.length, traceTreeSteps);
  const styles = useStyles2(getStyles);
  if (!tree) {
    return <PreparingTrace />;
  }
  const allActions = (
    <Stack direction="row" gap={1}>
      {actions}
      <ExportButton trace={trace} />
    </Stack>
  );
  return (
    <div className={styles.view} data-testid={testIds.trace.timeline}>
      <TraceHeader tree={tree} timeZone={timeZone} actions={allActions} hideTitle={hideTitle} />
      {partial !== undefined && (
        <Alert
          severity="warning"
          title={t('traceatlas.trace.partial', 'This trace is not complete')}
          data-testid={testIds.trace.partial}
          className={styles.banner}
        >
          {partial}
        </Alert>
      )}
      <TimelineBody tree={tree} timeZone={timeZone} {...props} />
    </div>
  );
}

/** Shown for the moment that a large trace takes. */
export function PreparingTrace() {
  return (
    <div data-testid={testIds.trace.preparing}>
      <LoadingPlaceholder text={t('traceatlas.trace.preparing', 'Preparing the spans…')} />
    </div>
  );
}

interface BodyProps extends SpanLinks {
  tree: TraceTree;
  spanId?: string;
  onSelectSpan?: (spanId: string | undefined) => void;
  timeZone?: string;
}

function TimelineBody({ tree, spanId, onSelectSpan = doNothing, timeZone, ...links }: BodyProps) {
  const styles = useStyles2(getStyles);
  const rowId = useId();
  const findInput = useRef<HTMLInputElement>(null);
  const [namePercent, setNamePercent] = useState(INITIAL_NAME_PERCENT);
  const [zoom, setZoom] = useState<{ tree: TraceTree; window: TimeWindow } | undefined>(undefined);
  const timeline = useTimeline(tree, spanId, onSelectSpan);
  const { rows, active, selected } = timeline;
  const { scroller, scrollerRef, first, end, totalHeight, pageSize } = useWindowedRows(rows.length, ROW_HEIGHT);
  // A zoom belongs to its trace.
  const window = zoom?.tree === tree ? zoom.window : { from: 0, to: tree.duration };

  useEffect(() => {
    const row = active ? rows.indexOf(active) : -1;
    if (scroller && row >= 0) {
      scrollToRow(scroller, row, ROW_HEIGHT);
    }
    // pageSize: opening the details makes the visible part smaller.
  }, [active, rows, scroller, pageSize]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      findInput.current?.focus();
    } else if (handleTimelineKey(event.key, timeline, pageSize)) {
      event.preventDefault();
    }
  };

  return (
    <>
      <Minimap tree={tree} window={window} onChange={(next) => setZoom({ tree, window: next })} />
      <div className={styles.toolbar}>
        <FindBox timeline={timeline} input={findInput} onLeave={() => scroller?.focus()} />
        <div className={styles.buttons}>
          {tree.errorCount > 0 && (
            <Button
              size="sm"
              variant="secondary"
              icon="exclamation-circle"
              onClick={() => {
                timeline.setFindText(FIND_ERRORS);
                findInput.current?.focus();
              }}
            >
              {t('traceatlas.trace.find-errors', 'Find errors')}
            </Button>
          )}
          <Button size="sm" variant="secondary" onClick={timeline.expandAll}>
            {t('traceatlas.trace.expand-all', 'Expand all')}
          </Button>
          <Button size="sm" variant="secondary" onClick={timeline.collapseAll}>
            {t('traceatlas.trace.collapse-all', 'Collapse all')}
          </Button>
        </div>
      </div>
      {spanId !== undefined && !tree.nodeBySpanId.has(spanId) && (
        <Alert
          severity="info"
          title={t('traceatlas.trace.span-missing', 'Span {{spanId}} is not in this trace.', { spanId })}
          className={styles.banner}
          onRemove={() => onSelectSpan(undefined)}
        />
      )}
      <div className={styles.main}>
        <div className={styles.timeline}>
          <TimeRuler window={window} namePercent={namePercent} onResize={setNamePercent} />
          <div
            ref={scrollerRef}
            role="treegrid"
            tabIndex={0}
            aria-label={t('traceatlas.trace.grid', 'Spans of the trace')}
            aria-rowcount={rows.length}
            aria-activedescendant={active && `${rowId}${active.index}`}
            className={styles.scroller}
            data-testid={testIds.trace.grid}
            onKeyDown={onKeyDown}
          >
            <div role="presentation" style={{ height: totalHeight, position: 'relative' }}>
              {rows.slice(first, end).map((node, i) => (
                <SpanRow
                  key={node.index}
                  id={`${rowId}${node.index}`}
                  node={node}
                  row={first + i}
                  nameWidth={`${namePercent}%`}
                  window={window}
                  isCollapsed={timeline.collapsed.has(node)}
                  isActive={node === active}
                  isSelected={node === selected}
                  isFound={timeline.foundSet.has(node)}
                  onToggle={timeline.toggle}
                  onSelect={timeline.select}
                />
              ))}
            </div>
          </div>
        </div>
        {selected && (
          <div className={styles.detail}>
            <SpanDetail
              tree={tree}
              node={selected}
              timeZone={timeZone}
              onClose={() => timeline.select(undefined)}
              {...links}
            />
          </div>
        )}
      </div>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    view: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      height: '100%',
      minHeight: 0,
      containerType: 'inline-size',
    }),
    banner: css({ flexGrow: 0, flexShrink: 0, marginBottom: 0 }),
    toolbar: css({ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: theme.spacing(1) }),
    buttons: css({ display: 'flex', gap: theme.spacing(1) }),
    main: css({
      display: 'flex',
      flexDirection: 'column',
      flexGrow: 1,
      minHeight: 0,
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      overflow: 'hidden',
      '@container (min-width: 1000px)': { flexDirection: 'row' },
    }),
    timeline: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 }),
    scroller: css({
      flexGrow: 1,
      flexBasis: 0,
      minHeight: 0,
      overflowY: 'scroll',
      position: 'relative',
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    detail: css({
      flex: '0 0 45%',
      minHeight: 0,
      borderTop: `1px solid ${theme.colors.border.medium}`,
      background: theme.colors.background.primary,
      '@container (min-width: 1000px)': {
        flexBasis: '36%',
        borderTop: 'none',
        borderLeft: `1px solid ${theme.colors.border.medium}`,
      },
    }),
  };
}
