import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { CallStatsTable } from '../../../views/service-map/side-panel/call-stats-table';
import { Link } from '../../../views/shared/link';
import { type Neighbour } from './neighbours';

interface Props {
  /** Callers, or callees */
  title: string;
  neighbours: readonly Neighbour[];
  serviceHref: (neighbour: Neighbour) => string;
  /** The page of the call itself */
  callHref: (neighbour: Neighbour) => string;
}

/** Services that call, or are called, with the numbers of the calls. */
export function NeighbourTable({ title, neighbours, serviceHref, callHref }: Props) {
  const styles = useStyles2(getStyles);
  const rowOf = (neighbour: Neighbour) => {
    const { service, call } = neighbour;
    return {
      id: call.id,
      stats: call.stats,
      name: service.kind === 'service' ? <Link href={serviceHref(neighbour)}>{service.name}</Link> : service.name,
      more: <Link href={callHref(neighbour)}>{t('traceatlas.service.call-chart', 'Chart')}</Link>,
    };
  };
  return (
    <CallStatsTable
      title={title}
      calls={neighbours}
      rowOf={rowOf}
      latency="p95"
      moreTitle={t('traceatlas.service.call', 'Call')}
      className={styles.table}
    />
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    ...theme.typography.bodySmall,
    'th:first-child, td:first-child': { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  }),
});
