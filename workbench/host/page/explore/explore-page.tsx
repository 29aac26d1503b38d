import React, { useEffect, useMemo } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2, PageLayoutType } from '@grafana/data';
import { config, locationService } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom-v5-compat';
import { Page } from '../frame/page';
import { ExplorePane } from './explore-pane';
import { DEFAULT_RANGE, type Pane, type Panes, parsePanes, serializePanes } from './url-state';

const MAX_PANES = 2;

/** Explore in Grafana's manner: one or two panes, all of their state in the URL. */
export function ExplorePage() {
  const styles = useStyles2(getStyles);
  const { search } = useLocation();
  const panes = useMemo(() => parsePanes(search), [search]);
  const ids = Object.keys(panes);
  useEffect(() => {
    if (ids.length === 0) {
      write({ left: { datasource: defaultUid(), queries: [], range: DEFAULT_RANGE } }, true);
    }
  }, [ids.length]);

  const change = (id: string, pane: Pane) => write({ ...panes, [id]: pane });
  const close = (id: string) => write(Object.fromEntries(Object.entries(panes).filter(([each]) => each !== id)));
  /** A second pane, or another content for the one that is there. */
  const split = (from: string, pane: Pane) => {
    const other = ids.find((id) => id !== from) ?? `${from}-split`;
    write({ ...panes, [other]: pane });
  };
  return (
    <Page pageNav={{ text: 'Explore', url: '/explore' }} layout={PageLayoutType.Canvas}>
      <div className={styles.panes}>
        {ids.slice(0, MAX_PANES).map((id) => (
          <ExplorePane
            key={id}
            pane={panes[id]}
            onChange={(pane) => change(id, pane)}
            onSplit={(pane) => split(id, pane)}
            onClose={ids.length > 1 ? () => close(id) : undefined}
          />
        ))}
      </div>
    </Page>
  );
}

function write(panes: Panes, replace = false): void {
  const location = { pathname: '/explore', search: serializePanes(panes) };
  if (replace) {
    locationService.replace(location);
  } else {
    locationService.push(location);
  }
}

function defaultUid(): string {
  return config.datasources[config.defaultDatasource]?.uid ?? '';
}

const getStyles = (theme: GrafanaTheme2) => ({
  panes: css({
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    minHeight: '100%',
  }),
});
