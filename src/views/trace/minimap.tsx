import { css } from '@emotion/css';
import React, { type PointerEvent, useEffect, useRef, useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import { type TraceTree } from '../../trace/tree';
import { testIds } from '../../test-ids';
import { serviceColor } from './service-colors';
import { fractionOf, type TimeWindow } from './time-window';

const HEIGHT = 56;
/** Narrower selections are clicks. */
const MIN_DRAG = 0.005;

interface Props {
  tree: TraceTree;
  window: TimeWindow;
  onChange: (window: TimeWindow) => void;
}

/** The whole trace at a glance; dragging over it zooms the timeline to that time. */
export function Minimap({ tree, window, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | undefined>(undefined);
  const whole = { from: 0, to: tree.duration };
  const isZoomed = window.from > 0 || window.to < tree.duration;

  useEffect(() => {
    const element = canvas.current;
    if (!element) {
      return;
    }
    const draw = () => drawTree(element, tree, theme);
    draw();
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(draw);
    observer?.observe(element);
    return () => observer?.disconnect();
  }, [tree, theme]);

  const fractionAt = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return width > 0 ? Math.max(0, Math.min(1, (event.clientX - left) / width)) : 0;
  };
  const finish = () => {
    if (drag && Math.abs(drag.to - drag.from) >= MIN_DRAG) {
      const [from, to] = [drag.from, drag.to].sort((a, b) => a - b);
      onChange({ from: from * tree.duration, to: to * tree.duration });
    }
    setDrag(undefined);
  };
  const percent = (fraction: number) => `${fraction * 100}%`;
  const left = fractionOf(window.from, whole);
  const right = fractionOf(window.to, whole);

  return (
    <div className={styles.frame} data-testid={testIds.trace.minimap}>
      <div
        className={styles.area}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = fractionAt(event);
          setDrag({ from: at, to: at });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, to: fractionAt(event) })}
        onPointerUp={finish}
        onPointerCancel={() => setDrag(undefined)}
      >
        <canvas
          ref={canvas}
          className={styles.canvas}
          role="img"
          aria-label={t('traceatlas.trace.minimap', 'Overview of the whole trace')}
        />
        {isZoomed && <div className={styles.outside} style={{ left: 0, width: percent(left) }} />}
        {isZoomed && <div className={styles.outside} style={{ left: percent(right), right: 0 }} />}
        {drag && (
          <div
            className={styles.drag}
            style={{ left: percent(Math.min(drag.from, drag.to)), width: percent(Math.abs(drag.to - drag.from)) }}
          />
        )}
      </div>
      {isZoomed && (
        <IconButton
          className={styles.reset}
          name="search-minus"
          tooltip={t('traceatlas.trace.zoom-out', 'Show the whole trace')}
          onClick={() => onChange(whole)}
        />
      )}
    </div>
  );
}

function drawTree(canvas: HTMLCanvasElement, tree: TraceTree, theme: GrafanaTheme2): void {
  const context = canvas.getContext('2d');
  const width = canvas.clientWidth;
  if (!context || width === 0) {
    return;
  }
  const ratio = globalThis.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = HEIGHT * ratio;
  context.scale(ratio, ratio);
  context.clearRect(0, 0, width, HEIGHT);
  const rowHeight = HEIGHT / Math.max(tree.nodes.length, 1);
  // More rows than pixels: one of those that share a line is enough.
  const step = Math.max(1, Math.floor(0.5 / rowHeight));
  const scale = tree.duration > 0 ? width / tree.duration : 0;
  for (let i = 0; i < tree.nodes.length; i += step) {
    const node = tree.nodes[i];
    context.fillStyle = serviceColor(theme, node.serviceIndex);
    const height = Math.max(1, Math.min(rowHeight * 0.8, 6));
    context.fillRect(node.start * scale, i * rowHeight, Math.max(1, node.duration * scale), height);
  }
}

function getStyles(theme: GrafanaTheme2) {
  return {
    frame: css({ position: 'relative' }),
    area: css({
      position: 'relative',
      height: HEIGHT,
      overflow: 'hidden',
      cursor: 'crosshair',
      touchAction: 'none',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.canvas,
    }),
    canvas: css({ display: 'block', width: '100%', height: HEIGHT }),
    outside: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      background: theme.colors.background.primary,
      opacity: 0.75,
    }),
    drag: css({
      position: 'absolute',
      top: 0,
      bottom: 0,
      background: theme.colors.action.selected,
      borderLeft: `1px solid ${theme.colors.primary.border}`,
      borderRight: `1px solid ${theme.colors.primary.border}`,
    }),
    reset: css({ position: 'absolute', top: theme.spacing(0.5), right: theme.spacing(0.5) }),
  };
}
