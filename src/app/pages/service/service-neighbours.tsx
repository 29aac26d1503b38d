import { css } from '@emotion/css';
import React, { lazy, Suspense, useMemo, useRef } from 'react';
import { type GrafanaTheme2, LoadingState } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { type SceneComponentProps, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { PanelChrome, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { callUrl, serviceMapUrl, serviceUrl } from '../../../links/urls';
import { type ServiceGraph, serviceId } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { LinkButton } from '../../../views/shared/link-button';
import { type Selection } from '../../../views/service-map/selection';
import { useSize } from '../../../views/shared/use-size';
import { linkContext } from '../../link-context';
import { QueryButton } from '../../query-button';
import { GraphSource } from '../service-map/graph-source';
import { MapScope } from '../service-map/map-scope';
import { NeighbourTable } from './neighbour-table';
import { type Neighbour, neighboursOf } from './neighbours';

/** Only needed where there are neighbours to draw. */
const LazyServiceMap = lazy(() =>
  import('../../../views/service-map/service-map').then(({ ServiceMap }) => ({ default: ServiceMap }))
);

interface ServiceNeighboursState extends SceneObjectState {
  service: string;
  namespace?: string;
  source: GraphSource;
}

const MAP_HEIGHT = 240;

/** Who calls the service and whom it calls: a small map, and the calls in numbers. */
export class ServiceNeighbours extends SceneObjectBase<ServiceNeighboursState> {
  static Component = ServiceNeighboursRenderer;

  constructor(service: string, namespace?: string) {
    const around = new MapScope({ around: serviceId(service, namespace), hops: 1 }, { isInUrl: false });
    super({ service, namespace, source: new GraphSource(around) });
    this.addActivationHandler(() => this.state.source.activate());
  }
}

function ServiceNeighboursRenderer({ model }: SceneComponentProps<ServiceNeighbours>) {
  const { service, namespace, source } = model.useState();
  const { graph, loading, error, queries } = source.useState();
  const styles = useStyles2(getStyles);
  const context = linkContext(model);
  const { from = 'now-1h', to = 'now' } = context;
  const found = useMemo(() => graph && neighboursOf(graph, service, namespace), [graph, service, namespace]);
  const id = found?.id ?? serviceId(service, namespace);
  const serviceHref = ({ service: { name, namespace: its } }: Neighbour) =>
    serviceUrl(name, { ...context, namespace: its });
  const callHref = ({ call }: Neighbour) => callUrl(call.source, call.target, context);
  const hasCalls = found && found.callers.length + found.callees.length > 0;
  return (
    <PanelChrome
      title={t('traceatlas.service.neighbours', 'Callers and callees')}
      loadingState={loading ? LoadingState.Loading : LoadingState.Done}
      actions={
        <>
          <LinkButton
            size="sm"
            variant="secondary"
            icon="sitemap"
            href={serviceMapUrl({ ...context, focus: id, selected: id })}
          >
            {t('traceatlas.service.show-on-map', 'Show on the map')}
          </LinkButton>
          {queries.length > 0 && (
            <QueryButton
              dataSourceUid={source.dataSourceUid}
              queries={queries.map(({ expr }) => ({ text: expr, target: { expr, instant: true } }))}
              from={from}
              to={to}
            />
          )}
        </>
      }
    >
      <div className={styles.body} data-testid={testIds.service.neighbours}>
        {error && !graph && <span className={styles.hint}>{error}</span>}
        {graph && !hasCalls && (
          <span className={styles.hint}>
            {t('traceatlas.service.no-neighbours', 'No calls to or from this service in this time range')}
          </span>
        )}
        {graph && hasCalls && (
          <>
            <SmallMap
              graph={graph}
              id={id}
              onSelect={(selection) => {
                const url = selection && addressOf(selection, graph, id, serviceHref, callHref);
                if (url) {
                  locationService.push(url);
                }
              }}
            />
            <div className={styles.tables}>
              <NeighbourTable
                title={t('traceatlas.service.callers', 'Called by')}
                neighbours={found.callers}
                serviceHref={serviceHref}
                callHref={callHref}
              />
              <NeighbourTable
                title={t('traceatlas.service.callees', 'Calls')}
                neighbours={found.callees}
                serviceHref={serviceHref}
                callHref={callHref}
              />
            </div>
          </>
        )}
      </div>
    </PanelChrome>
  );
}

/** Where a click on the small map leads: a call to its page, a service to its own, one without spans to its call. */
function addressOf(
  selection: Selection,
  graph: ServiceGraph,
  id: string,
  serviceHref: (neighbour: Neighbour) => string,
  callHref: (neighbour: Neighbour) => string
): string | undefined {
  const call = graph.calls.find((each) =>
    selection.kind === 'call'
      ? each.id === selection.id
      : [each.source, each.target].includes(selection.id) && [each.source, each.target].includes(id)
  );
  const other = selection.kind === 'call' ? call?.target : selection.id;
  const service = graph.services.find((each) => each.id === other);
  if (!call || !service || selection.id === id) {
    return undefined;
  }
  const isPage = selection.kind === 'service' && service.kind === 'service';
  return isPage ? serviceHref({ service, call }) : callHref({ service, call });
}

interface SmallMapProps {
  graph: ServiceGraph;
  /** Service.id in the middle */
  id: string;
  onSelect: (selection: Selection | undefined) => void;
}

function SmallMap({ graph, id, onSelect }: SmallMapProps) {
  const styles = useStyles2(getStyles);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const focus = useMemo(() => ({ id, hops: 1 }), [id]);
  return (
    <div ref={frame} className={styles.map}>
      {size && (
        <Suspense fallback={null}>
          <LazyServiceMap
            graph={graph}
            width={size.width}
            height={MAP_HEIGHT}
            focus={focus}
            showLegend={false}
            showToolbar={false}
            wheel="cooperative"
            layoutKey={id}
            onSelect={onSelect}
          />
        </Suspense>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  body: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(320px, 2fr)',
    gap: theme.spacing(2),
    // What is below stays where it is when the answer comes.
    minHeight: MAP_HEIGHT,
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  map: css({ height: MAP_HEIGHT, minWidth: 0 }),
  tables: css({
    maxHeight: MAP_HEIGHT,
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  }),
  hint: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
});
