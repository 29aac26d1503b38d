import React, { useMemo } from 'react';
import { t } from '@grafana/i18n';
import { Button, type CellProps, type Column, InteractiveTable } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type Trace } from '../../trace/model';
import { serviceNameOf } from '../../trace/service-name';
import { traceSummary } from '../../trace/summary';
import { formatDuration, formatTime } from '../trace/format';

interface Props {
  traces: readonly Trace[];
  onOpen: (trace: Trace) => void;
}

interface Row {
  id: string;
  trace: Trace;
  startMs: number;
  durationMs: number;
  service: string;
  name: string;
  spanCount: number;
}

const PAGE_SIZE = 50;
const NANOS_PER_MS = 1e6;

/** The traces of a file, newest first. */
export function TraceList({ traces, onOpen }: Props) {
  const rows = useMemo(
    () =>
      traces
        .map((trace): Row => {
          const { root, startMs, durationMs } = traceSummary(trace);
          return {
            id: trace.traceId,
            trace,
            startMs,
            durationMs,
            service: root ? serviceNameOf(root) : '',
            name: root?.name ?? '',
            spanCount: trace.spans.length,
          };
        })
        .sort((a, b) => b.startMs - a.startMs),
    [traces]
  );
  const columns = useMemo(
    (): Array<Column<Row>> => [
      {
        id: 'startMs',
        header: t('traceatlas.search.column-start', 'Start'),
        sortType: 'number',
        cell: ({ row: { original } }: CellProps<Row>) => formatTime(BigInt(Math.floor(original.startMs)) * MS),
      },
      { id: 'service', header: t('traceatlas.search.column-service', 'Service'), sortType: 'alphanumeric' },
      { id: 'name', header: t('traceatlas.search.column-name', 'Name'), sortType: 'alphanumeric' },
      {
        id: 'durationMs',
        header: t('traceatlas.search.column-duration', 'Duration'),
        sortType: 'number',
        cell: ({ row: { original } }: CellProps<Row>) => formatDuration(original.durationMs * NANOS_PER_MS),
      },
      { id: 'spanCount', header: t('traceatlas.trace.spans', 'Spans'), sortType: 'number' },
      {
        id: 'id',
        header: t('traceatlas.search.column-trace', 'Trace'),
        cell: ({ row: { original } }: CellProps<Row>) => (
          <Button size="sm" fill="text" data-testid={testIds.traceImport.open} onClick={() => onOpen(original.trace)}>
            {original.id}
          </Button>
        ),
      },
    ],
    [onOpen]
  );
  return (
    <div data-testid={testIds.traceImport.list}>
      <InteractiveTable columns={columns} data={rows} getRowId={({ id }) => id} pageSize={PAGE_SIZE} />
    </div>
  );
}

const MS = BigInt(NANOS_PER_MS);
