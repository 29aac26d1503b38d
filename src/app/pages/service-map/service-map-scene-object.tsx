import React, { useCallback, useMemo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { t, Trans } from '@grafana/i18n';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { Button, MultiCombobox, useStyles2 } from '@grafana/ui';
import { SERVICE_MAP_MENU, VARIABLES } from '../../../constants';
import { inNamespaces, namespacesOf } from '../../../servicegraph/focus';
import { GROUP_BY } from '../../../servicegraph/group-by';
import { idInGraph } from '../../../servicegraph/id-in-graph';
import { type ServiceGraph } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { NO_SEARCH, readSearch, type SearchState } from '../../../views/service-map/search/search-state';
import { type Selection } from '../../../views/service-map/selection';
import { type Focus } from '../../../views/service-map/service-map';
import { type Folds } from '../../../views/service-map/places/use-folds';
import { leaveFullScreen } from '../../../views/service-map/viewport/use-full-screen';
import { useRemainingHeight } from '../../../views/shared/use-remaining-height';
import { useSize } from '../../../views/shared/use-size';
import { GraphHelp } from './graph-help';
import { GraphQueries } from './graph-queries';
import { CompareButton } from './compare/compare-button';
import { MapComparison } from './compare/map-comparison';
import { GraphSource } from './graph-source';
import { MapWorkspace } from './map-workspace';
import { pageActions } from './page-actions';
import { RefusedAlert, RefusedPart } from './refused-alert';
import { MapReplay } from './replay/map-replay';
import { ReplayButton } from './replay/replay-button';
import { SampledBadge } from './sampled-badge';
import { ScopeButton } from './scope-button';
import { failureText, StaleBadge } from './stale-badge';
import { PercentilesBadge, WaitingStatus } from './waiting-status';

interface ServiceMapObjectState extends SceneObjectState {
  source: GraphSource;
  comparison: MapComparison;
  replay: MapReplay;
  selected?: Selection;
  focus?: Focus;
  /** Where services were put by hand, as the map tells it */
  places?: string;
  search: SearchState;
  namespaces: string[];
  /** What makes groups; automatic when absent */
  groupBy?: string;
  /** What is folded up, as the map tells it */
  folds: Folds;
  /** px; without it the map reaches to the end of the window */
  height?: number;
}

const NAMESPACE_PARAM = `var-${VARIABLES.namespace}`;
const MOST_HOPS = 4;

function textOf(value: SceneObjectUrlValues[string]): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listOf(value: SceneObjectUrlValues[string]): string[] {
  return Array.isArray(value) ? value : value ? [value] : [];
}

/** The map of a page. What is selected, focused and filtered is in the URL. */
export class ServiceMapObject extends SceneObjectBase<ServiceMapObjectState> {
  static Component = ServiceMapRenderer;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, {
    keys: [
      'selected',
      'operation',
      'call',
      'focus',
      'hops',
      'places',
      'find',
      'found',
      'group',
      'folded',
      'more',
      NAMESPACE_PARAM,
    ],
  });

  constructor() {
    super({
      source: new GraphSource(),
      comparison: new MapComparison(),
      replay: new MapReplay(),
      namespaces: [],
      folds: {},
      search: NO_SEARCH,
    });
    this.addActivationHandler(() => this.state.source.activate());
  }

  getUrlState() {
    const { selected, focus, namespaces, search } = this.state;
    return {
      selected: selected?.kind === 'service' ? selected.id : undefined,
      operation: selected?.kind === 'service' ? selected.operation : undefined,
      call: selected?.kind === 'call' ? selected.id : undefined,
      focus: focus?.id,
      hops: focus && String(focus.hops),
      places: this.state.places,
      find: search.text || undefined,
      found: search.text && search.mode !== 'find' ? search.mode : undefined,
      group: this.state.groupBy,
      folded: this.state.folds.folded,
      more: this.state.folds.more,
      [NAMESPACE_PARAM]: namespaces.length > 0 ? namespaces : undefined,
    };
  }

  /** @param changed only what is other than before */
  updateFromUrl(changed: SceneObjectUrlValues) {
    const values: SceneObjectUrlValues = { ...this.getUrlState(), ...changed };
    const [service, call, focus] = [textOf(values.selected), textOf(values.call), textOf(values.focus)];
    const operation = textOf(values.operation);
    const hops = Number(textOf(values.hops) ?? 1);
    this.setState({
      places: textOf(values.places),
      groupBy: textOf(values.group),
      folds: { folded: textOf(values.folded), more: textOf(values.more) },
      search: readSearch(textOf(values.find), textOf(values.found)),
      selected: service ? { kind: 'service', id: service, operation } : call ? { kind: 'call', id: call } : undefined,
      focus: focus
        ? { id: focus, hops: Number.isInteger(hops) ? Math.min(MOST_HOPS, Math.max(1, hops)) : 1 }
        : undefined,
      namespaces: listOf(values[NAMESPACE_PARAM]),
    });
    this.state.source.state.scope.showNamespaces(this.state.namespaces);
  }

  find = (search: SearchState) => this.setState({ search });
  place = (places: string | undefined) => this.setState({ places });
  select = (selected: Selection | undefined) => this.setState({ selected });
  /** Steps that the browser's back button takes back */
  groupBy = (groupBy: string) =>
    this._urlSync.performBrowserHistoryAction(() =>
      this.setState({ groupBy: groupBy === GROUP_BY.auto ? undefined : groupBy })
    );
  fold = (folds: Folds, isStep: boolean) =>
    isStep ? this._urlSync.performBrowserHistoryAction(() => this.setState({ folds })) : this.setState({ folds });
  focusOn = (focus: Focus | undefined) => this._urlSync.performBrowserHistoryAction(() => this.setState({ focus }));
  showNamespaces = (namespaces: string[]) =>
    this._urlSync.performBrowserHistoryAction(() => {
      this.setState({ namespaces });
      this.state.source.state.scope.showNamespaces(namespaces);
    });
}

