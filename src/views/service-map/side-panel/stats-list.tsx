import React from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { type Detail, type RequestStats } from '../../../servicegraph/model';
import { formatErrorShare, formatLatency, formatRate } from '../format-stats';
import { latencyName } from '../kind-names';

interface StatsListProps {
  stats: RequestStats;
  details?: Detail[];
  /** Names the numbers that are missing, too. */
  complete?: boolean;
  /** Percentiles that are missing are on their way. */
  percentilesLoading?: boolean;
}

interface Row {
  label: string;
  value: string | undefined;
  isPercentile?: boolean;
}

function rowsOf(stats: RequestStats): Row[] {
  return [
    { label: t('traceatlas.service-map.stats.rate', 'Rate'), value: formatRate(stats.rate) },
    { label: t('traceatlas.service-map.stats.errors', 'Errors'), value: formatErrorShare(stats) },
    ...(['mean', 'p50', 'p95', 'p99'] as const).map((key) => ({
      label: latencyName(key),
      value: formatLatency(stats[key]),
      isPercentile: key !== 'mean',
    })),
  ];
}

/** Rate, errors and latencies by name. */
export function StatsList({ stats, details = [], complete = false, percentilesLoading = false }: StatsListProps) {
  const styles = useStyles2(getStyles);
  const rows = rowsOf(stats).filter(({ value }) => complete || value !== undefined);
  const more = details.map(({ label, text }): Row => ({ label, value: text }));
  if (rows.length + more.length === 0) {
    return <div className={styles.none}>{t('traceatlas.service-map.stats.none', 'No data')}</div>;
  }
  return (
    <dl className={styles.list}>
      {[...rows, ...more].map(({ label, value, isPercentile }, index) => (
        <div key={label} className={index < rows.length ? styles.row : cx(styles.row, styles.whole)}>
          <dt>{label}</dt>
          <dd className={value === undefined ? styles.none : styles.value}>
            {value ??
              (percentilesLoading && isPercentile
                ? t('traceatlas.service-map.stats.loading', 'loading…')
                : t('traceatlas.service-map.stats.no-data', 'no data'))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({ margin: 0, display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: theme.spacing(2) }),
    row: css({
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      padding: theme.spacing(0.25, 0),
      dt: { fontWeight: theme.typography.fontWeightRegular, color: theme.colors.text.secondary },
      dd: { margin: 0 },
    }),
    // Labels of details may be long.
    whole: css({ gridColumn: '1 / -1' }),
    value: css({ fontVariantNumeric: 'tabular-nums', fontWeight: theme.typography.fontWeightMedium }),
    none: css({ color: theme.colors.text.disabled }),
  };
}
