import React, { useId, useState } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormatTimeAgo, type GrafanaTheme2 } from '@grafana/data';
import { Button, Stack, Text, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { exampleGroups } from './example-queries';
import { clearHistory, type HistoryEntry, type HistoryStorage, readHistory } from './query-history';
import { TraceqlPreview } from './traceql-preview';

interface QueryLibraryProps {
  dataSourceUid: string;
  storage: HistoryStorage;
  /** Replaces the text of the editor */
  onUse: (query: string) => void;
}

type Panel = 'examples' | 'history';

/** Queries to start from: examples by question, and what ran lately. Nothing is asked from the net. */
export function QueryLibrary({ dataSourceUid, storage, onUse }: QueryLibraryProps) {
  const styles = useStyles2(getStyles);
  const panelId = useId();
  const [panel, setPanel] = useState<Panel>();
  const [entries, setEntries] = useState<HistoryEntry[]>([]);
  const toggle = (wanted: Panel) => {
    setPanel(panel === wanted ? undefined : wanted);
    setEntries(readHistory(storage, dataSourceUid));
  };
  const use = (query: string) => {
    setPanel(undefined);
    onUse(query);
  };
  const tab = (wanted: Panel, icon: 'book-open' | 'history', label: string) => (
    <Button
      variant="secondary"
      fill="text"
      size="sm"
      icon={icon}
      aria-expanded={panel === wanted}
      aria-controls={panelId}
      onClick={() => toggle(wanted)}
    >
      {label}
    </Button>
  );

  return (
    <div
      data-testid={testIds.datasource.library}
      onKeyDown={(event) => event.key === 'Escape' && setPanel(undefined)}
      role="presentation"
    >
      <Stack gap={1}>
        {tab('examples', 'book-open', t('traceatlas.datasource.library.examples', 'Examples'))}
        {tab('history', 'history', t('traceatlas.datasource.library.history', 'Recent queries'))}
      </Stack>
      <div id={panelId} hidden={!panel} className={styles.panel}>
        {panel === 'examples' && (
          <div className={styles.groups}>
            {exampleGroups().map(({ question, examples }) => (
              <section key={question} aria-label={question}>
                <Text element="h6">{question}</Text>
                {examples.map(({ title, query }) => (
                  <QueryButton key={query} title={title} query={query} onUse={use} />
                ))}
              </section>
            ))}
          </div>
        )}
        {panel === 'history' && (
          <>
            {entries.length === 0 && (
              <Text color="secondary">
                {t('traceatlas.datasource.library.empty', 'Queries that run in this browser are listed here.')}
              </Text>
            )}
            {entries.map(({ query, at }) => (
              <QueryButton key={query} title={dateTimeFormatTimeAgo(at)} query={query} onUse={use} />
            ))}
            {entries.length > 0 && (
              <Button
                variant="secondary"
                size="sm"
                icon="trash-alt"
                onClick={() => {
                  clearHistory(storage, dataSourceUid);
                  setEntries([]);
                }}
              >
                {t('traceatlas.datasource.library.clear', 'Clear recent queries')}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

interface QueryButtonProps {
  title: string;
  query: string;
  onUse: (query: string) => void;
}

function QueryButton({ title, query, onUse }: QueryButtonProps) {
  const styles = useStyles2(getStyles);
  return (
    <button type="button" className={styles.query} onClick={() => onUse(query)}>
      <span className={styles.title}>{title}</span>
      <TraceqlPreview text={query} isQuiet />
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    marginTop: theme.spacing(0.5),
    maxHeight: 360,
    overflow: 'auto',
    padding: theme.spacing(1.5),
    '&[hidden]': { display: 'none' },
  }),
  groups: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(340px, 1fr))',
  }),
  query: css({
    background: 'none',
    border: 'none',
    borderRadius: theme.shape.radius.default,
    display: 'block',
    padding: theme.spacing(0.75, 1),
    textAlign: 'left',
    width: '100%',
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  title: css({ color: theme.colors.text.primary, display: 'block', fontSize: theme.typography.bodySmall.fontSize }),
});
