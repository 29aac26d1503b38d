import React, { useMemo, useState } from 'react';
import { css } from '@emotion/css';
import {
  cacheFieldDisplayNames,
  type DataFrame,
  getFrameDisplayName,
  type GrafanaTheme2,
  PanelPlugin,
  type PanelProps,
} from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { type TableFieldOptions } from '@grafana/schema';
import { Combobox, useStyles2 } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';

interface TableOptions {
  frameIndex: number;
  showHeader: boolean;
  sortBy?: Array<{ displayName: string; desc?: boolean }>;
}

const PICKER_HEIGHT = 40;
const noActions = () => [];

/** One frame as a table; with several frames one can be picked, as in Grafana. */
function TablePanel({
  data,
  width,
  height,
  options,
  fieldConfig,
  timeRange,
  id,
  onOptionsChange,
}: PanelProps<TableOptions>) {
  const styles = useStyles2(getStyles);
  const [picked, setPicked] = useState<number>();
  const frames = useMemo(() => {
    const filled = data.series.filter(({ fields }) => fields.length > 0);
    // the table reads names from the cache only
    cacheFieldDisplayNames(filled);
    return filled;
  }, [data.series]);
  const index = Math.min(picked ?? options.frameIndex ?? 0, frames.length - 1);
  const frame: DataFrame | undefined = frames[index];
  if (!frame || frame.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} />;
  }
  const hasPicker = frames.length > 1;
  return (
    <div className={styles.panel}>
      <TableNG
        data={frame}
        width={width}
        height={hasPicker ? height - PICKER_HEIGHT : height}
        noHeader={!options.showHeader}
        structureRev={data.structureRev}
        fieldConfig={fieldConfig}
        timeRange={timeRange}
        sortBy={options.sortBy}
        onSortByChange={(sortBy) => onOptionsChange({ ...options, sortBy })}
        getActions={noActions}
        resizable
      />
      {hasPicker && (
        <Combobox
          aria-label="Table"
          options={frames.map((each, value) => ({ label: getFrameDisplayName(each, value), value }))}
          value={index}
          onChange={({ value }) => setPicked(value)}
        />
      )}
    </div>
  );
}

export const tablePlugin = new PanelPlugin<TableOptions, TableFieldOptions>(TablePanel)
  .useFieldConfig({
    useCustomConfig: (builder) => {
      builder
        .addNumberInput({ path: 'width', name: 'Column width' })
        .addNumberInput({ path: 'minWidth', name: 'Minimum column width' })
        .addTextInput({ path: 'align', name: 'Column alignment', defaultValue: 'auto' })
        .addBooleanSwitch({ path: 'filterable', name: 'Column filter', defaultValue: false })
        .addBooleanSwitch({ path: 'inspect', name: 'Cell value inspect', defaultValue: false })
        .addCustomEditor({
          id: 'cellOptions',
          path: 'cellOptions',
          name: 'Cell type',
          defaultValue: { type: 'auto' },
          editor: () => null,
          override: () => null,
          process: (value) => value,
          shouldApply: () => true,
        })
        .addBooleanSwitch({ path: 'hideFrom.viz', name: 'Hide in table', defaultValue: false });
    },
  })
  .setPanelOptions((builder) =>
    builder
      .addNumberInput({ path: 'frameIndex', name: 'Table', defaultValue: 0 })
      .addBooleanSwitch({ path: 'showHeader', name: 'Show table header', defaultValue: true })
  );

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), height: '100%' }),
});
