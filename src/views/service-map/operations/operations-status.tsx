import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, Icon, Spinner, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { type OperationsState } from './operations-state';

interface OperationsStatusProps {
  operations: Pick<OperationsState, 'status' | 'error'>;
  onRetry(): void;
}

/** A word in the corner on operations that are on their way or cannot be had; what is drawn is said to screen readers only. */
export function OperationsStatus({ operations: { status, error }, onRetry }: OperationsStatusProps) {
  const styles = useStyles2(getStyles);
  return (
    <div
      className={status === undefined || status === 'shown' ? styles.unseen : styles.box}
      role="status"
      data-testid={testIds.serviceMap.operationsStatus}
      title={error}
    >
      {status === 'loading' && (
        <>
          <Spinner inline size="sm" /> {t('traceatlas.service-map.operations.loading', 'Operations…')}
        </>
      )}
      {status === 'unknown' && t('traceatlas.service-map.operations.unknown', 'No span metrics, so no operations')}
      {status === 'shown' &&
        t(
          'traceatlas.service-map.operations.shown',
          'The operations of the services in view are shown. The details of a service list them, too.'
        )}
      {status === 'failed' && (
        <>
          <Icon name="exclamation-triangle" size="sm" />{' '}
          {t('traceatlas.service-map.operations.not-loaded', 'Operations could not be loaded')}
          <Button size="sm" fill="text" onClick={onRetry}>
            {t('traceatlas.service.retry', 'Try again')}
          </Button>
        </>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({
      position: 'absolute',
      top: theme.spacing(1),
      right: theme.spacing(1),
      padding: theme.spacing(0.25, 1),
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.elevated,
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    unseen: css({
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    }),
  };
}
