import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { formatErrorShare, formatLatency, formatRate, type LatencyKey } from './format-stats';
import { healthOf } from './health';
import { latencyName } from './kind-names';
import { type MapEdge } from './map-types';
import { type Selection } from './selection';

interface CallsTableProps {
  title: string;
  edges: readonly MapEdge[];
  /** The end that is listed */
  end: 'source' | 'target';
  latency: LatencyKey;
  onSelect(selection: Selection): void;
}

const MOST_ROWS = 50;
const NONE = '–';

/** Callers or callees of a service with the numbers of the calls. */
export function CallsTable({ title, edges, end, latency, onSelect }: CallsTableProps) {
  const styles = useStyles2(getStyles);
  if (edges.length === 0) {
    return null;
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('traceatlas.service-map.stats.rate', 'Rate')}</th>
          <th scope="col">{t('traceatlas.service-map.stats.errors', 'Errors')}</th>
          <th scope="col">{latencyName(latency)}</th>
        </tr>
      </thead>
      <tbody>
        {edges.slice(0, MOST_ROWS).map((edge) => (
          <tr key={edge.call.id}>
            <td>
              <Button
                size="sm"
                fill="text"
                variant="secondary"
                className={styles.name}
                onClick={() => onSelect({ kind: 'call', id: edge.call.id })}
              >
                {edge[end].service.name}
              </Button>
            </td>
            <td>{formatRate(edge.call.stats.rate) ?? NONE}</td>
            <td className={styles[healthOf(edge.call.stats)]}>{formatErrorShare(edge.call.stats) ?? NONE}</td>
            <td>{formatLatency(edge.call.stats[latency]) ?? NONE}</td>
          </tr>
        ))}
      </tbody>
      {edges.length > MOST_ROWS && (
        <tfoot>
          <tr>
            <td colSpan={4}>
              {t('traceatlas.service-map.more-calls', 'and {{count}} more', { count: edges.length - MOST_ROWS })}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    table: css({
      width: '100%',
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
      'th, td': { padding: theme.spacing(0.25, 0.5), textAlign: 'right', whiteSpace: 'nowrap' },
      'th:first-child, td:first-child': { textAlign: 'left', paddingLeft: 0 },
      th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
      td: { borderTop: `1px solid ${theme.colors.border.weak}` },
    }),
    name: css({
      maxWidth: 130,
      paddingLeft: 0,
      span: { overflow: 'hidden', textOverflow: 'ellipsis', display: 'block' },
    }),
    unknown: css({ color: theme.colors.text.disabled }),
    ok: css({}),
    warning: css({ color: theme.colors.warning.text }),
    critical: css({ color: theme.colors.error.text }),
  };
}
