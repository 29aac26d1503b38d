import React, { useMemo, useState } from 'react';
import { LoadingState, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { compareSpansUrl, serviceUrl, searchUrl } from '../../links/urls';
import { fromNodeGraphFrames } from '../../servicegraph/from-frames';
import { type MapActions } from '../../views/service-map/map-actions';
import { type Selection } from '../../views/service-map/selection';
import { type Focus, ServiceMap } from '../../views/service-map/service-map';
import { type ServiceMapPanelOptions } from './options';

/** Draws the node and edge frames of any data source. */
export function ServiceMapPanel({
  id,
  data,
  width,
  height,
  options,
  timeRange,
  fieldConfig,
  onOptionsChange,
}: PanelProps<ServiceMapPanelOptions>) {
  const [selected, setSelected] = useState<Selection>();
  const [focus, setFocus] = useState<Focus>();
  const graph = useMemo(() => fromNodeGraphFrames(data.series), [data.series]);
  const actions = useMemo((): MapActions => {
    const context = { from: timeRange.raw.from.valueOf(), to: timeRange.raw.to.valueOf() };
    return {
      serviceUrl: ({ name, namespace }) => serviceUrl(name, { ...context, namespace }),
      tracesUrl: (query) => searchUrl(query, context),
      compareUrl: (comparison) => compareSpansUrl(comparison, context),
    };
  }, [timeRange]);
  if (!graph && data.state === LoadingState.Done) {
    return (
      <PanelDataErrorView
        panelId={id}
        data={data}
        fieldConfig={fieldConfig}
        message={t(
          'traceatlas.service-map.panel.no-frames',
          'This panel needs node and edge frames, such as the service map query of a Tempo data source gives'
        )}
      />
    );
  }
  return (
    <ServiceMap
      graph={graph}
      width={width}
      height={height}
      surface="primary"
      latency={options.latency}
      showLegend={options.showLegend}
      showToolbar={options.showToolbar}
      wheel={options.wheel}
      storageKey={data.request?.dashboardUID && `panel|${data.request.dashboardUID}|${id}`}
      places={options.places}
      onPlaces={(places) => onOptionsChange({ ...options, places })}
      actions={actions}
      selected={selected}
      onSelect={setSelected}
      focus={focus}
      onFocus={setFocus}
    />
  );
}
