import React, { useLayoutEffect, useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { selectors } from '@grafana/e2e-selectors';
import { type UPlotConfigBuilder, useStyles2 } from '@grafana/ui';
import { createPortal } from 'react-dom';
import type uPlot from 'uplot';
import { exemplarPoints, type ExemplarPoint } from './exemplar-points';
import { ExemplarTooltip } from './exemplar-tooltip';

interface ExemplarMarkersProps {
  config: UPlotConfigBuilder;
  frames: DataFrame[];
  timeZone: string;
}

interface Marker {
  point: ExemplarPoint;
  /** px inside the plot */
  left: number;
  top: number;
}

/** ms that the tooltip outlives the pointer, so that its links can be reached. */
const LINGER = 150;

/** Diamonds over a chart, one for each exemplar; the tooltip opens on hover and focus, a click keeps it. */
export function ExemplarMarkers({ config, frames, timeZone }: ExemplarMarkersProps) {
  const points = useMemo(() => frames.flatMap(exemplarPoints), [frames]);
  const [plot, setPlot] = useState<uPlot>();
  // the chart scrolls and zooms on its own; each drawing is a reason to place the markers anew
  const [, setDrawing] = useState(0);
  useLayoutEffect(() => {
    config.addHook('init', setPlot);
    config.addHook('draw', () => setDrawing((drawing) => drawing + 1));
  }, [config]);
  if (!plot) {
    return null;
  }
  return createPortal(
    <>
      {placeMarkers(plot, points).map((marker, index) => (
        <ExemplarMarker key={index} marker={marker} timeZone={timeZone} />
      ))}
    </>,
    plot.over
  );
}

/** Markers inside the visible range; values beyond the scale stick to its edge, as in Grafana. */
function placeMarkers(plot: uPlot, points: ExemplarPoint[]): Marker[] {
  const { min: from, max: to } = plot.scales.x;
  const scaleKey = plot.series[1]?.scale;
  const scale = scaleKey ? plot.scales[scaleKey] : undefined;
  if (from == null || to == null || !scaleKey || scale?.min == null || scale.max == null) {
    return [];
  }
  const { min, max } = scale;
  return points
    .filter(({ time }) => time >= from && time <= to)
    .map((point) => ({
      point,
      left: plot.valToPos(point.time, 'x'),
      top: plot.valToPos(Math.min(Math.max(point.value, min), max), scaleKey),
    }));
}

interface ExemplarMarkerProps {
  marker: Marker;
  timeZone: string;
}

/** Placed by its parent, which must be positioned. */
export function ExemplarMarker({ marker: { point, left, top }, timeZone }: ExemplarMarkerProps) {
  const styles = useStyles2(getStyles);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isHovered, setHovered] = useState(false);
  const [isPinned, setPinned] = useState(false);
  const close = () => {
    setPinned(false);
    setHovered(false);
  };
  const leave = () => setTimeout(() => setHovered(false), LINGER);
  return (
    <>
      <button
        ref={setAnchor}
        type="button"
        className={styles.marker}
        style={{ left, top }}
        aria-label={`Exemplar ${point.value}`}
        data-testid={selectors.components.DataSource.Prometheus.exemplarMarker}
        onMouseEnter={() => setHovered(true)}
        onMouseLeave={leave}
        onFocus={() => setHovered(true)}
        onBlur={leave}
        // the chart under the marker starts a zoom on mouse down
        onMouseDown={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            close();
          }
        }}
        onClick={(event) => {
          event.stopPropagation();
          setPinned(!isPinned);
        }}
      />
      {anchor && (isHovered || isPinned) && (
        <ExemplarTooltip
          anchor={anchor}
          point={point}
          isPinned={isPinned}
          timeZone={timeZone}
          onHover={setHovered}
          onClose={close}
        />
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  marker: css({
    position: 'absolute',
    width: 8,
    height: 8,
    padding: 0,
    border: `1px solid ${theme.colors.background.primary}`,
    background: theme.visualization.getColorByName('semi-dark-blue'),
    transform: 'translate(-50%, -50%) rotate(45deg)',
    cursor: 'pointer',
    zIndex: 1,
    '&:hover, &:focus-visible': {
      background: theme.visualization.getColorByName('super-light-blue'),
      outline: `2px solid ${theme.colors.primary.main}`,
    },
  }),
});
