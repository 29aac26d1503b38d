import React, { useEffect } from 'react';
import { css } from '@emotion/css';
import { CoreApp, type DataSourceApi, type GrafanaTheme2, type PanelData, type TimeRange } from '@grafana/data';
import { Button, ErrorBoundaryAlert, IconButton, useStyles2 } from '@grafana/ui';
import { nextRefId, type PaneQuery } from './url-state';

interface QueryRowsProps {
  dataSource: DataSourceApi;
  queries: PaneQuery[];
  data?: PanelData;
  range: TimeRange;
  onChange: (queries: PaneQuery[]) => void;
  onRun: (queries?: PaneQuery[]) => void;
}

/** The plugin's query editor, once for each query. */
export function QueryRows({ dataSource, queries, data, range, onChange, onRun }: QueryRowsProps) {
  const styles = useStyles2(getStyles);
  const isEmpty = queries.length === 0;
  useEffect(() => {
    if (isEmpty) {
      onChange([newQuery(dataSource, [])]);
    }
    // only to have one query to start with
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isEmpty, dataSource]);
  const Editor = dataSource.components?.QueryEditor;
  const replace = (index: number, query: PaneQuery) => queries.map((each, at) => (at === index ? query : each));
  return (
    <div className={styles.rows}>
      {queries.map((query, index) => (
        <div key={query.refId} className={styles.row} data-testid="query-editor-row">
          <div className={styles.head}>
            <span className={styles.refId}>{query.refId}</span>
            <span className={styles.source}>({dataSource.name})</span>
            {queries.length > 1 && (
              <IconButton
                name="trash-alt"
                tooltip="Remove query"
                onClick={() => onRun(queries.filter((_each, at) => at !== index))}
              />
            )}
          </div>
          <ErrorBoundaryAlert dependencies={[dataSource]}>
            {Editor && (
              <Editor
                app={CoreApp.Explore}
                datasource={dataSource}
                query={query}
                queries={queries}
                data={data}
                range={range}
                onChange={(changed) => onChange(replace(index, { ...query, ...changed }))}
                onRunQuery={() => onRun()}
                onAddQuery={(added) => onChange([...queries, { ...added, refId: nextRefId(queries) }])}
              />
            )}
          </ErrorBoundaryAlert>
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          onClick={() => onChange([...queries, newQuery(dataSource, queries)])}
        >
          Add query
        </Button>
      </div>
    </div>
  );
}

function newQuery(dataSource: DataSourceApi, queries: PaneQuery[]): PaneQuery {
  return {
    ...dataSource.getDefaultQuery?.(CoreApp.Explore),
    refId: nextRefId(queries),
    datasource: dataSource.getRef(),
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  row: css({
    padding: theme.spacing(1),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
  }),
  head: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
  refId: css({ color: theme.colors.primary.text, fontWeight: theme.typography.fontWeightMedium }),
  source: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, flex: 1 }),
});
