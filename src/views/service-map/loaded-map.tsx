import React, { useCallback, useId, useMemo, useReducer, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { GROUP_BY, groupingOf, groupLabelsOf, isGroupLabel } from '../../servicegraph/group-by';
import { type ServiceGraph } from '../../servicegraph/model';
import { ExportMenu } from './export/export-menu';
import { useExport } from './export/use-export';
import { FocusBar } from './controls/focus-bar';
import { GroupByPicker } from './controls/group-by-picker';
import { GroupNotice } from './controls/group-notice';
import { type MapActions } from './map-actions';
import { MapCanvas } from './map-canvas';
import { MapLegend } from './controls/map-legend';
import { MapNotices } from './controls/map-notices';
import { roomIn } from './viewport/map-room';
import { nextMapState } from './map-state';
import { MapToolbar, TOOLBAR_HEIGHT } from './controls/map-toolbar';
import { errorPaint } from './drawing/paint-style';
import { MapSearch, SearchModes } from './search/map-search';
import { NoneFound } from './search/none-found';
import { filteredBySearch } from './search/search-services';
import { NO_SEARCH } from './search/search-state';
import { useSearch } from './search/use-search';
import { suggestionsAt } from './search/suggestions';
import { useSearchKey } from './search/use-search-key';
import { selectionExists } from './selection';
import { rateSize, sizesIn } from './drawing/rate-size';
import { type ServiceMapProps } from './service-map-props';
import { SIDE_PANEL_WIDTH, SidePanel } from './side-panel/side-panel';
import { SpokenMap } from './spoken-map';
import { useFoldedState, useFolds, useUnfolded } from './places/use-folds';
import { useGraphLayout } from './use-graph-layout';
import { useReduction } from './use-reduction';
import { initialState, rememberedPlaces, usePlaces } from './places/use-places';
import { MapTable } from './table/map-table';
import { useSize } from '../shared/use-size';
import { useStable } from './use-stable';
import { type Size } from './viewport/viewport';

/** px: a legend of one line, and what is above and below any */
const LEGEND_HEIGHT = 26;
const LEGEND_GAP = 8;
/** px of the map, however little is left */
const LEAST_HEIGHT = 40;
/** Without this much room beside it the side panel lies over the map. */
const LEAST_MAP_WIDTH = 280;
const NO_ACTIONS: MapActions = {};
const NOT_KEPT = { restored: undefined, onLayout: undefined };
const NO_MATCHES: ReadonlySet<string> = new Set();

interface LoadedMapProps extends ServiceMapProps {
  graph: ServiceGraph;
  onFullScreen?(): void;
  /** Nothing to see yet: all parts are there for their styles, texts and code. */
  isRehearsal?: boolean;
}

function withoutHidden(graph: ServiceGraph, hidden: ReadonlySet<string>): ServiceGraph {
  return hidden.size === 0
    ? graph
    : {
        ...graph,
        services: graph.services.filter(({ id }) => !hidden.has(id)),
        calls: graph.calls.filter(({ source, target }) => !hidden.has(source) && !hidden.has(target)),
      };
}

/** Places in one grouping mean nothing in another. */
function groupingKey(groupBy: string = GROUP_BY.auto): string {
  return groupBy === GROUP_BY.auto ? '' : `by ${groupBy}|`;
}

/** The map of a graph that has services: toolbar, map or table, side panel, legend. */
export function LoadedMap(props: LoadedMapProps) {
  const { graph, width, height, focus, onFocus, onSelect, selected } = props;
  const { surface = 'primary', latency = 'p95', wheel = 'greedy', actions = NO_ACTIONS, paint = errorPaint } = props;
  const { isRehearsal = false } = props;
  // Full screen has room for what a small panel leaves out.
  const room = roomIn({ width, height });
  const showToolbar = room.toolbar && (props.showToolbar ?? true);
  const showLegend = room.legend && (props.showLegend ?? true);
  const styles = useStyles2(getStyles);
  const describedBy = useId();
  const [asTable, setAsTable] = useState(props.startsAsTable ?? false);
  const { search, setSearch, result, resultNow, shown } = useSearch(props, graph);
  const { mode } = shown;
  const searchInput = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useSearchKey(searchInput, body, props.ownsPage);
  const [own, dispatchOwn] = useReducer(nextMapState, props, initialState);
  const [isWithoutPlaces, setIsWithoutPlaces] = useState(isRehearsal);
  if (isWithoutPlaces && !isRehearsal) {
    setIsWithoutPlaces(false);
    const remembered = rememberedPlaces(props);
    if (remembered.size > 0) {
      dispatchOwn({ type: 'place', places: remembered });
    }
  }
  const toolbar = useRef<HTMLDivElement>(null);
  const measuredToolbar = useSize(toolbar)?.height ?? TOOLBAR_HEIGHT;
  const toolbarHeight = showToolbar ? measuredToolbar : 0;
  const notices = useRef<HTMLDivElement>(null);
  const noticesHeight = useSize(notices)?.height ?? 0;
  const legend = useRef<HTMLDivElement>(null);
  const legendRoom = (useSize(legend)?.height ?? 0) + LEGEND_GAP;
  // Beside the table there is nothing that it explains.
  const hasLegend = showLegend && !asTable;
  const legendHeight = hasLegend ? Math.max(LEGEND_HEIGHT, legendRoom) : 0;
  const bodyHeight = Math.max(LEAST_HEIGHT, height - toolbarHeight - noticesHeight - legendHeight);
  const fullSize: Size = useMemo(() => ({ width, height: bodyHeight }), [width, bodyHeight]);
  const isFiltered = mode !== 'find' && result.isAsked && !result.error;
  const groupBy = useMemo(() => groupingOf(graph, props.groupBy), [graph, props.groupBy]);
  const key = `${groupingKey(groupBy)}${props.layoutKey ?? ''}|${focus ? `${focus.hops}|${focus.id}` : ''}${isFiltered ? `|${mode} ${shown.text}` : ''}`;
  const visible = useMemo(
    () => filteredBySearch(withoutHidden(graph, own.hidden), mode, result),
    [graph, own.hidden, mode, result]
  );
  const keep = useMemo(() => new Set(own.pinned.keys()), [own.pinned]);
  const reduced = useReduction(visible, { focus, keep, key, isOff: isFiltered || isGroupLabel(groupBy) });
  const remainders = reduced.reduction?.remainders;
  const folds = useFolds(props);
  const unfolded = useUnfolded(folds.folds, remainders);
  const { model, layoutId, relayout } = useGraphLayout(reduced, {
    key,
    size: fullSize,
    groupBy,
    paint,
    pinned: own.pinned,
    unfolded,
    isRehearsal,
    ...usePlaces(props, own, dispatchOwn),
    // What is left of a search is not worth to be remembered.
    ...(isFiltered && NOT_KEPT),
  });
  const { state, dispatch } = useFoldedState(folds, {
    own,
    dispatch: dispatchOwn,
    unfolded,
    model,
    remainders,
    selected,
  });
  const matches = useMemo(
    () => (mode === 'find' ? new Set(result.found.map(({ id }) => id)) : NO_MATCHES),
    [result, mode]
  );
  // To light up everything would say nothing, as with a variable of a dashboard that stands for all.
  const lit = matches.size === graph.services.length ? NO_MATCHES : matches;
  const isSelected = model !== undefined && selectionExists(model, selected);
  const besides = isSelected && width - SIDE_PANEL_WIDTH >= LEAST_MAP_WIDTH;
  const mapSize = useMemo(
    () => ({ width: besides ? width - SIDE_PANEL_WIDTH : width, height: bodyHeight }),
    [besides, width, bodyHeight]
  );
  const sizeOf = useMemo(() => rateSize(visible.services, props.sizeBy), [visible.services, props.sizeBy]);
  const exportMap = useExport({
    graph: visible,
    model,
    state,
    matches: lit,
    surface,
    latency,
    paint,
    callLabel: props.callLabel,
    sizeOf,
    range: props.range,
  });
  // A map without services is one that is still to come; its canvas is there already.
  const isThere = model !== undefined && model.nodes.length > 0;
  const focusHere = useCallback((id: string) => onFocus?.({ id, hops: focus?.hops ?? 1 }), [onFocus, focus?.hops]);
  // Always the same functions, so that parts of the toolbar which show nothing of the data are not rendered for it.
  const suggest = useStable((text: string, at: number) => suggestionsAt(text, at, graph));
  const searchNow = useStable(resultNow);
  const goTo = useStable((id: string) => mode !== 'except' && onSelect({ kind: 'service', id }));
  const leaveSearch = useStable(() => body.current?.querySelector('canvas')?.focus());
  const changeSearch = useStable(setSearch);
  const labelsNow = useStable(() => groupLabelsOf(graph));
  const changeGroupBy = useStable((groupBy: string) => props.onGroupBy?.(groupBy));
  const fullScreen = useStable(() => props.onFullScreen?.());
  const arrangeAgain = useStable(relayout);
  // The toolbar and the legend come while a worker is at the layout.
  return (
    <>
      <div ref={toolbar}>
        {showToolbar && (
          <MapToolbar
            services={visible.services.length}
            calls={visible.calls.length}
            asTable={asTable}
            onAsTable={setAsTable}
            actions={<ExportMenu onExport={exportMap} />}
          >
            <MapSearch
              input={searchInput}
              search={search}
              result={result}
              resultNow={searchNow}
              suggest={suggest}
              onSearch={changeSearch}
              onGoTo={goTo}
              onLeave={leaveSearch}
            />
            <SearchModes search={search} onSearch={setSearch} />
            {props.onGroupBy && (
              <GroupByPicker labelsNow={labelsNow} groupBy={props.groupBy} onGroupBy={changeGroupBy} />
            )}
            {props.controls}
            {focus && onFocus && <FocusBar focus={focus} graph={graph} onFocus={onFocus} />}
          </MapToolbar>
        )}
      </div>
      <div ref={notices}>
        <MapNotices notices={graph.notices} />
        <GroupNotice
          graph={graph}
          groupBy={props.groupBy}
          isLoading={props.isLabelLoading}
          onAskForLabel={props.onAskForLabel}
        />
      </div>
      <div ref={body} className={styles.body} style={{ height: bodyHeight }}>
        {model === undefined ? null : visible.services.length === 0 && !isRehearsal ? (
          <NoneFound onShowAll={() => (dispatch({ type: 'show-all' }), setSearch(NO_SEARCH))} />
        ) : asTable ? (
          <MapTable
            model={model}
            matches={mode === 'find' && result.isAsked && !result.error ? matches : undefined}
            range={props.range}
            selected={selected}
            onSelect={onSelect}
          />
        ) : (
          <div className={isThere ? styles.parts : styles.unseen} aria-hidden={!isThere || undefined}>
            <MapCanvas
              model={model}
              layoutId={layoutId}
              size={mapSize}
              surface={surface}
              latency={latency}
              paint={paint}
              wheel={wheel}
              selected={isSelected ? selected : undefined}
              matches={lit}
              state={state}
              dispatch={dispatch}
              describedBy={describedBy}
              onSelect={onSelect}
              onRelayout={arrangeAgain}
              onFullScreen={props.onFullScreen && fullScreen}
              callLabel={props.callLabel}
              sizeOf={sizeOf}
              operations={props.operations}
              showControls={room.controls && (props.showControls ?? true)}
              showMiniMap={room.miniMap && (props.showMiniMap ?? true)}
              actions={actions}
              onFocus={onFocus && focusHere}
              extensionPointId={props.extensionPointId}
              isRehearsal={isRehearsal}
            />
            {isThere && <SpokenMap id={describedBy} model={model} selected={selected} state={state} />}
          </div>
        )}
        {isSelected && selected && model && (
          <div className={besides ? styles.beside : styles.over}>
            <SidePanel
              model={model}
              selected={selected}
              latency={latency}
              percentilesLoading={props.percentilesLoading}
              actions={actions}
              onSelect={onSelect}
              onFocus={onFocus && focusHere}
              more={props.details}
              onSearch={setSearch}
              onHide={(ids) => dispatch({ type: 'hide', ids })}
            />
          </div>
        )}
      </div>
      <div ref={legend}>
        {hasLegend && (
          <MapLegend
            surface={surface}
            paint={paint}
            sizes={sizeOf && sizesIn(visible.services)}
            isShort={!room.wholeLegend}
          />
        )}
      </div>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    body: css({ position: 'relative', display: 'flex', minHeight: 0 }),
    parts: css({ display: 'contents' }),
    unseen: css({ display: 'contents', visibility: 'hidden', pointerEvents: 'none' }),
    beside: css({ height: '100%' }),
    over: css({
      position: 'absolute',
      top: 0,
      right: 0,
      height: '100%',
      maxWidth: '100%',
      boxShadow: theme.shadows.z3,
    }),
  };
}
