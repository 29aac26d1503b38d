import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { testIds } from '../../../test-ids';

/** What the reader must know of the numbers. */
export function MapNotices({ notices }: { notices: string[] }) {
  const styles = useStyles2(getStyles);
  return notices.length === 0 ? null : (
    <ul className={styles.notices} data-testid={testIds.serviceMap.notices}>
      {notices.map((notice) => (
        <li key={notice}>{notice}</li>
      ))}
    </ul>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    notices: css({
      margin: 0,
      padding: theme.spacing(0.5, 1, 0.5, 3),
      color: theme.colors.warning.text,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
