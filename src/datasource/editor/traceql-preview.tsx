import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { testIds } from '../../test-ids';

/** The query that the builder makes. */
export function TraceqlPreview({ text }: { text: string }) {
  const styles = useStyles2(getStyles);
  return (
    <code className={styles.code} data-testid={testIds.datasource.preview}>
      {text}
    </code>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  code: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    padding: theme.spacing(0.5, 1),
    whiteSpace: 'pre-wrap',
    wordBreak: 'break-word',
  }),
});
