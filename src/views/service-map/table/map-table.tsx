import React, { useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { callsToCsv, servicesToCsv } from '../../../servicegraph/export/csv';
import { type ServiceGraph } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { saveFile } from '../../shared/save-file';
import { SortableTable } from '../../shared/sortable-table';
import { exportName, type ExportedRange } from '../export/export-name';
import { kindNames } from '../kind-names';
import { type MapModel } from '../model/map-types';
import { sameSelection, type Selection } from '../selection';
import { useStable } from '../use-stable';
import { tableColumns } from './table-columns';
import { callRows, serviceRows, type TableRow } from './table-rows';

interface MapTableProps {
  model: MapModel;
  /** Service.id of what is looked for; undefined shows everything */
  matches?: ReadonlySet<string>;
  range?: ExportedRange;
  selected?: Selection;
  onSelect(selection: Selection): void;
}

function idOf({ selection }: TableRow): string {
  return selection.id;
}

/** What the rows are of, for a file */
function graphOf({ nodes, edges }: MapModel, matches: ReadonlySet<string> | undefined): ServiceGraph {
  const isIn = (id: string) => !matches || matches.has(id);
  return {
    services: nodes.map(({ service }) => service),
    calls: edges.flatMap(({ call }) => (isIn(call.source) || isIn(call.target) ? [call] : [])),
    notices: [],
  };
}

/** The same content as the map, to be sorted, read and taken along. */
export function MapTable({ model, matches, range, selected, onSelect }: MapTableProps) {
  const styles = useStyles2(getStyles);
  const [content, setContent] = useState<Selection['kind']>('service');
  const rows = useMemo(
    () => (content === 'service' ? serviceRows(model, kindNames(), matches) : callRows(model, matches)),
    [content, model, matches]
  );
  const select = useStable(onSelect);
  const columns = useMemo(() => tableColumns(content, rows, select), [content, rows, select]);
  const saveCsv = () => {
    const graph = graphOf(model, matches);
    const text =
      content === 'call'
        ? callsToCsv(graph)
        : servicesToCsv({ ...graph, services: graph.services.filter(({ id }) => !matches || matches.has(id)) });
    const part = content === 'service' ? 'services' : 'calls';
    saveFile(exportName(part, 'csv', range), new Blob([text], { type: 'text/csv;charset=utf-8' }));
  };
  return (
    <div className={styles.frame} data-testid={testIds.serviceMap.table}>
      <div className={styles.bar}>
        <RadioButtonGroup
          size="sm"
          value={content}
          onChange={setContent}
          options={[
            { value: 'service', label: t('traceatlas.service-map.table.services', 'Services') },
            { value: 'call', label: t('traceatlas.service-map.table.calls', 'Calls') },
          ]}
        />
        <span className={styles.count} role="status">
          {rows.length === 1
            ? t('traceatlas.service-map.table.one-row', '1 row')
            : t('traceatlas.service-map.table.rows', '{{count}} rows', { count: rows.length })}
        </span>
        <Button
          size="sm"
          variant="secondary"
          icon="download-alt"
          data-testid={testIds.serviceMap.csv}
          disabled={rows.length === 0}
          onClick={saveCsv}
        >
          {t('traceatlas.service-map.table.csv', 'CSV')}
        </Button>
      </div>
      <SortableTable
        key={content}
        columns={columns}
        rows={rows}
        idOf={idOf}
        isSelected={({ selection }) => sameSelection(selected, selection)}
        sortedBy="rate"
      />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    frame: css({
      height: '100%',
      minWidth: 0,
      flexGrow: 1,
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      padding: theme.spacing(1),
    }),
    bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    count: css({ flexGrow: 1, whiteSpace: 'nowrap', color: theme.colors.text.secondary }),
  };
}
