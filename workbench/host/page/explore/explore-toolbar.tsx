import React from 'react';
import { isDateTime, type RawTimeRange, type TimeRange } from '@grafana/data';
import { DataSourcePicker } from '@grafana/runtime';
import { RefreshPicker, Stack, TimeRangePicker, ToolbarButton } from '@grafana/ui';
import { type Pane } from './url-state';

interface ExploreToolbarProps {
  pane: Pane;
  range: TimeRange;
  isLoading: boolean;
  onChange: (pane: Pane) => void;
  onRun: () => void;
  onSplit: () => void;
  onClose?: () => void;
}

export function ExploreToolbar({ pane, range, isLoading, onChange, onRun, onSplit, onClose }: ExploreToolbarProps) {
  const setRange = (raw: RawTimeRange) => onChange({ ...pane, range: { from: toText(raw.from), to: toText(raw.to) } });
  const shift = (by: number) => {
    const [from, to] = [range.from.valueOf(), range.to.valueOf()];
    const span = to - from;
    onChange({
      ...pane,
      range: { from: String(Math.round(from + by * span)), to: String(Math.round(to + by * span)) },
    });
  };
  const zoomOut = () => {
    const [from, to] = [range.from.valueOf(), range.to.valueOf()];
    const half = (to - from) / 2;
    onChange({ ...pane, range: { from: String(from - half), to: String(to + half) } });
  };
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <DataSourcePicker
        current={pane.datasource}
        width={30}
        onChange={({ uid }) => onChange({ ...pane, datasource: uid, queries: [], panelsState: undefined })}
      />
      <ToolbarButton variant="canvas" icon="columns" onClick={onSplit} tooltip="Show a second pane">
        Split
      </ToolbarButton>
      <TimeRangePicker
        value={range}
        onChange={({ raw }) => setRange(raw)}
        onChangeTimeZone={() => undefined}
        onMoveBackward={() => shift(-0.5)}
        onMoveForward={() => shift(0.5)}
        onZoom={zoomOut}
        isOnCanvas
      />
      <RefreshPicker
        text="Run query"
        isLoading={isLoading}
        noIntervalPicker
        primary
        onRefresh={onRun}
        onIntervalChanged={() => undefined}
      />
      {onClose && <ToolbarButton variant="canvas" icon="times" onClick={onClose} tooltip="Close this pane" />}
    </Stack>
  );
}

function toText(time: RawTimeRange['from']): string {
  return isDateTime(time) ? String(time.valueOf()) : time;
}
