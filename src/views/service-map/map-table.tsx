import React, { useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, type Column, InteractiveTable, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { errorShare } from '../../servicegraph/to-frames';
import { type RequestStats } from '../../servicegraph/model';
import { testIds } from '../../test-ids';
import { formatErrorShare, formatLatency, formatRate } from './format-stats';
import { kindNames, latencyName } from './kind-names';
import { type MapModel } from './map-model';
import { type Selection } from './selection';

interface MapTableProps {
  model: MapModel;
  /** Service.id of what a search found; empty when nothing is searched for */
  matches: ReadonlySet<string>;
  onSelect(selection: Selection): void;
}

interface TableRow {
  id: string;
  selection: Selection;
  name: string;
  other: string;
  stats: RequestStats;
  /** Sortable numbers, -1 for missing ones so that they come last */
  rate: number;
  errors: number;
  mean: number;
  p95: number;
  p99: number;
}

const PAGE = 100;
const NONE = '–';

function toRow(selection: Selection, name: string, other: string, stats: RequestStats): TableRow {
  const { rate = -1, mean = -1, p95 = -1, p99 = -1 } = stats;
  return { id: selection.id, selection, name, other, stats, rate, errors: errorShare(stats) ?? -1, mean, p95, p99 };
}

function serviceRows({ nodes }: MapModel, matches: ReadonlySet<string>): TableRow[] {
  const kinds = kindNames();
  return nodes
    .filter(({ service }) => matches.size === 0 || matches.has(service.id))
    .map(({ service }) =>
      toRow(
        { kind: 'service', id: service.id },
        service.name,
        [kinds[service.kind], service.namespace].filter(Boolean).join(' · '),
        service.stats
      )
    );
}

function callRows({ edges }: MapModel, matches: ReadonlySet<string>): TableRow[] {
  return edges
    .filter(({ call }) => matches.size === 0 || matches.has(call.source) || matches.has(call.target))
    .map(({ call, source, target }) =>
      toRow({ kind: 'call', id: call.id }, source.service.name, target.service.name, call.stats)
    );
}

/** The same content as the map, to be sorted and read. */
export function MapTable({ model, matches, onSelect }: MapTableProps) {
  const styles = useStyles2(getStyles);
  const [content, setContent] = useState<Selection['kind']>('service');
  const rows = useMemo(
    () => (content === 'service' ? serviceRows(model, matches) : callRows(model, matches)),
    [content, model, matches]
  );
  const columns = useMemo((): Array<Column<TableRow>> => {
    const number = (
      id: 'rate' | 'errors' | 'mean' | 'p95' | 'p99',
      header: string,
      read: (stats: RequestStats) => string | undefined
    ): Column<TableRow> => ({
      id,
      header,
      sortType: 'number',
      cell: ({ row: { original } }) => <span className={styles.number}>{read(original.stats) ?? NONE}</span>,
    });
    return [
      {
        id: 'name',
        header:
          content === 'service'
            ? t('traceatlas.service-map.table.service', 'Service')
            : t('traceatlas.service-map.table.caller', 'Caller'),
        sortType: 'string',
        cell: ({ row: { original } }) => (
          <Button fill="text" size="sm" onClick={() => onSelect(original.selection)}>
            {original.name}
          </Button>
        ),
      },
      {
        id: 'other',
        header:
          content === 'service'
            ? t('traceatlas.service-map.table.kind', 'Kind')
            : t('traceatlas.service-map.table.callee', 'Callee'),
        sortType: 'string',
      },
      number('rate', t('traceatlas.service-map.stats.rate', 'Rate'), ({ rate }) => formatRate(rate)),
      number('errors', t('traceatlas.service-map.stats.errors', 'Errors'), formatErrorShare),
      number('mean', latencyName('mean'), ({ mean }) => formatLatency(mean)),
      number('p95', latencyName('p95'), ({ p95 }) => formatLatency(p95)),
      number('p99', latencyName('p99'), ({ p99 }) => formatLatency(p99)),
    ];
  }, [content, onSelect, styles.number]);
  return (
    <div className={styles.frame} data-testid={testIds.serviceMap.table}>
      <RadioButtonGroup
        size="sm"
        value={content}
        onChange={setContent}
        options={[
          { value: 'service', label: t('traceatlas.service-map.table.services', 'Services') },
          { value: 'call', label: t('traceatlas.service-map.table.calls', 'Calls') },
        ]}
      />
      <InteractiveTable
        key={content}
        columns={columns}
        data={rows}
        getRowId={(row) => row.id}
        pageSize={rows.length > PAGE ? PAGE : 0}
        initialSortBy={[{ id: 'rate', desc: true }]}
      />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    frame: css({ height: '100%', overflow: 'auto', flexGrow: 1, padding: theme.spacing(1) }),
    number: css({ fontVariantNumeric: 'tabular-nums' }),
  };
}
