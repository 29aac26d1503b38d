import React, { useMemo } from 'react';
import { dateTimeFormat, getValueFormat, formattedValueToString } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { type CellProps, type Column, InteractiveTable, Text, TextLink } from '@grafana/ui';
import { testIds } from '../../../test-ids';
import { type TraceRow } from './trace-rows';

interface Props {
  rows: TraceRow[];
  /** What the search was cut to. */
  limit: number;
  traceHref: (traceId: string) => string;
}

const formatMs = getValueFormat('ms');

export function formatDuration(durationMs: number | undefined): string {
  if (durationMs === undefined) {
    return '–';
  }
  return durationMs === 0 ? '<1 ms' : formattedValueToString(formatMs(durationMs));
}

/** While rows come in the columns stay the same objects as long as `traceHref` does: the table keeps its cells. */
export function TraceTable({ rows, limit, traceHref }: Props) {
  const columns = useMemo(() => columnsOf(traceHref), [traceHref]);
  return (
    <div data-testid={testIds.search.results}>
      <Text element="p" color="secondary" variant="bodySmall">
        {rows.length >= limit ? (
          <Trans i18nKey="traceatlas.search.found-limited" values={{ found: rows.length }}>
            Traces found: {'{{found}}'}, cut at the limit. There may be more.
          </Trans>
        ) : (
          <Trans i18nKey="traceatlas.search.found" values={{ found: rows.length }}>
            Traces found: {'{{found}}'}
          </Trans>
        )}
      </Text>
      <InteractiveTable columns={columns} data={rows} getRowId={(row) => row.traceId} pageSize={50} />
    </div>
  );
}

function columnsOf(traceHref: Props['traceHref']): Array<Column<TraceRow>> {
  return [
    {
      id: 'startMs',
      header: t('traceatlas.search.column-start', 'Start'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<TraceRow>) =>
        original.startMs === undefined ? '–' : dateTimeFormat(original.startMs, { defaultWithMS: true }),
    },
    {
      id: 'service',
      header: t('traceatlas.search.column-service', 'Service'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }: CellProps<TraceRow>) =>
        original.service || t('traceatlas.search.root-unknown', 'root not received'),
    },
    { id: 'name', header: t('traceatlas.search.column-name', 'Name'), sortType: 'alphanumeric' },
    {
      id: 'durationMs',
      header: t('traceatlas.search.column-duration', 'Duration'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<TraceRow>) => formatDuration(original.durationMs),
    },
    {
      id: 'traceId',
      header: t('traceatlas.search.column-trace', 'Trace'),
      cell: ({ row: { original } }: CellProps<TraceRow>) => (
        <TextLink inline href={traceHref(original.traceId)} data-testid={testIds.search.traceLink}>
          {original.traceId}
        </TextLink>
      ),
    },
  ];
}
