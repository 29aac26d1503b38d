import React from 'react';
import { FieldType, getFieldDisplayValues, PanelPlugin, type PanelProps, type ReduceDataOptions } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import {
  BigValue,
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  DataLinksContextMenu,
  useTheme2,
  VizRepeater,
} from '@grafana/ui';
import { VizOrientation } from '@grafana/schema';

interface StatOptions {
  reduceOptions: ReduceDataOptions;
  orientation: VizOrientation;
  colorMode: BigValueColorMode;
  graphMode: BigValueGraphMode;
  justifyMode: BigValueJustifyMode;
  textMode: BigValueTextMode;
}

/** One big number for each series (or row), reduced as Grafana does. */
function StatPanel({
  id,
  data,
  width,
  height,
  options,
  fieldConfig,
  replaceVariables,
  timeZone,
  renderCounter,
}: PanelProps<StatOptions>) {
  const theme = useTheme2();
  const getValues = () =>
    getFieldDisplayValues({
      fieldConfig,
      reduceOptions: options.reduceOptions,
      replaceVariables,
      theme,
      data: data.series,
      sparkline: options.graphMode !== BigValueGraphMode.None,
      timeZone,
    });
  const hasNumbers = data.series.some(
    ({ length, fields }) => length > 0 && fields.some(({ type }) => type !== FieldType.time)
  );
  if (!hasNumbers) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} />;
  }
  return (
    <VizRepeater
      getValues={getValues}
      width={width}
      height={height}
      source={data}
      autoGrid
      orientation={options.orientation}
      renderCounter={renderCounter}
      renderValue={({ value, width: valueWidth, height: valueHeight, count }) => (
        <DataLinksContextMenu links={value.getLinks ?? (() => [])}>
          {({ openMenu, targetClassName }) => (
            <BigValue
              value={value.display}
              count={count}
              sparkline={value.sparkline}
              colorMode={options.colorMode}
              graphMode={options.graphMode}
              justifyMode={options.justifyMode}
              textMode={
                count === 1 && options.textMode === BigValueTextMode.Auto ? BigValueTextMode.Value : options.textMode
              }
              theme={theme}
              width={valueWidth}
              height={valueHeight}
              onClick={openMenu}
              className={targetClassName}
            />
          )}
        </DataLinksContextMenu>
      )}
    />
  );
}

export const statPlugin = new PanelPlugin<StatOptions>(StatPanel).useFieldConfig().setPanelOptions((builder) => {
  builder
    .addCustomEditor({
      id: 'reduceOptions',
      path: 'reduceOptions',
      name: 'Value options',
      defaultValue: { calcs: ['lastNotNull'], fields: '', values: false },
      editor: () => null,
    })
    .addRadio({
      path: 'orientation',
      name: 'Orientation',
      defaultValue: VizOrientation.Auto,
      settings: { options: [] },
    })
    .addRadio({
      path: 'colorMode',
      name: 'Color mode',
      defaultValue: BigValueColorMode.Value,
      settings: { options: [] },
    })
    .addRadio({
      path: 'graphMode',
      name: 'Graph mode',
      defaultValue: BigValueGraphMode.Area,
      settings: { options: [] },
    })
    .addRadio({
      path: 'justifyMode',
      name: 'Text alignment',
      defaultValue: BigValueJustifyMode.Auto,
      settings: { options: [] },
    })
    .addRadio({ path: 'textMode', name: 'Text mode', defaultValue: BigValueTextMode.Auto, settings: { options: [] } });
});
