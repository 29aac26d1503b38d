import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type SortableColumn } from '../../shared/sortable-table';
import { healthOf } from '../drawing/health';
import { formatErrorShare, formatLatency, formatRate } from '../format-stats';
import { latencyName } from '../kind-names';
import { type Selection } from '../selection';
import { type ColumnKey, detailLabels, isNumberColumn, type NumberColumn, type TableRow, valueIn } from './table-rows';

const NONE = '–';

/** Columns of numbers that no row has are left out; the rate is always there. */
export function tableColumns(
  content: Selection['kind'],
  rows: readonly TableRow[],
  onSelect: (selection: Selection) => void
): Array<SortableColumn<TableRow>> {
  const isService = content === 'service';
  const names: Array<[ColumnKey, string]> = [
    [
      'name',
      isService
        ? t('traceatlas.service-map.table.service', 'Service')
        : t('traceatlas.service-map.table.caller', 'Caller'),
    ],
    [
      'other',
      isService ? t('traceatlas.service-map.table.kind', 'Kind') : t('traceatlas.service-map.table.callee', 'Callee'),
    ],
    ['rate', t('traceatlas.service-map.stats.rate', 'Rate')],
    ['errors', t('traceatlas.service-map.stats.errors', 'Errors')],
    ...(['mean', 'p50', 'p95', 'p99'] as const).map((key): [ColumnKey, string] => [key, latencyName(key)]),
  ];
  const neighbours: Array<[ColumnKey, string]> = isService
    ? [
        ['callers', t('traceatlas.service-map.table.callers', 'Callers')],
        ['callees', t('traceatlas.service-map.table.callees', 'Callees')],
      ]
    : [];
  const details = detailLabels(rows).map((label): [ColumnKey, string] => [`detail:${label}`, label]);
  const isUsed = ([key]: [ColumnKey, string]) =>
    key === 'rate' || !isNumberColumn(key) || rows.some((row) => valueIn(row, key) !== undefined);
  return [...names.filter(isUsed), ...details, ...neighbours].map(([key, name]) => columnOf(key, name, onSelect));
}

function columnOf(key: ColumnKey, name: string, onSelect: (selection: Selection) => void): SortableColumn<TableRow> {
  const valueOf = (row: TableRow) => valueIn(row, key);
  if (isNumberColumn(key)) {
    return {
      key,
      name,
      isNumber: true,
      valueOf,
      cell: (row) => (key === 'errors' ? <ErrorShare row={row} /> : numberText(row, key)),
    };
  }
  return key === 'name'
    ? {
        key,
        name,
        isNumber: false,
        isHeading: true,
        valueOf,
        cell: (row) => <NameButton row={row} onSelect={onSelect} />,
      }
    : { key, name, isNumber: false, valueOf, cell: valueOf };
}

function numberText({ stats, callers, callees }: TableRow, key: Exclude<NumberColumn, 'errors'>): string {
  switch (key) {
    case 'rate':
      return formatRate(stats.rate) ?? NONE;
    case 'callers':
      return String(callers ?? NONE);
    case 'callees':
      return String(callees ?? NONE);
    default:
      return formatLatency(stats[key]) ?? NONE;
  }
}

function ErrorShare({ row: { stats } }: { row: TableRow }) {
  const styles = useStyles2(getStyles);
  return <span className={styles[healthOf(stats)]}>{formatErrorShare(stats) ?? NONE}</span>;
}

function NameButton({ row: { name, selection }, onSelect }: { row: TableRow; onSelect(selection: Selection): void }) {
  const styles = useStyles2(getStyles);
  return (
    <button type="button" className={styles.name} onClick={() => onSelect(selection)}>
      {name}
    </button>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    name: css({
      background: 'none',
      border: 'none',
      padding: 0,
      font: 'inherit',
      maxWidth: '100%',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      color: theme.colors.text.link,
      '&:hover': { textDecoration: 'underline' },
    }),
    unknown: css({ color: theme.colors.text.disabled }),
    ok: css({}),
    warning: css({ color: theme.colors.warning.text }),
    critical: css({ color: theme.colors.error.text }),
  };
}
