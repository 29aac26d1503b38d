import React, { type ReactNode, useCallback, useId, useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Alert, Button, EmptyState, LoadingBar, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { focusOn } from '../../servicegraph/focus';
import { type ServiceGraph } from '../../servicegraph/model';
import { testIds } from '../../test-ids';
import { type LatencyKey } from './format-stats';
import { sizeText } from './kind-names';
import { type MapActions } from './map-actions';
import { MapCanvas } from './map-canvas';
import { MapLegend } from './map-legend';
import { MapSearch } from './map-search';
import { MapTable } from './map-table';
import { type Surface } from './palette';
import { searchServices } from './search-services';
import { type Selection, selectionExists } from './selection';
import { SIDE_PANEL_WIDTH, SidePanel } from './side-panel';
import { SpokenMap } from './spoken-map';
import { useGraphLayout } from './use-graph-layout';
import { type WheelMode } from './use-pointer';
import { type Size } from './viewport';

export interface Focus {
  /** Service.id */
  id: string;
  hops: number;
}

export interface ServiceMapProps {
  /** Undefined until there is an answer; the last one stays while a newer is loading. */
  graph?: ServiceGraph;
  /** px */
  width: number;
  height: number;
  loading?: boolean;
  /** Shown above the last graph, which stays. */
  error?: string;
  /** What to say when the graph has no services */
  empty?: ReactNode;
  surface?: Surface;
  latency?: LatencyKey;
  showLegend?: boolean;
  showToolbar?: boolean;
  /** More controls for the toolbar */
  controls?: ReactNode;
  wheel?: WheelMode;
  actions?: MapActions;
  selected?: Selection;
  onSelect(selection: Selection | undefined): void;
  focus?: Focus;
  onFocus?(focus: Focus | undefined): void;
  /** Changes when the graph is of another kind (filter, data source), so that old places mean nothing. */
  layoutKey?: string;
}

const TOOLBAR_HEIGHT = 44;
const LEGEND_HEIGHT = 26;
/** Without this much room beside it the side panel lies over the map. */
const LEAST_MAP_WIDTH = 320;
const NO_ACTIONS: MapActions = {};
const EMPTY_GRAPH: ServiceGraph = { services: [], calls: [], notices: [] };

/** A service graph to look at, move in, search, and act on. */
export function ServiceMap(props: ServiceMapProps) {
  const { graph, width, height, error, loading, focus } = props;
  const styles = useStyles2(getStyles);
  const shown = useMemo(
    () => (graph && focus ? focusOn(graph, focus.id, focus.hops) : (graph ?? EMPTY_GRAPH)),
    [graph, focus]
  );
  return (
    <div className={styles.root} style={{ width, height }} data-testid={testIds.serviceMap.root} aria-busy={loading}>
      {loading && (
        <div className={styles.loading}>
          <LoadingBar width={width} />
        </div>
      )}
      {error && (
        <Alert
          severity="error"
          title={t('traceatlas.service-map.error', 'The service map could not be loaded')}
          data-testid={testIds.serviceMap.error}
        >
          {error}
        </Alert>
      )}
      {shown.services.length > 0 ? (
        <LoadedMap {...props} graph={shown} />
      ) : (
        graph && !error && <EmptyMap {...props} graph={graph} />
      )}
    </div>
  );
}

function EmptyMap({ graph, focus, onFocus, empty }: ServiceMapProps & { graph: ServiceGraph }) {
  const isGone = focus !== undefined && graph.services.length > 0;
  return (
    <div data-testid={testIds.serviceMap.empty}>
      <EmptyState
        variant={isGone ? 'not-found' : 'call-to-action'}
        message={
          isGone
            ? t('traceatlas.service-map.focus-gone', 'The service in focus has no data in this time range')
            : t('traceatlas.service-map.empty', 'No service graph data in this time range')
        }
        button={
          isGone && onFocus ? (
            <Button onClick={() => onFocus(undefined)}>
              <Trans i18nKey="traceatlas.service-map.show-all">Show all services</Trans>
            </Button>
          ) : undefined
        }
      >
        {!isGone && empty}
      </EmptyState>
    </div>
  );
}

function LoadedMap(props: ServiceMapProps & { graph: ServiceGraph }) {
  const { graph, width, height, focus, onFocus, onSelect, selected } = props;
  const { surface = 'primary', latency = 'p95', wheel = 'greedy', actions = NO_ACTIONS } = props;
  const { showToolbar = true, showLegend = true } = props;
  const styles = useStyles2(getStyles);
  const describedBy = useId();
  const [asTable, setAsTable] = useState(false);
  const [searched, setSearched] = useState('');
  const bodyHeight = Math.max(120, height - (showToolbar ? TOOLBAR_HEIGHT : 0) - (showLegend ? LEGEND_HEIGHT : 0));
  const fullSize: Size = useMemo(() => ({ width, height: bodyHeight }), [width, bodyHeight]);
  const key = `${props.layoutKey ?? ''}|${focus ? `${focus.hops}|${focus.id}` : ''}`;
  const { model, layoutId, relayout } = useGraphLayout(graph, key, fullSize);
  const found = useMemo(() => searchServices(graph.services, searched), [graph, searched]);
  const matches = useMemo(() => new Set(found.map(({ id }) => id)), [found]);
  const isSelected = model !== undefined && selectionExists(model, selected);
  const besides = isSelected && width - SIDE_PANEL_WIDTH >= LEAST_MAP_WIDTH;
  const mapSize = useMemo(
    () => ({ width: besides ? width - SIDE_PANEL_WIDTH : width, height: bodyHeight }),
    [besides, width, bodyHeight]
  );
  const focusHere = useCallback((id: string) => onFocus?.({ id, hops: focus?.hops ?? 1 }), [onFocus, focus?.hops]);
  if (!model) {
    return null;
  }
  return (
    <>
      {showToolbar && (
        <div className={styles.toolbar}>
          <MapSearch
            text={searched}
            found={found.length}
            onChange={setSearched}
            onNext={(index) => onSelect({ kind: 'service', id: found[index].id })}
          />
          {props.controls}
          {focus && onFocus && <FocusBar focus={focus} graph={graph} onFocus={onFocus} />}
          <div className={styles.spacer} />
          <span className={styles.count}>{sizeText(graph.services.length, graph.calls.length)}</span>
          <Button
            size="sm"
            variant="secondary"
            icon={asTable ? 'sitemap' : 'table'}
            aria-pressed={asTable}
            data-testid={testIds.serviceMap.tableToggle}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('traceatlas.service-map.show-map', 'Map') : t('traceatlas.service-map.show-table', 'Table')}
          </Button>
        </div>
      )}
      <Notices notices={graph.notices} />
      <div className={styles.body} style={{ height: bodyHeight }}>
        {asTable ? (
          <MapTable model={model} matches={matches} onSelect={onSelect} />
        ) : (
          <>
            <MapCanvas
              model={model}
              layoutId={layoutId}
              size={mapSize}
              surface={surface}
              latency={latency}
              wheel={wheel}
              selected={isSelected ? selected : undefined}
              matches={matches}
              describedBy={describedBy}
              onSelect={onSelect}
              onRelayout={relayout}
            />
            <SpokenMap id={describedBy} model={model} selected={selected} />
          </>
        )}
        {isSelected && selected && (
          <div className={besides ? styles.beside : styles.over}>
            <SidePanel
              model={model}
              selected={selected}
              latency={latency}
              actions={actions}
              onSelect={onSelect}
              onFocus={onFocus && focusHere}
            />
          </div>
        )}
      </div>
      {showLegend && <MapLegend surface={surface} />}
    </>
  );
}

