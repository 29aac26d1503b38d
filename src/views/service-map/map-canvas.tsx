import React, { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { drawMap } from './draw-map';
import { type LatencyKey } from './format-stats';
import { hitIndex, hitTest } from './hit-test';
import { isArrow, nextService } from './keyboard';
import { kindNames } from './kind-names';
import { MapControls } from './map-controls';
import { type MapModel } from './map-model';
import { type MapAction, type MapState } from './map-state';
import { MapTooltip } from './map-tooltip';
import { type PaintStyle } from './paint-style';
import { paletteOf, type Surface } from './palette';
import { highlightOf, type Selection, sameSelection } from './selection';
import { usePointer, type WheelMode } from './use-pointer';
import { useViewport } from './use-viewport';
import { type Point, type Size, toWorld, ZOOM } from './viewport';

export interface MapCanvasProps {
  model: MapModel;
  layoutId: unknown;
  size: Size;
  surface: Surface;
  latency: LatencyKey;
  paint: PaintStyle;
  wheel: WheelMode;
  selected?: Selection;
  matches: ReadonlySet<string>;
  state: MapState;
  dispatch(action: MapAction): void;
  /** id of the element that describes the map to screen readers */
  describedBy: string;
  onSelect(selection: Selection | undefined): void;
  onRelayout(): void;
}

interface Hover {
  selection: Selection;
  at: Point;
}

/** The drawn map with everything that a pointer or the keyboard can do in it. */
export function MapCanvas(props: MapCanvasProps) {
  const { model, layoutId, size, surface, latency, paint, wheel, selected, matches, onSelect } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hover, setHover] = useState<Hover>();
  const controls = useViewport(model.bounds, layoutId, size);
  const { viewport, revealPoint } = controls;
  const index = useMemo(() => hitIndex(model), [model]);
  const palette = useMemo(() => paletteOf(theme, surface), [theme, surface]);
  const pixelRatio = window.devicePixelRatio || 1;

  const findAt = (at: Point) => hitTest(index, toWorld(viewport, at), viewport.k);
  const pointer = usePointer({
    element: canvas,
    controls,
    wheel,
    onHover(at) {
      const selection = at && findAt(at);
      setHover((old) =>
        !selection || !at ? undefined : sameSelection(old?.selection, selection) ? old : { selection, at }
      );
    },
    onClick: (at) => onSelect(findAt(at)),
  });

  useRevealSelected(model, selected, revealPoint);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) {
      return;
    }
    const shown = hover?.selection ?? selected;
    drawMap(context, model, {
      palette,
      latency,
      paint,
      kindNames: kindNames(),
      viewport,
      size,
      pixelRatio,
      highlight: highlightOf(model, shown, hover !== undefined),
      hovered: hover?.selection,
      selected,
      matches,
    });
  }, [model, palette, latency, paint, viewport, size, pixelRatio, hover, selected, matches]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const current = selected?.kind === 'service' ? selected.id : undefined;
    if (isArrow(event.key) || (event.key === 'Enter' && !selected)) {
      const id = nextService(model, current, isArrow(event.key) ? event.key : 'ArrowRight');
      onSelect(id === undefined ? undefined : { kind: 'service', id });
    } else if (event.key === 'Escape' && selected) {
      onSelect(undefined);
    } else if (event.key === '+' || event.key === '=') {
      controls.zoomBy(ZOOM.step);
    } else if (event.key === '-') {
      controls.zoomBy(1 / ZOOM.step);
    } else if (event.key === '0') {
      controls.fitAll();
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div className={styles.frame} style={{ width: size.width, height: size.height }}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        data-testid={testIds.serviceMap.canvas}
        style={{ width: size.width, height: size.height, cursor: hover ? 'pointer' : 'grab' }}
        width={Math.round(size.width * pixelRatio)}
        height={Math.round(size.height * pixelRatio)}
        tabIndex={0}
        role="application"
        aria-label={t('traceatlas.service-map.canvas-label', 'Service map')}
        aria-describedby={props.describedBy}
        onKeyDown={onKeyDown}
        {...pointer}
      />
      <MapControls controls={controls} onRelayout={props.onRelayout} />
      {hover && <MapTooltip model={model} selection={hover.selection} at={hover.at} size={size} />}
    </div>
  );
}

/** What is selected elsewhere (search, table, keyboard, URL) comes into view. */
function useRevealSelected(model: MapModel, selected: Selection | undefined, revealPoint: (point: Point) => void) {
  const modelRef = useRef(model);
  useEffect(() => {
    modelRef.current = model;
  }, [model]);
  const key = selected?.kind === 'service' ? selected.id : undefined;
  useEffect(() => {
    const node = key === undefined ? undefined : modelRef.current.nodeById.get(key);
    if (node) {
      revealPoint(node.centre);
    }
  }, [key, revealPoint]);
}

function getStyles() {
  return {
    frame: css({ position: 'relative', overflow: 'hidden' }),
    canvas: css({ display: 'block', touchAction: 'none', '&:focus-visible': { outlineOffset: -2 } }),
  };
}