function ServiceMapRenderer({ model }: SceneComponentProps<ServiceMapObject>) {
  const {
    source,
    comparison,
    replay,
    namespaces,
    places,
    search,
    groupBy,
    folds,
    height: given,
    ...meant
  } = model.useState();
  const {
    graph,
    loading,
    lacksPercentiles,
    error,
    refused,
    sampled,
    graphFrom,
    dialect,
    scope,
    namespaces: asked,
  } = source.useState();
  const { identity } = scope.useState();
  const isAskedForLabel = groupBy !== undefined && identity.includes(groupBy);
  // What is on screen may still be the answer to what was asked before.
  const hasLabels = groupBy !== undefined && dialect?.identity?.includes(groupBy) === true;
  const focus = useMemo(
    () => (meant.focus && graph ? { ...meant.focus, id: idInGraph(graph, meant.focus.id) } : meant.focus),
    [graph, meant.focus]
  );
  const selected = useMemo(
    () =>
      graph && meant.selected?.kind === 'service'
        ? { ...meant.selected, id: idInGraph(graph, meant.selected.id) }
        : meant.selected,
    [graph, meant.selected]
  );
  const { value } = sceneGraph.getTimeRange(model).useState();
  const range = useMemo(() => ({ from: value.from.valueOf(), to: value.to.valueOf() }), [value]);
  const styles = useStyles2(getStyles);
  const [showQueries, setShowQueries] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const remaining = useRemainingHeight(frame);
  const height = given ?? remaining;
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const actions = useMemo(() => pageActions(model), [model]);
  // A graph that was asked for some namespaces stays until that of the others is there.
  const shown = asked ?? namespaces;
  const part = useCallback((whole: ServiceGraph) => inNamespaces(whole, shown), [shown]);
  const hasNamespaces = namespaces.length > 0 || (graph !== undefined && namespacesOf(graph).length > 0);
  const findNamespaces = async (text: string) =>
    [...new Set([...(await source.allNamespaces()), ...namespaces])]
      .filter((name) => name.toLowerCase().includes(text.toLowerCase()))
      .map((value) => ({ value, label: value }));
  const controls = (
    <>
      {hasNamespaces && (
        // MultiCombobox has no name of its own for screen readers.
        <label className={styles.namespaces}>
          <span className={styles.spoken}>{t('traceatlas.service-map.namespaces', 'Namespaces')}</span>
          <MultiCombobox
            options={findNamespaces}
            value={namespaces.map((value) => ({ value, label: value }))}
            placeholder={t('traceatlas.service-map.all-namespaces', 'All namespaces')}
            onChange={(chosen) => model.showNamespaces(chosen.map(({ value }) => value))}
          />
        </label>
      )}
      {sampled ? <SampledBadge /> : <ScopeButton source={source} />}
      <CompareButton source={source} comparison={comparison} replay={replay} />
      <ReplayButton source={source} comparison={comparison} replay={replay} />
      <Button
        variant="secondary"
        fill="text"
        size="sm"
        icon="document-info"
        onClick={() => {
          leaveFullScreen();
          setShowQueries(true);
        }}
        data-testid={testIds.serviceMap.queries}
      >
        <Trans i18nKey="traceatlas.service-map.show-queries">Show queries</Trans>
      </Button>
      <PercentilesBadge source={source} />
      <StaleBadge source={source} />
      <RefusedPart source={source} />
    </>
  );
  return (
    <div className={styles.frame} ref={frame} style={{ height }}>
      <RefusedAlert source={source} />
      <div className={styles.room} ref={room}>
        {size && (
          <MapWorkspace
            source={source}
            comparison={comparison}
            replay={replay}
            part={part}
            width={size.width}
            height={size.height}
            loading={loading}
            percentilesLoading={loading && lacksPercentiles}
            // Above a map there is no room for it.
            error={refused || error === undefined || graph?.services.length ? undefined : failureText(error)}
            empty={<GraphHelp hasDataSource={source.dataSourceUid !== ''} />}
            controls={controls}
            actions={actions}
            selected={selected}
            onSelect={model.select}
            focus={focus}
            onFocus={model.focusOn}
            layoutKey={JSON.stringify([graphFrom, shown])}
            storageKey={`page|${JSON.stringify([graphFrom, shown])}`}
            places={places}
            onPlaces={model.place}
            groupBy={groupBy}
            onGroupBy={model.groupBy}
            folds={folds}
            onFolds={model.fold}
            isLabelLoading={isAskedForLabel && !hasLabels && loading}
            onAskForLabel={
              sampled || hasLabels
                ? undefined
                : (label) => (isAskedForLabel ? source.load() : scope.change({ identity: [...identity, label] }))
            }
            search={search}
            onSearch={model.find}
            ownsPage
            range={range}
            extensionPointId={SERVICE_MAP_MENU.page}
          />
        )}
      </div>
      {!graph && !loading && !error && <GraphHelp hasDataSource={false} />}
      <WaitingStatus source={source} />
      {showQueries && <GraphQueries source={source} onClose={() => setShowQueries(false)} />}
    </div>
  );
}

function getStyles() {
  return {
    frame: css({ position: 'relative', width: '100%', display: 'flex', flexDirection: 'column' }),
    // What stands above the map takes its height from it.
    room: css({ position: 'relative', flexGrow: 1, flexBasis: 0, minHeight: 0, minWidth: 0 }),
    namespaces: css({ position: 'relative', minWidth: 180, maxWidth: 220 }),
    spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  };
}
