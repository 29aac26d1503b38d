import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { formatErrorShare, formatLatency, formatRate } from '../../../views/service-map/format-stats';
import { healthOf } from '../../../views/service-map/health';
import { Link } from '../../../views/trace/link';
import { type Neighbour } from './neighbours';

interface Props {
  /** Callers, or callees */
  title: string;
  neighbours: readonly Neighbour[];
  serviceHref: (neighbour: Neighbour) => string;
  /** The page of the call itself */
  callHref: (neighbour: Neighbour) => string;
}

const MOST_ROWS = 50;
const NONE = '–';

/** Services that call, or are called, with the numbers of the calls. */
export function NeighbourTable({ title, neighbours, serviceHref, callHref }: Props) {
  const styles = useStyles2(getStyles);
  if (neighbours.length === 0) {
    return null;
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('traceatlas.service-map.stats.rate', 'Rate')}</th>
          <th scope="col">{t('traceatlas.service-map.stats.errors', 'Errors')}</th>
          <th scope="col">{t('traceatlas.service.column-p95', 'p95')}</th>
          <th scope="col">{t('traceatlas.service.call', 'Call')}</th>
        </tr>
      </thead>
      <tbody>
        {neighbours.slice(0, MOST_ROWS).map((neighbour) => {
          const { service, call } = neighbour;
          return (
            <tr key={call.id}>
              <td>
                {service.kind === 'service' ? <Link href={serviceHref(neighbour)}>{service.name}</Link> : service.name}
              </td>
              <td>{formatRate(call.stats.rate) ?? NONE}</td>
              <td className={styles[healthOf(call.stats)]}>{formatErrorShare(call.stats) ?? NONE}</td>
              <td>{formatLatency(call.stats.p95) ?? NONE}</td>
              <td>
                <Link href={callHref(neighbour)}>{t('traceatlas.service.call-chart', 'Chart')}</Link>
              </td>
            </tr>
          );
        })}
      </tbody>
      {neighbours.length > MOST_ROWS && (
        <tfoot>
          <tr>
            <td colSpan={5}>
              {t('traceatlas.service-map.more-calls', 'and {{count}} more', { count: neighbours.length - MOST_ROWS })}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    ...theme.typography.bodySmall,
    width: '100%',
    fontVariantNumeric: 'tabular-nums',
    'th, td': { padding: theme.spacing(0.25, 0.5), textAlign: 'right', whiteSpace: 'nowrap' },
    'th:first-child, td:first-child': {
      textAlign: 'left',
      paddingLeft: 0,
      whiteSpace: 'normal',
      overflowWrap: 'anywhere',
    },
    th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
    td: { borderTop: `1px solid ${theme.colors.border.weak}` },
  }),
  unknown: css({ color: theme.colors.text.secondary }),
  ok: css({}),
  warning: css({ color: theme.colors.warning.text }),
  critical: css({ color: theme.colors.error.text }),
});
