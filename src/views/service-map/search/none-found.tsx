import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { testIds } from '../../../test-ids';

/** In place of the map when hiding has left nothing of it. */
export function NoneFound({ onShowAll }: { onShowAll(): void }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.box} data-testid={testIds.serviceMap.noneFound}>
      <Trans i18nKey="traceatlas.service-map.none-found">No service is left: all are hidden or not found.</Trans>
      <Button variant="secondary" icon="eye" onClick={onShowAll}>
        <Trans i18nKey="traceatlas.service-map.none-found-show">Show everything</Trans>
      </Button>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({
      flexGrow: 1,
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'center',
      justifyContent: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(1),
      textAlign: 'center',
      color: theme.colors.text.secondary,
    }),
  };
}
