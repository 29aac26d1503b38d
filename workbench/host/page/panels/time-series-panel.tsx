import React, { useMemo } from 'react';
import { type DataFrame, PanelPlugin, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import {
  type GraphFieldConfig,
  LegendDisplayMode,
  type OptionsWithLegend,
  type OptionsWithTooltip,
  SortOrder,
  TooltipDisplayMode,
  type VizLegendOptions,
} from '@grafana/schema';
import { TimeSeries, TooltipPlugin2 } from '@grafana/ui';
import { ExemplarMarkers } from './exemplar-markers';
import { isExemplarFrame } from './exemplar-points';
import { graphFieldConfig } from './graph-field-config';
import { graphableFrames } from './graphable-frames';
import { HOVER_ALL, HOVER_ONE, SeriesTooltip } from './series-tooltip';

type TimeSeriesOptions = OptionsWithLegend & OptionsWithTooltip;

const DEFAULT_LEGEND: VizLegendOptions = {
  displayMode: LegendDisplayMode.List,
  placement: 'bottom',
  calcs: [],
  showLegend: true,
};

/** Lines over time with exemplars as points, drawn by the chart of @grafana/ui. */
function TimeSeriesPanel(props: PanelProps<TimeSeriesOptions>) {
  const { id, data, width, height, timeRange, timeZone, options, fieldConfig, onChangeTimeRange } = props;
  const frames = useMemo(() => graphableFrames(data.series), [data.series]);
  const exemplars = useMemo(() => exemplarFrames(data.annotations, data.series), [data.annotations, data.series]);
  if (frames.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} needsTimeField needsNumberField />;
  }
  const mode = options.tooltip?.mode ?? TooltipDisplayMode.Single;
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={{ ...DEFAULT_LEGEND, ...options.legend }}
    >
      {(config, alignedFrame) => (
        <>
          {mode !== TooltipDisplayMode.None && (
            <TooltipPlugin2
              config={config}
              hoverMode={mode === TooltipDisplayMode.Single ? HOVER_ONE : HOVER_ALL}
              queryZoom={onChangeTimeRange}
              clientZoom
              render={(_plot, indexes, seriesIndex, isPinned) => (
                <SeriesTooltip
                  frame={alignedFrame}
                  indexes={indexes}
                  seriesIndex={seriesIndex}
                  mode={mode}
                  isPinned={isPinned}
                  timeZone={timeZone}
                />
              )}
            />
          )}
          <ExemplarMarkers config={config} frames={exemplars} timeZone={timeZone} />
        </>
      )}
    </TimeSeries>
  );
}

function exemplarFrames(annotations: DataFrame[] = [], series: DataFrame[]): DataFrame[] {
  return [...annotations, ...series].filter(isExemplarFrame);
}

export const timeSeriesPlugin = new PanelPlugin<TimeSeriesOptions, GraphFieldConfig>(TimeSeriesPanel)
  .useFieldConfig(graphFieldConfig)
  .setPanelOptions((builder) => {
    builder
      .addCustomEditor({
        id: 'legend',
        path: 'legend',
        name: 'Legend',
        defaultValue: DEFAULT_LEGEND,
        editor: () => null,
      })
      .addCustomEditor({
        id: 'tooltip',
        path: 'tooltip',
        name: 'Tooltip',
        defaultValue: { mode: TooltipDisplayMode.Single, sort: SortOrder.None },
        editor: () => null,
      });
  })
  .setDataSupport({ annotations: true, alertStates: true });
