import React, { useState } from 'react';
import {
  EventBusSrv,
  getPanelOptionsWithDefaults,
  LoadingState,
  type PanelData,
  type PanelPlugin,
  useFieldOverrides,
} from '@grafana/data';
import { getTemplateSrv, type PanelRendererProps } from '@grafana/runtime';
import { ErrorBoundaryAlert, LoadingPlaceholder, useTheme2 } from '@grafana/ui';
import { useLoaded } from '../hooks/use-loaded';
import { importPanelPlugin } from '../shims/plugin-loader';
import { NO_FIELD_CONFIG } from './graphable-frames';

/** Draws data with any panel plugin, outside a dashboard: `PanelRenderer` of @grafana/runtime. */
export function PanelRenderer(props: PanelRendererProps) {
  const { value: plugin, error } = useLoaded(props.pluginId, () => importPanelPlugin(props.pluginId));
  if (error) {
    return <div role="alert">{error.message}</div>;
  }
  return plugin ? <LoadedPanel {...props} plugin={plugin} /> : <LoadingPlaceholder text="" />;
}

function LoadedPanel({ plugin, ...props }: PanelRendererProps & { plugin: PanelPlugin }) {
  const {
    data,
    title,
    timeZone = 'browser',
    width,
    height,
    onOptionsChange,
    onFieldConfigChange,
    onChangeTimeRange,
  } = props;
  const [eventBus] = useState(() => new EventBusSrv());
  const withDefaults = getPanelOptionsWithDefaults({
    plugin,
    currentOptions: props.options ?? {},
    currentFieldConfig: props.fieldConfig ? { ...NO_FIELD_CONFIG, ...props.fieldConfig } : NO_FIELD_CONFIG,
    isAfterPluginChange: false,
  });
  const fields = useFieldOverrides(
    plugin,
    withDefaults.fieldConfig,
    data,
    timeZone,
    useTheme2(),
    getTemplateSrv().replace
  );
  const Panel = plugin.panel;
  const shown: PanelData | undefined = fields ?? data;
  if (!Panel || !shown || shown.state === LoadingState.NotStarted) {
    return null;
  }
  return (
    <ErrorBoundaryAlert dependencies={[data]}>
      <Panel
        id={1}
        data={shown}
        title={title}
        timeRange={shown.timeRange}
        timeZone={timeZone}
        options={withDefaults.options}
        fieldConfig={withDefaults.fieldConfig}
        transparent={false}
        width={width}
        height={height}
        renderCounter={0}
        replaceVariables={(text, scopedVars, format) => getTemplateSrv().replace(text, scopedVars, format)}
        onOptionsChange={onOptionsChange ?? (() => undefined)}
        onFieldConfigChange={onFieldConfigChange ?? (() => undefined)}
        onChangeTimeRange={onChangeTimeRange ?? (() => undefined)}
        eventBus={eventBus}
      />
    </ErrorBoundaryAlert>
  );
}
