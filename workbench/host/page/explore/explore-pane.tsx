import React, { useEffect, useMemo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { messageOf, useLoaded } from '../hooks/use-loaded';
import { ExploreToolbar } from './explore-toolbar';
import { loadPaneDataSource } from './pane-data-source';
import { QueryRows } from './query-rows';
import { Results } from './results';
import { type Pane, type PaneQuery } from './url-state';
import { useQueryRun } from './use-query-run';

interface ExplorePaneProps {
  /** What was run last: the URL's state. */
  pane: Pane;
  onChange: (pane: Pane) => void;
  onSplit: (pane: Pane) => void;
  onClose?: () => void;
}

/** One side of Explore: data source, queries being edited, and the results of what was run. */
export function ExplorePane({ pane, onChange, onSplit, onClose }: ExplorePaneProps) {
  const styles = useStyles2(getStyles);
  const { value: dataSource, error } = useLoaded(pane.datasource, () => loadPaneDataSource(pane.datasource));
  const [queries, setQueries] = useDraft(pane.queries);
  const [runs, setRuns] = useState(0);
  const { data, range } = useQueryRun(dataSource, pane, runs);

  // Editors change a query and run it in one go: what runs is what was changed last, as in Grafana.
  const latest = useRef(queries);
  useEffect(() => {
    latest.current = queries;
  }, [queries]);
  const edit = (edited: PaneQuery[]) => {
    latest.current = edited;
    setQueries(edited);
  };
  const run = (edited: PaneQuery[] = latest.current) => {
    setRuns((count) => count + 1);
    if (JSON.stringify(edited) !== JSON.stringify(pane.queries)) {
      onChange({ ...pane, queries: edited });
    }
  };
  return (
    <section className={styles.pane} aria-label="Explore pane">
      <ExploreToolbar
        pane={pane}
        range={range}
        isLoading={data?.state === 'Loading'}
        onChange={onChange}
        onRun={() => run()}
        onSplit={() => onSplit({ ...pane, queries })}
        onClose={onClose}
      />
      {error && <div role="alert">{messageOf(error)}</div>}
      {dataSource && (
        <QueryRows dataSource={dataSource} queries={queries} data={data} range={range} onChange={edit} onRun={run} />
      )}
      {data && <Results data={data} dataSource={dataSource} range={pane.range} onSplit={onSplit} />}
    </section>
  );
}

/** Edits start from the URL's queries and start over when the URL brings others. */
function useDraft(fromUrl: PaneQuery[]): [PaneQuery[], (queries: PaneQuery[]) => void] {
  const json = useMemo(() => JSON.stringify(fromUrl), [fromUrl]);
  const [draft, setDraft] = useState({ json, queries: fromUrl });
  if (draft.json !== json) {
    const isOwnEdit = JSON.stringify(draft.queries) === json;
    setDraft({ json, queries: isOwnEdit ? draft.queries : fromUrl });
  }
  return [draft.queries, (queries) => setDraft((current) => ({ ...current, queries }))];
}

const getStyles = (theme: GrafanaTheme2) => ({
  pane: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), minWidth: 0 }),
});
