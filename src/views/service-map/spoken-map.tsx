import React, { memo } from 'react';
import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { formatErrorShare, formatLatency, formatRate } from './format-stats';
import { kindNames } from './kind-names';
import { type MapModel, type MapNode } from './map-model';
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
}

/** The map's content for screen readers: canvas itself says nothing. */
export function SpokenMap({ id, model, selected }: SpokenMapProps) {
  const styles = useStyles2(getStyles);
  const listed = useSettled(model, model.nodes.length <= FEW_SERVICES);
  return (
    <div className={styles.hidden}>
      <p id={id}>
        {t(
          'traceatlas.service-map.spoken.summary',
          '{{services}} services, {{calls}} calls. Arrow keys follow the calls, Escape leaves the selection, plus and minus zoom, 0 shows everything.',
          { services: model.nodes.length, calls: model.edges.length }
        )}
      </p>
      <p aria-live="polite">{spokenSelection(model, selected)}</p>
      {listed && <SpokenTable model={listed} />}
    </div>
  );
}

const SpokenTable = memo(function SpokenTable({ model }: Pick<SpokenMapProps, 'model'>) {
  const kinds = kindNames();
  const noData = t('traceatlas.service-map.stats.no-data', 'no data');
  const busiest = [...model.nodes]
    .sort((a, b) => (b.service.stats.rate ?? -1) - (a.service.stats.rate ?? -1))
    .slice(0, MOST_ROWS);
  const callees = ({ service }: MapNode) =>
    (model.outgoing.get(service.id) ?? []).map(({ target }) => target.service.name);
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
            <td>{callees(node).join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});

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
  };
}
