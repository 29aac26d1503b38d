import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { Button, Stack, Toggletip, useStyles2 } from '@grafana/ui';
import { t } from '../i18n/translate';
import { ExploreButton } from './explore-button';

interface Props {
  dataSourceUid?: string;
  /** PromQL or TraceQL */
  queries: ReadonlyArray<{ text: string; target: object }>;
  from: string | number;
  to: string | number;
}

/** Shows the queries behind a panel and opens them in Explore. */
export function QueryButton({ dataSourceUid, queries, from, to }: Props) {
  const styles = useStyles2(getStyles);
  const settings = dataSourceUid === undefined ? undefined : getDataSourceSrv().getInstanceSettings(dataSourceUid);
  const content = (
    <Stack direction="column" gap={1}>
      {queries.map(({ text, target }) => (
        <div key={text}>
          <pre className={styles.query}>{text}</pre>
          {settings && (
            <ExploreButton settings={settings} query={target} from={from} to={to}>
              {t('traceatlas.trace.explore', 'Explore')}
            </ExploreButton>
          )}
        </div>
      ))}
    </Stack>
  );
  return (
    <Toggletip content={content} placement="bottom-end">
      <Button
        size="sm"
        fill="text"
        variant="secondary"
        icon="brackets-curly"
        aria-label={t('traceatlas.service.show-query', 'Show the query')}
        tooltip={t('traceatlas.service.show-query', 'Show the query')}
      />
    </Toggletip>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  query: css({
    ...theme.typography.code,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    maxWidth: 480,
    margin: theme.spacing(0, 0, 0.5),
  }),
});
