import React, { memo } from 'react';
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { formatErrorShare, formatLatency, formatRate } from './format-stats';
import { failedText, kindNames, servicesText } from './kind-names';
import { listsBy } from './model/lists-by';
import { type MapEdge, type MapModel, type MapNode } from './model/map-types';
import { isFolded, type MapState } from './map-state';
import { type Selection } from './selection';
import { useSettled } from './use-settled';

/** Beyond this the visible table with its pages is the better way. */
const MOST_ROWS = 200;
/** The table of so few takes no time; a longer one comes after the picture. */
const FEW_SERVICES = 40;

interface SpokenMapProps {
  id: string;
  model: MapModel;
  selected?: Selection;
  state: MapState;
}

/** The map's content for screen readers: canvas itself says nothing. */
export function SpokenMap({ id, model, selected, state }: SpokenMapProps) {
  const styles = useStyles2(getStyles);
  const listed = useSettled(model, model.nodes.length <= FEW_SERVICES);
  return (
    <div className={styles.hidden}>
      <p id={id}>
        {t(
          'traceatlas.service-map.spoken.summary-keys',
          '{{services}} services, {{calls}} calls. Arrow keys follow the calls, G goes to the groups, Escape leaves the selection, plus and minus zoom, 0 shows everything, question mark tells all keys.',
          { services: model.nodes.length, calls: model.edges.length }
        )}
      </p>
      <p aria-live="polite" data-testid={testIds.serviceMap.spoken}>
        {spokenGroup(model, state) ?? spokenSelection(model, selected)}
      </p>
      {listed && (
        <div className={styles.tables}>
          <SpokenGroups model={listed} state={state} />
          <SpokenTable model={listed} />
        </div>
      )}
    </div>
  );
}

/** Calls that these services make, the busiest first; in the model they are by service for all, which takes a while. */
function calleesOf(nodes: readonly MapNode[], { edges }: MapModel): Map<MapNode, MapEdge[]> {
  const listed = new Set(nodes);
  const byCaller = listsBy(
    edges.filter(({ source }) => listed.has(source)),
    ({ source }) => source
  );
  byCaller.forEach((calls) => calls.sort((a, b) => (b.call.stats.rate ?? -1) - (a.call.stats.rate ?? -1)));
  return byCaller;
}

const SpokenTable = memo(function SpokenTable({ model }: Pick<SpokenMapProps, 'model'>) {
  const kinds = kindNames();
  const noData = t('traceatlas.service-map.stats.no-data', 'no data');
  const busiest = [...model.nodes]
    .sort((a, b) => (b.service.stats.rate ?? -1) - (a.service.stats.rate ?? -1))
    .slice(0, MOST_ROWS);
  const callees = calleesOf(busiest, model);
  return (
    <table>
      <caption>{t('traceatlas.service-map.spoken.caption', 'Services of the map, the busiest first')}</caption>
      <thead>
        <tr>
          <th>{t('traceatlas.service-map.table.service', 'Service')}</th>
          <th>{t('traceatlas.service-map.table.kind', 'Kind')}</th>
          <th>{t('traceatlas.service-map.stats.rate', 'Rate')}</th>
          <th>{t('traceatlas.service-map.stats.errors', 'Errors')}</th>
          <th>p95</th>
          <th>{t('traceatlas.service-map.spoken.calls', 'Calls')}</th>
        </tr>
      </thead>
      <tbody>
        {busiest.map((node) => (
          <tr key={node.service.id}>
            <th scope="row">{node.service.name}</th>
            <td>{kinds[node.service.kind]}</td>
            <td>{formatRate(node.service.stats.rate) ?? noData}</td>
            <td>{formatErrorShare(node.service.stats) ?? noData}</td>
            <td>{formatLatency(node.service.stats.p95) ?? noData}</td>
            <td>{(callees.get(node) ?? []).map(({ target }) => target.service.name).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});

/** Groups with their sums; many of them are in the table of the services only. */
const SpokenGroups = memo(function SpokenGroups({ model, state }: { model: MapModel; state: MapState }) {
  const noData = t('traceatlas.service-map.stats.no-data', 'no data');
  return model.groups.length === 0 ? null : (
    <table>
      <caption>
        {t('traceatlas.service-map.spoken.groups', 'Groups of the map, with the sums of their services')}
      </caption>
      <thead>
        <tr>
          <th>{t('traceatlas.service-map.spoken.group', 'Group')}</th>
          <th>{t('traceatlas.service-map.table.services', 'Services')}</th>
          <th>{t('traceatlas.service-map.stats.rate', 'Rate')}</th>
          <th>{t('traceatlas.service-map.stats.errors', 'Errors')}</th>
          <th>{t('traceatlas.service-map.spoken.state', 'State')}</th>
        </tr>
      </thead>
      <tbody>
        {model.groups.slice(0, MOST_ROWS).map((group) => (
          <tr key={group.id}>
            <th scope="row">{group.name}</th>
            <td>{group.services}</td>
            <td>{formatRate(group.stats.rate) ?? noData}</td>
            <td>{formatErrorShare(group.stats) ?? noData}</td>
            <td>{foldedText(isFolded(state, group.id))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});

function foldedText(isFoldedUp: boolean): string {
  return isFoldedUp
    ? t('traceatlas.service-map.spoken.folded', 'folded up')
    : t('traceatlas.service-map.spoken.unfolded', 'unfolded');
}

function spokenGroup(model: MapModel, state: MapState): string | undefined {
  const group = state.group === undefined ? undefined : model.groups.find(({ id }) => id === state.group);
  if (!group) {
    return undefined;
  }
  const { name, services, stats, remainder } = group;
  const title = remainder ? name : t('traceatlas.service-map.spoken.group-name', 'Group {{name}}', { name });
  const numbers = [
    remainder ? undefined : servicesText(services),
    formatRate(stats.rate),
    failedText(stats),
    foldedText(isFolded(state, group.id)),
  ];
  return [title, ...numbers].filter(Boolean).join(', ');
}

function spokenSelection(model: MapModel, selected: Selection | undefined): string {
  const node = selected?.kind === 'service' ? model.nodeById.get(selected.id) : undefined;
  if (!node) {
    return '';
  }
  const { service } = node;
  const numbers = [formatRate(service.stats.rate), formatErrorShare(service.stats), formatLatency(service.stats.p95)];
  return [service.name, kindNames()[service.kind], ...numbers].filter(Boolean).join(', ');
}

function getStyles() {
  return {
    hidden: css({
      position: 'absolute',
      width: 1,
      height: 1,
      margin: -1,
      padding: 0,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    }),
    // Read aloud all the same, but so far from what is seen browsers do not lay them out, which would block the page.
    tables: css({ position: 'absolute', top: 20_000, contentVisibility: 'auto' }),
  };
}
