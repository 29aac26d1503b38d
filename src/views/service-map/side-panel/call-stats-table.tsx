import React, { useState } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type RequestStats } from '../../../servicegraph/model';
import { formatErrorShare, formatLatency, formatRate, type LatencyKey } from '../format-stats';
import { healthOf } from '../drawing/health';
import { latencyName } from '../kind-names';

interface CallRow {
  id: string;
  /** The service at the other end, with what it does when it is clicked */
  name: React.ReactNode;
  stats: RequestStats;
  /** Cell of the last column */
  more?: React.ReactNode;
}

interface CallStatsTableProps<T> {
  title: string;
  calls: readonly T[];
  rowOf: (call: T) => CallRow;
  latency: LatencyKey;
  /** Heading of the last column, where there is one */
  moreTitle?: string;
  className?: string;
}

/** Rows at first, and those more at a time: a hub has hundreds of callers. */
const PAGE = 50;
const MORE = 200;
const NONE = '–';

/** Calls of a service, one a row, with their numbers; nothing when there are none. */
export function CallStatsTable<T>({ title, calls, rowOf, latency, moreTitle, className }: CallStatsTableProps<T>) {
  const styles = useStyles2(getStyles);
  const [most, setMost] = useState(PAGE);
  if (calls.length === 0) {
    return null;
  }
  return (
    <table className={cx(styles.table, className)}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">{t('traceatlas.service-map.stats.rate', 'Rate')}</th>
          <th scope="col">{t('traceatlas.service-map.stats.errors', 'Errors')}</th>
          <th scope="col">{latencyName(latency)}</th>
          {moreTitle && <th scope="col">{moreTitle}</th>}
        </tr>
      </thead>
      <tbody>
        {calls
          .slice(0, most)
          .map((call) => rowOf(call))
          .map(({ id, name, stats, more }) => (
            <tr key={id}>
              <td>{name}</td>
              <td>{formatRate(stats.rate) ?? NONE}</td>
              <td className={styles[healthOf(stats)]}>{formatErrorShare(stats) ?? NONE}</td>
              <td>{formatLatency(stats[latency]) ?? NONE}</td>
              {moreTitle && <td>{more}</td>}
            </tr>
          ))}
      </tbody>
      {calls.length > most && (
        <tfoot>
          <tr>
            <td colSpan={moreTitle ? 5 : 4}>
              <Button size="sm" variant="secondary" fill="text" onClick={() => setMost(most + MORE)}>
                {t('traceatlas.service-map.show-more-calls', 'Show {{count}} more', {
                  count: Math.min(MORE, calls.length - most),
                })}
              </Button>
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
    unknown: css({ color: theme.colors.text.secondary }),
    ok: css({}),
    warning: css({ color: theme.colors.warning.text }),
    critical: css({ color: theme.colors.error.text }),
  };
}
