import { css } from '@emotion/css';
import React, { memo, useMemo } from 'react';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, type CellProps, type Column, InteractiveTable, useStyles2 } from '@grafana/ui';
import { t } from '../i18n/translate';
import { type ExemplarPoint, samplePoints } from '../links/exemplar-points';
import { testIds } from '../test-ids';
import { formatLatency } from '../views/heatmap/draw-latency';
import { useInTurn } from '../views/shared/in-turn';
import { Link } from '../views/shared/link';
import { SetupHint } from './setup-hint';

interface Props {
  points: readonly ExemplarPoint[];
  timeZone?: string;
  traceHref: (point: ExemplarPoint) => string;
  onOpen: (point: ExemplarPoint) => void;
  /** Whether there may be more soon: none yet is not none. */
  isLoading?: boolean;
}

const PAGE_SIZE = 10;
/** Sorting and paging more of them takes time that nobody reads for. */
const MOST_ROWS = 200;
const SLOWEST_FIRST = [{ id: 'latency', desc: true }];

function outcome({ isError }: ExemplarPoint): string {
  if (isError === undefined) {
    return '–';
  }
  return isError ? t('traceatlas.exemplar.failed', 'failed') : t('traceatlas.exemplar.succeeded', 'succeeded');
}

/** The exemplars that a chart shows, the slowest first. `traceHref` and `onOpen` must be memoized. */
export function ExemplarTable({ isLoading = false, points, ...props }: Props) {
  const styles = useStyles2(getStyles);
  // Rows take longer than the chart: they come after it.
  const listed = useInTurn(points);
  return (
    <div className={styles.table} data-testid={testIds.service.exemplarTable}>
      {points.length > 0 || isLoading ? (
        <Rows {...props} points={listed} />
      ) : (
        <>
          <Trans i18nKey="traceatlas.exemplar.none">No exemplars</Trans>
          <SetupHint />
        </>
      )}
    </div>
  );
}

const Rows = memo(function Rows({ points, timeZone, traceHref, onOpen }: Omit<Props, 'isLoading'>) {
  const rows = useMemo(
    () =>
      points.length > MOST_ROWS ? samplePoints(points, 'slowest', { stepMs: 1, slowest: MOST_ROWS }) : [...points],
    [points]
  );
  const columns: Array<Column<ExemplarPoint>> = [
    {
      id: 'timeMs',
      header: t('traceatlas.exemplar.time', 'Time'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<ExemplarPoint>) =>
        dateTimeFormat(original.timeMs, { timeZone, format: 'HH:mm:ss' }),
    },
    {
      id: 'latency',
      header: t('traceatlas.exemplar.duration', 'Duration'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<ExemplarPoint>) => (
        <Button
          size="sm"
          fill="text"
          variant={original.isError ? 'destructive' : 'primary'}
          tooltip={outcome(original)}
          onClick={() => onOpen(original)}
        >
          {formatLatency(original.latency)}
        </Button>
      ),
    },
    // Of a call, series do not say.
    ...(points.some(({ operation }) => operation !== undefined)
      ? [
          {
            id: 'operation',
            header: t('traceatlas.exemplar.operation', 'Operation'),
            sortType: 'alphanumeric',
          } as const,
        ]
      : []),
    {
      id: 'traceId',
      header: t('traceatlas.exemplar.trace', 'Trace'),
      cell: ({ row: { original } }: CellProps<ExemplarPoint>) => (
        <Link href={traceHref(original)}>{original.traceId.replace(/^0+/, '').slice(0, 8)}</Link>
      ),
    },
  ];
  return (
    rows.length > 0 && (
      <>
        <InteractiveTable
          columns={columns}
          data={rows}
          getRowId={({ traceId, spanId, timeMs, latency }) => `${traceId} ${spanId ?? ''} ${timeMs} ${latency}`}
          pageSize={PAGE_SIZE}
          initialSortBy={SLOWEST_FIRST}
        />
        {rows.length < points.length &&
          t('traceatlas.exemplar.slowest-rows', 'The slowest {{rows}} of {{all}}', {
            rows: rows.length,
            all: points.length,
          })}
      </>
    )
  );
});

/** Beside a chart there is little room. */
const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    ...theme.typography.bodySmall,
    'th, td': { padding: theme.spacing(0.25, 0.5), overflowWrap: 'anywhere' },
  }),
});
