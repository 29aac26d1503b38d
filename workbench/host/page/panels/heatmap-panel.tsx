import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import {
  dateTimeFormat,
  formattedValueToString,
  getValueFormat,
  type GrafanaTheme2,
  PanelPlugin,
  type PanelProps,
} from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { ExemplarMarker } from './exemplar-markers';
import { exemplarPoints, isExemplarFrame } from './exemplar-points';
import { bucketOfValue, type HeatmapData, readHeatmap } from './heatmap-cells';

const MARGIN = { left: 64, right: 8, top: 8, bottom: 24 };
const LABEL_HEIGHT = 18;
const TIME_LABELS = 6;
/** px; narrower cells stand without a gap, which would outweigh them. */
const MIN_CELL_FOR_GAP = 6;

interface HeatmapOptions {
  yAxis?: { unit?: string };
}

interface PlotArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Counts of buckets over time as shades of one colour. */
function HeatmapPanel(props: PanelProps<HeatmapOptions>) {
  const { id, data, width, height, timeRange, timeZone, fieldConfig, options } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const heatmap = useMemo(() => readHeatmap(data.series.filter((frame) => !isExemplarFrame(frame))), [data.series]);
  if (!heatmap) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} needsTimeField needsNumberField />;
  }
  const area: PlotArea = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(0, width - MARGIN.left - MARGIN.right),
    height: Math.max(0, height - MARGIN.top - MARGIN.bottom),
  };
  const [from, to] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const x = (time: number) => area.left + ((time - from) / (to - from)) * area.width;
  const y = (bucket: number) => area.top + area.height - (bucket / heatmap.buckets.length) * area.height;
  const exemplars = [...(data.annotations ?? []), ...data.series].filter(isExemplarFrame).flatMap(exemplarPoints);
  return (
    <div className={styles.panel} style={{ width, height }}>
      <svg width={width} height={height} shapeRendering="crispEdges" role="img" aria-label="Heatmap">
        <Cells
          heatmap={heatmap}
          x={x}
          y={y}
          from={from}
          to={to}
          color={theme.visualization.getColorByName('dark-orange')}
        />
        <Axes
          heatmap={heatmap}
          area={area}
          x={x}
          y={y}
          from={from}
          to={to}
          timeZone={timeZone}
          unit={options.yAxis?.unit}
          className={styles.label}
        />
      </svg>
      {exemplars
        .filter(({ time }) => time >= from && time <= to)
        .map((point, index) => (
          <ExemplarMarker
            key={index}
            marker={{ point, left: x(point.time), top: y(bucketOfValue(heatmap.buckets, point.value) + 0.5) }}
            timeZone={timeZone}
          />
        ))}
    </div>
  );
}

interface ScaleProps {
  heatmap: HeatmapData;
  x: (time: number) => number;
  y: (bucket: number) => number;
  from: number;
  to: number;
}

function Cells({ heatmap, x, y, from, to, color }: ScaleProps & { color: string }) {
  const { cells, stepMs, maxCount, buckets } = heatmap;
  const gap = x(stepMs) - x(0) >= MIN_CELL_FOR_GAP ? 1 : 0;
  return (
    <g fill={color}>
      {cells
        .filter(({ time }) => time > from && time - stepMs < to)
        .map(({ time, bucket, count }) => {
          const left = x(Math.max(from, time - stepMs));
          return (
            <rect
              key={`${time}-${bucket}`}
              x={left}
              y={y(bucket + 1)}
              width={Math.max(1, x(Math.min(to, time)) - left - gap)}
              height={Math.max(1, y(bucket) - y(bucket + 1) - 1)}
              // the square root keeps small counts visible beside large ones
              opacity={0.15 + 0.85 * Math.sqrt(count / maxCount)}
            >
              <title>{`≤ ${buckets[bucket]}: ${count.toPrecision(3)}`}</title>
            </rect>
          );
        })}
    </g>
  );
}

interface AxesProps extends ScaleProps {
  area: PlotArea;
  timeZone: string;
  unit?: string;
  className: string;
}

function Axes({ heatmap, area, x, y, from, to, timeZone, unit, className }: AxesProps) {
  const every = Math.max(1, Math.ceil((heatmap.buckets.length * LABEL_HEIGHT) / Math.max(1, area.height)));
  const times = Array.from(
    { length: TIME_LABELS },
    (_unused, index) => from + ((index + 0.5) / TIME_LABELS) * (to - from)
  );
  return (
    <g className={className}>
      {heatmap.buckets.map((name, bucket) =>
        bucket % every === 0 ? (
          <text key={name} x={area.left - 6} y={y(bucket + 0.5)} textAnchor="end" dominantBaseline="central">
            {bucketLabel(name, unit)}
          </text>
        ) : null
      )}
      {times.map((time) => (
        <text key={time} x={x(time)} y={area.top + area.height + 16} textAnchor="middle">
          {dateTimeFormat(time, { timeZone, format: 'HH:mm:ss' })}
        </text>
      ))}
    </g>
  );
}

function bucketLabel(name: string, unit: string | undefined): string {
  const bound = Number(name);
  return unit && Number.isFinite(bound) ? formattedValueToString(getValueFormat(unit)(bound)) : name;
}

export const heatmapPlugin = new PanelPlugin<HeatmapOptions>(HeatmapPanel)
  .useFieldConfig()
  .setDataSupport({ annotations: true, alertStates: false });

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ position: 'relative' }),
  label: css({ fill: theme.colors.text.secondary, fontSize: 12 }),
});
