import React, { useMemo, useState } from 'react';
import { LoadingState, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { SERVICE_MAP_MENU } from '../../constants';
import { compareSpansUrl, serviceUrl, searchUrl } from '../../links/urls';
import { fromNodeGraphFramesSteps } from '../../servicegraph/from-frames';
import { type MapActions } from '../../views/service-map/map-actions';
import { errorsPaint, latencyPaint } from '../../views/service-map/drawing/paint-style';
import { writePlaces } from '../../views/service-map/places/places-text';
import { readSearch, type SearchState } from '../../views/service-map/search/search-state';
import { type Selection } from '../../views/service-map/selection';
import { type Focus, ServiceMap } from '../../views/service-map/service-map';
import { type Folds } from '../../views/service-map/places/use-folds';
import { useSliced } from '../../views/shared/use-sliced';
import { dataLinksOf } from './data-links';
import { fixedPlaces } from './fixed-places';
import { thresholdsOf, withUnits } from './frame-config';
import { colorLimits, type ServiceMapPanelOptions } from './options';
import { searchText } from './search-text';

/** px; narrower panels have room for fewer choices. */
const LEAST_WIDTH_FOR_GROUPS = 720;

/** The search of the options, until somebody looks for something else; and again when they (or variables) change. */
function useOptionSearch(text: string, mode: string) {
  const given = useMemo(() => readSearch(text, mode), [text, mode]);
  const [own, setOwn] = useState<{ instead: SearchState; search: SearchState }>();
  return {
    search: own?.instead === given ? own.search : given,
    onSearch: (search: SearchState) => setOwn({ instead: given, search }),
  };
}

/** The groups of the options, until somebody chooses others; and again when they change. */
function useOptionGroups(given: string | undefined, width: number) {
  const [own, setOwn] = useState<{ instead: string | undefined; groupBy: string }>();
  return {
    groupBy: own?.instead === given ? own?.groupBy : given,
    onGroupBy: width >= LEAST_WIDTH_FOR_GROUPS ? (groupBy: string) => setOwn({ instead: given, groupBy }) : undefined,
  };
}

type FoldOptions = Pick<PanelProps<ServiceMapPanelOptions>, 'options' | 'onOptionsChange'>;

/** What the options have folded up; what a person folds is shown also where options cannot be changed. */
function useOptionFolds({ options, onOptionsChange }: FoldOptions) {
  const { folded, more } = options;
  const given = useMemo((): Folds => ({ folded, more }), [folded, more]);
  const [own, setOwn] = useState<{ instead: Folds; folds: Folds }>();
  return {
    folds: own?.instead === given ? own.folds : given,
    onFolds(folds: Folds) {
      setOwn({ instead: given, folds });
      onOptionsChange({ ...options, folded: folds.folded, more: folds.more });
    },
  };
}

/** Draws the node and edge frames of any data source. */
export function ServiceMapPanel({
  id,
  data,
  width,
  height,
  options,
  timeRange,
  fieldConfig,
  replaceVariables,
  onOptionsChange,
}: PanelProps<ServiceMapPanelOptions>) {
  const [selected, setSelected] = useState<Selection>();
  const [focus, setFocus] = useState<Focus>();
  const frames = useMemo(() => withUnits(data.series, options.units), [data.series, options.units]);
  const rows = frames.reduce((sum, { length }) => sum + length, 0);
  const { result: graph, isWorking } = useSliced(frames, rows, fromNodeGraphFramesSteps);
  const range = useMemo(() => ({ from: timeRange.from.valueOf(), to: timeRange.to.valueOf() }), [timeRange]);
  const actions = useMemo((): MapActions => {
    const context = { from: timeRange.raw.from.valueOf(), to: timeRange.raw.to.valueOf() };
    return {
      serviceUrl: ({ name, namespace }) => serviceUrl(name, { ...context, namespace }),
      tracesUrl: (query) => searchUrl(query, context),
      compareUrl: (comparison) => compareSpansUrl(comparison, context),
      links: dataLinksOf(data.series),
    };
  }, [timeRange, data.series]);
  const { latency, colorBy } = options;
  const [warning, critical] = useMemo(
    () => colorLimits(colorBy, fieldConfig, thresholdsOf(frames, colorBy, latency)),
    [colorBy, fieldConfig, frames, latency]
  );
  const paint = useMemo(
    () =>
      colorBy === 'latency'
        ? latencyPaint(latency, { warning: warning / 1000, critical: critical / 1000 })
        : errorsPaint({ warning: warning / 100, critical: critical / 100 }),
    [colorBy, latency, warning, critical]
  );
  const places = useMemo(() => {
    const fixed = graph && fixedPlaces(graph);
    return options.places ?? (fixed && writePlaces(fixed, { ids: [...fixed.keys()] }));
  }, [graph, options.places]);
  const groups = useOptionGroups(options.groupBy, width);
  const folds = useOptionFolds({ options, onOptionsChange });
  const search = useOptionSearch(searchText(options.search, replaceVariables), options.searchMode);
  if (!graph && !isWorking && data.state === LoadingState.Done) {
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
      loading={isWorking}
      width={width}
      height={height}
      surface="primary"
      latency={latency}
      paint={paint}
      callLabel={options.callLabel}
      sizeBy={options.sizeBy}
      {...groups}
      showLegend={options.showLegend}
      showToolbar={options.showToolbar}
      showControls={options.showControls}
      showMiniMap={options.showMiniMap}
      startsAsTable={options.startsAsTable}
      wheel={options.wheel}
      storageKey={data.request?.dashboardUID && `panel|${data.request.dashboardUID}|${id}`}
      places={places}
      onPlaces={(changed) => onOptionsChange({ ...options, places: changed })}
      {...folds}
      {...search}
      range={range}
      actions={actions}
      extensionPointId={SERVICE_MAP_MENU.panel}
      selected={selected}
      onSelect={setSelected}
      focus={focus}
      onFocus={setFocus}
    />
  );
}
