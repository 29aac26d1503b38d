import React, { useMemo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import {
  type DataLinkPostProcessor,
  DataLinksContext,
  type DataSourceApi,
  type GrafanaTheme2,
  LoadingState,
  mapInternalLinkToExplore,
  type PanelData,
} from '@grafana/data';
import { PanelRenderer } from '@grafana/runtime';
import { Alert, EmptyState, PanelChrome, useStyles2 } from '@grafana/ui';
import { useWidth } from '../hooks/use-width';
import { refIdAt, type Pane } from './url-state';
import { type Visualisation, visualisations } from './visualisations';

interface ResultsProps {
  data: PanelData;
  dataSource?: DataSourceApi;
  range: Pane['range'];
  onSplit: (pane: Pane) => void;
}

/** Frames of an answer, each drawn as it asks for; errors above them, what came stays. */
export function Results({ data, range, onSplit }: ResultsProps) {
  const styles = useStyles2(getStyles);
  const element = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  const panels = useMemo(() => visualisations(data), [data]);
  const links = useMemo(() => ({ dataLinkPostProcessor: openLinksBeside(range, onSplit) }), [range, onSplit]);
  const isEmpty = panels.length === 0 && data.state === LoadingState.Done;
  return (
    <DataLinksContext.Provider value={links}>
      <div ref={element} className={styles.results} aria-busy={data.state === LoadingState.Loading}>
        {data.errors?.map(({ refId, message, data: details }, index) => (
          <Alert key={index} severity="error" title={refId ? `Query ${refId}` : 'Query error'}>
            {message ?? details?.message ?? 'Unknown error'}
          </Alert>
        ))}
        {isEmpty && !data.errors && <EmptyState variant="not-found" message="No data" hideImage />}
        {width > 0 &&
          panels.map((panel) => (
            <ResultPanel key={`${panel.pluginId}-${panel.isCollapsed}`} panel={panel} data={data} width={width} />
          ))}
      </div>
    </DataLinksContext.Provider>
  );
}

function ResultPanel({ panel, data, width }: { panel: Visualisation; data: PanelData; width: number }) {
  const { pluginId, title, height, frames } = panel;
  const [isCollapsed, setCollapsed] = useState(panel.isCollapsed);
  return (
    <PanelChrome
      title={title}
      width={width}
      height={height}
      loadingState={data.state}
      collapsible={panel.isCollapsed}
      collapsed={isCollapsed}
      onToggleCollapse={setCollapsed}
    >
      {(innerWidth, innerHeight) => (
        <PanelRenderer
          pluginId={pluginId}
          title={title}
          width={innerWidth}
          height={innerHeight}
          data={{ ...data, series: frames }}
        />
      )}
    </PanelChrome>
  );
}

/** Links to a query open in a second pane, as in Grafana's Explore; other links are left alone. */
function openLinksBeside(range: Pane['range'], onSplit: (pane: Pane) => void): DataLinkPostProcessor {
  return ({ link, linkModel, dataLinkScopedVars, field, replaceVariables }) => {
    const { internal } = link;
    if (!internal) {
      return linkModel;
    }
    return mapInternalLinkToExplore({
      link,
      internalLink: internal,
      scopedVars: dataLinkScopedVars,
      field,
      range: undefined,
      replaceVariables,
      onClickFn: (options) =>
        onSplit({
          datasource: options?.datasourceUid ?? internal.datasourceUid,
          queries: (options?.queries ?? []).map((query, index) => ({ ...query, refId: query.refId ?? refIdAt(index) })),
          range,
        }),
    });
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  results: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), minWidth: 0 }),
});
