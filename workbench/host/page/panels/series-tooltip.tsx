import React from 'react';
import { type DataFrame, dateTimeFormat, type Field, formattedValueToString, getFieldDisplayName } from '@grafana/data';
import { TooltipDisplayMode } from '@grafana/schema';
import { VizTooltipContent, VizTooltipHeader, VizTooltipWrapper } from '@grafana/ui';

/** Values of `TooltipHoverMode` in @grafana/ui, a const enum that only its types carry. */
export const HOVER_ONE = 0;
export const HOVER_ALL = 1;

interface SeriesTooltipProps {
  /** First field is the time, the others one for each series. */
  frame: DataFrame;
  indexes: Array<number | null>;
  seriesIndex: number | null;
  mode: TooltipDisplayMode;
  isPinned: boolean;
  timeZone: string;
}

/** Time and values under the pointer. */
export function SeriesTooltip({ frame, indexes, seriesIndex, mode, isPinned, timeZone }: SeriesTooltipProps) {
  const [timeField, ...series] = frame.fields;
  const row = indexes[seriesIndex ?? 0] ?? indexes.find((index) => index !== null) ?? null;
  const time = row === null ? undefined : timeField?.values[row];
  if (time === undefined) {
    return null;
  }
  const items = series.flatMap((field, index) => {
    const at = indexes[index + 1];
    const isShown = mode === TooltipDisplayMode.Multi || index + 1 === seriesIndex;
    return isShown && at != null && !field.config.custom?.hideFrom?.tooltip
      ? [toItem(field, frame, at, index + 1 === seriesIndex)]
      : [];
  });
  return (
    <VizTooltipWrapper>
      <VizTooltipHeader item={{ label: '', value: dateTimeFormat(Number(time), { timeZone }) }} isPinned={isPinned} />
      <VizTooltipContent items={items} isPinned={isPinned} scrollable={mode === TooltipDisplayMode.Multi} />
    </VizTooltipWrapper>
  );
}

function toItem(field: Field, frame: DataFrame, row: number, isActive: boolean) {
  const display = field.display?.(field.values[row]);
  return {
    label: field.state?.displayName ?? getFieldDisplayName(field, frame),
    value: display ? formattedValueToString(display) : String(field.values[row]),
    color: display?.color,
    isActive,
  };
}