function Notices({ notices }: { notices: string[] }) {
  const styles = useStyles2(getStyles);
  return notices.length === 0 ? null : (
    <ul className={styles.notices} data-testid={testIds.serviceMap.notices}>
      {notices.map((notice) => (
        <li key={notice}>{notice}</li>
      ))}
    </ul>
  );
}

const MOST_HOPS = 4;

function FocusBar({
  focus,
  graph,
  onFocus,
}: {
  focus: Focus;
  graph: ServiceGraph;
  onFocus(focus: Focus | undefined): void;
}) {
  const styles = useStyles2(getStyles);
  const name = graph.services.find(({ id }) => id === focus.id)?.name ?? focus.id;
  const change = (hops: number) => onFocus({ ...focus, hops });
  return (
    <div className={styles.focus}>
      <span>{t('traceatlas.service-map.focused', 'Around {{name}}, hops: {{hops}}', { name, hops: focus.hops })}</span>
      <Button
        size="sm"
        variant="secondary"
        icon="minus"
        aria-label={t('traceatlas.service-map.fewer-hops', 'One hop less')}
        disabled={focus.hops <= 1}
        onClick={() => change(focus.hops - 1)}
      />
      <Button
        size="sm"
        variant="secondary"
        icon="plus"
        aria-label={t('traceatlas.service-map.more-hops', 'One hop more')}
        disabled={focus.hops >= MOST_HOPS}
        onClick={() => change(focus.hops + 1)}
      />
      <Button
        size="sm"
        variant="secondary"
        icon="times"
        onClick={() => onFocus(undefined)}
        data-testid={testIds.serviceMap.clearFocus}
      >
        <Trans i18nKey="traceatlas.service-map.show-all">Show all services</Trans>
      </Button>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    root: css({ position: 'relative', overflow: 'hidden', display: 'flex', flexDirection: 'column' }),
    loading: css({ position: 'absolute', top: 0, left: 0, right: 0, zIndex: 2 }),
    toolbar: css({
      height: TOOLBAR_HEIGHT,
      flexShrink: 0,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      // What does not fit is reached by scrolling; names of services never push controls out.
      overflowX: 'auto',
      overflowY: 'hidden',
      // Room for focus rings
      padding: theme.spacing(0, 0.5),
    }),
    spacer: css({ flexGrow: 1 }),
    count: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    focus: css({ flexShrink: 0, display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), whiteSpace: 'nowrap' }),
    body: css({ position: 'relative', display: 'flex', minHeight: 0 }),
    beside: css({ height: '100%' }),
    over: css({
      position: 'absolute',
      top: 0,
      right: 0,
      height: '100%',
      maxWidth: '100%',
      boxShadow: theme.shadows.z3,
    }),
    notices: css({
      margin: 0,
      padding: theme.spacing(0.5, 1, 0.5, 3),
      color: theme.colors.warning.text,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
