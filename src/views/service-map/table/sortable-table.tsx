import React, { useEffect, useMemo, useState } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { useWindowedRows } from '../../shared/use-windowed-rows';
import { formatErrorShare, formatLatency, formatRate } from '../format-stats';
import { healthOf } from '../drawing/health';
import { latencyName } from '../kind-names';
import { sameSelection, type Selection } from '../selection';
import {
  type ColumnKey,
  detailLabels,
  isNumberColumn,
  type NumberColumn,
  numberIn,
  type Sorting,
  sortRows,
  type TableRow,
  textIn,
} from './table-rows';

interface SortableTableProps {
  content: Selection['kind'];
  rows: readonly TableRow[];
  selected?: Selection;
  onSelect(selection: Selection): void;
}

const ROW_HEIGHT = 30;
const NONE = '–';

interface Column {
  key: ColumnKey;
  name: string;
}

/** Columns of numbers that no row has are left out; the rate is always there. */
function columnsOf(content: Selection['kind'], rows: readonly TableRow[]): Column[] {
  const isService = content === 'service';
  const columns: Column[] = [
    {
      key: 'name',
      name: isService
        ? t('traceatlas.service-map.table.service', 'Service')
        : t('traceatlas.service-map.table.caller', 'Caller'),
    },
    {
      key: 'other',
      name: isService
        ? t('traceatlas.service-map.table.kind', 'Kind')
        : t('traceatlas.service-map.table.callee', 'Callee'),
    },
    { key: 'rate', name: t('traceatlas.service-map.stats.rate', 'Rate') },
    { key: 'errors', name: t('traceatlas.service-map.stats.errors', 'Errors') },
    ...(['mean', 'p50', 'p95', 'p99'] as const).map((key) => ({ key, name: latencyName(key) })),
  ];
  const neighbours: Column[] = isService
    ? [
        { key: 'callers', name: t('traceatlas.service-map.table.callers', 'Callers') },
        { key: 'callees', name: t('traceatlas.service-map.table.callees', 'Callees') },
      ]
    : [];
  const details = detailLabels(rows).map((label): Column => ({ key: `detail:${label}`, name: label }));
  const isUsed = ({ key }: Column) =>
    key === 'rate' || !isNumberColumn(key) || rows.some((row) => numberIn(row, key) !== undefined);
  return [...columns.filter(isUsed), ...details, ...neighbours];
}

function numberText({ stats, callers, callees }: TableRow, key: NumberColumn): string {
  switch (key) {
    case 'rate':
      return formatRate(stats.rate) ?? NONE;
    case 'errors':
      return formatErrorShare(stats) ?? NONE;
    case 'callers':
      return String(callers ?? NONE);
    case 'callees':
      return String(callees ?? NONE);
    default:
      return formatLatency(stats[key]) ?? NONE;
  }
}

/** Any number of rows; only those in sight are in the document. */
export function SortableTable({ content, rows, selected, onSelect }: SortableTableProps) {
  const styles = useStyles2(getStyles);
  const [sorting, setSorting] = useState<Sorting>({ by: 'rate', descending: true });
  const sorted = useMemo(() => sortRows(rows, sorting), [rows, sorting]);
  const { scrollerRef, scroller, first, end, totalHeight } = useWindowedRows(sorted.length, ROW_HEIGHT);
  const columns = useMemo(() => columnsOf(content, rows), [content, rows]);
  useEffect(() => {
    // No result: newer browsers answer with a promise, which React would take for a clean-up.
    scroller?.scrollTo?.({ top: 0 });
  }, [scroller, sorting]);
  const sortBy = (by: ColumnKey) =>
    setSorting((old) => ({ by, descending: old.by === by ? !old.descending : isNumberColumn(by) }));
  return (
    // Scrolling by keyboard needs the focus.
    <div ref={scrollerRef} className={styles.scroller} tabIndex={0} role="group">
      <table className={styles.table} aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ key, name }) => {
              const isSorted = sorting.by === key;
              return (
                <th
                  key={key}
                  scope="col"
                  className={cx(!isNumberColumn(key) && styles.text)}
                  aria-sort={isSorted ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button type="button" className={styles.sort} onClick={() => sortBy(key)}>
                    {name}
                    {isSorted && <Icon name={sorting.descending ? 'arrow-down' : 'arrow-up'} size="sm" />}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Filler height={first * ROW_HEIGHT} columns={columns.length} />}
          {sorted.slice(first, end).map((row, index) => (
            <tr
              key={row.selection.id}
              aria-rowindex={first + index + 2}
              className={cx(sameSelection(selected, row.selection) && styles.selected)}
            >
              {columns.map(({ key }) => {
                switch (key) {
                  case 'name':
                    return (
                      <th key={key} scope="row" className={styles.text} title={row.name}>
                        <button type="button" className={styles.name} onClick={() => onSelect(row.selection)}>
                          {row.name}
                        </button>
                      </th>
                    );
                  default:
                    return !isNumberColumn(key) ? (
                      <td key={key} className={styles.text} title={textIn(row, key)}>
                        {textIn(row, key)}
                      </td>
                    ) : (
                      <td key={key} className={key === 'errors' ? styles[healthOf(row.stats)] : undefined}>
                        {numberText(row, key)}
                      </td>
                    );
                }
              })}
            </tr>
          ))}
          {end < sorted.length && <Filler height={totalHeight - end * ROW_HEIGHT} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** The room of rows that are out of sight */
function Filler({ height, columns }: { height: number; columns: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 'none' }} />
    </tr>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const plain = { background: 'none', border: 'none', padding: 0, font: 'inherit', color: 'inherit' } as const;
  return {
    scroller: css({ flexGrow: 1, minHeight: 0, overflow: 'auto' }),
    table: css({
      width: '100%',
      borderCollapse: 'separate',
      borderSpacing: 0,
      fontVariantNumeric: 'tabular-nums',
      fontSize: theme.typography.bodySmall.fontSize,
      'th, td': {
        height: ROW_HEIGHT,
        boxSizing: 'border-box',
        padding: theme.spacing(0, 1),
        textAlign: 'right',
        fontWeight: theme.typography.fontWeightRegular,
        whiteSpace: 'nowrap',
        borderBottom: `1px solid ${theme.colors.border.weak}`,
      },
      'thead th': {
        position: 'sticky',
        top: 0,
        zIndex: 1,
        background: theme.colors.background.secondary,
        color: theme.colors.text.secondary,
        fontWeight: theme.typography.fontWeightMedium,
      },
      'tbody tr:hover': { background: theme.colors.action.hover },
    }),
    text: css({
      // More than one class deep, as the table's own cells are
      '&&': { textAlign: 'left' },
      maxWidth: 360,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
    }),
    selected: css({ background: theme.colors.action.selected }),
    sort: css({ ...plain, display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
    name: css({
      ...plain,
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
