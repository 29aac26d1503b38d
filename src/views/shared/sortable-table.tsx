import React, { type ReactNode, useEffect, useMemo, useState } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { type SortValue, sortRows } from './sort-rows';
import { useWindowedRows } from './use-windowed-rows';

export interface SortableColumn<Row> {
  key: string;
  name: string;
  /** Stands at the right, and is sorted with the highest first; texts stand at the left, with a tooltip for long ones */
  isNumber: boolean;
  /** What its rows are of */
  isHeading?: boolean;
  valueOf(row: Row): SortValue;
  cell(row: Row): ReactNode;
}

interface SortableTableProps<Row> {
  /** The same list as long as they are the same columns */
  columns: ReadonlyArray<SortableColumn<Row>>;
  rows: readonly Row[];
  idOf(row: Row): string;
  isSelected(row: Row): boolean;
  /** `SortableColumn.key` of the number that comes first, highest first */
  sortedBy: string;
}

/** px */
const ROW_HEIGHT = 30;

/** Any number of rows; only those in sight are in the document. */
export function SortableTable<Row>({ columns, rows, idOf, isSelected, sortedBy }: SortableTableProps<Row>) {
  const styles = useStyles2(getStyles);
  const [sorting, setSorting] = useState({ by: sortedBy, descending: true });
  const sorted = useMemo(() => {
    const column = columns.find(({ key }) => key === sorting.by);
    return column ? sortRows(rows, column.valueOf, sorting) : rows;
  }, [columns, rows, sorting]);
  const { scrollerRef, scroller, first, end, totalHeight } = useWindowedRows(sorted.length, ROW_HEIGHT);
  useEffect(() => {
    // No result: newer browsers answer with a promise, which React would take for a clean-up.
    scroller?.scrollTo?.({ top: 0 });
  }, [scroller, sorting]);
  const sortBy = ({ key, isNumber }: SortableColumn<Row>) =>
    setSorting((old) => ({ by: key, descending: old.by === key ? !old.descending : isNumber }));
  return (
    // Scrolling by keyboard needs the focus.
    <div ref={scrollerRef} className={styles.scroller} tabIndex={0} role="group">
      <table className={styles.table} aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => {
              const isSorted = sorting.by === column.key;
              return (
                <th
                  key={column.key}
                  scope="col"
                  className={cx(!column.isNumber && styles.text)}
                  aria-sort={isSorted ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button type="button" className={styles.sort} onClick={() => sortBy(column)}>
                    {column.name}
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
            <tr key={idOf(row)} aria-rowindex={first + index + 2} className={cx(isSelected(row) && styles.selected)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} textClass={styles.text} />
              ))}
            </tr>
          ))}
          {end < sorted.length && <Filler height={totalHeight - end * ROW_HEIGHT} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps<Row> {
  column: SortableColumn<Row>;
  row: Row;
  textClass: string;
}

function Cell<Row>({ column: { isNumber, isHeading, valueOf, cell }, row, textClass }: CellProps<Row>) {
  const className = isNumber ? undefined : textClass;
  const title = isNumber ? undefined : String(valueOf(row) ?? '');
  return isHeading ? (
    <th scope="row" className={className} title={title}>
      {cell(row)}
    </th>
  ) : (
    <td className={className} title={title}>
      {cell(row)}
    </td>
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
    sort: css({
      background: 'none',
      border: 'none',
      padding: 0,
      font: 'inherit',
      color: 'inherit',
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
    }),
  };
}
