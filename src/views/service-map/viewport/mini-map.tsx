import React, { type PointerEvent, useEffect, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { type MapModel } from '../model/map-types';
import { loudnessOf } from '../drawing/paint-style';
import { type Palette } from '../drawing/palette';
import { type ViewportControls } from './use-viewport';
import { fit, type Rect, type Size, toScreen, toWorld, type Viewport, visibleRect } from './viewport';

interface MiniMapProps {
  model: MapModel;
  palette: Palette;
  /** px of the map beside it */
  size: Size;
  controls: ViewportControls;
}

const MOST = { width: 168, height: 110 } as const;
const MARGIN = 4;
/** Below this there is no room for it. */
const LEAST_MAP: Size = { width: 480, height: 300 };

function sizeFor(bounds: Rect): Size {
  const scale = Math.min(MOST.width / Math.max(1, bounds.width), MOST.height / Math.max(1, bounds.height));
  return {
    width: Math.max(40, Math.round(bounds.width * scale)),
    height: Math.max(24, Math.round(bounds.height * scale)),
  };
}

function drawOverview(ctx: CanvasRenderingContext2D, model: MapModel, palette: Palette, { k, x, y }: Viewport) {
  const side = { width: Math.max(1, (model.nodes[0]?.card.width ?? 0) * k), height: Math.max(1, 58 * k) };
  for (const { box } of model.groups) {
    ctx.fillStyle = palette.group;
    ctx.fillRect(box.x * k + x, box.y * k + y, box.width * k, box.height * k);
  }
  for (const { card, tone } of model.nodes) {
    ctx.fillStyle = loudnessOf(tone) > 0 ? palette.tone[tone] : palette.spot;
    ctx.fillRect(card.x * k + x, card.y * k + y, side.width, side.height);
  }
}

function isWhole(visible: Rect, bounds: Rect): boolean {
  return (
    visible.x <= bounds.x &&
    visible.y <= bounds.y &&
    visible.x + visible.width >= bounds.x + bounds.width &&
    visible.y + visible.height >= bounds.y + bounds.height
  );
}

/** The whole map with a frame around what is seen; hidden while all of it is seen. */
export function MiniMap({ model, palette, size, controls }: MiniMapProps) {
  const styles = useStyles2(getStyles);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [isNeeded, setIsNeeded] = useState(false);
  const { store } = controls;
  const own = sizeFor(model.bounds);
  const { width, height } = own;
  const hasRoom = size.width >= LEAST_MAP.width && size.height >= LEAST_MAP.height;
  const isShown = isNeeded && hasRoom;
  const view = fit(model.bounds, own, MARGIN);

  useEffect(() => {
    const context = isShown ? canvas.current?.getContext('2d') : undefined;
    if (context) {
      context.clearRect(0, 0, width, height);
      drawOverview(context, model, palette, fit(model.bounds, { width, height }, MARGIN));
    }
  }, [isShown, model, palette, width, height]);

  useEffect(() => {
    const follow = () => {
      const visible = visibleRect(store.get(), size);
      setIsNeeded(!isWhole(visible, model.bounds));
      const overview = fit(model.bounds, { width, height }, MARGIN);
      const corner = toScreen(overview, visible);
      if (frame.current) {
        const { style } = frame.current;
        style.transform = `translate(${corner.x}px, ${corner.y}px)`;
        style.width = `${visible.width * overview.k}px`;
        style.height = `${visible.height * overview.k}px`;
      }
    };
    follow();
    return store.subscribe(follow);
  }, [store, size, model, width, height, isShown]);

  const goTo = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons & 1) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      controls.centreOn(toWorld(view, { x: event.clientX - left, y: event.clientY - top }));
    }
  };
  return isShown ? (
    <div
      className={styles.box}
      style={own}
      data-testid={testIds.serviceMap.miniMap}
      role="img"
      aria-label={t('traceatlas.service-map.mini-map', 'Overview of the map')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture?.(event.pointerId);
        goTo(event);
      }}
      onPointerMove={goTo}
    >
      <canvas ref={canvas} width={width} height={height} />
      <div ref={frame} className={styles.frame} />
    </div>
  ) : null;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({
      position: 'absolute',
      left: theme.spacing(1),
      bottom: theme.spacing(1),
      overflow: 'hidden',
      cursor: 'pointer',
      touchAction: 'none',
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.secondary,
      boxSizing: 'content-box',
      canvas: { display: 'block' },
    }),
    frame: css({
      position: 'absolute',
      top: 0,
      left: 0,
      pointerEvents: 'none',
      border: `1px solid ${theme.colors.primary.border}`,
      background: theme.colors.action.hover,
    }),
  };
}
