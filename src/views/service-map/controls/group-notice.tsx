import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, Spinner, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { GROUP_BY, hasGroupLabel, isGroupLabel } from '../../../servicegraph/group-by';
import { type ServiceGraph } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';

interface GroupNoticeProps {
  graph: ServiceGraph;
  groupBy?: string;
  /** The data source was asked for the label, and has not answered yet */
  isLoading?: boolean;
  /** Asks the data source to tell services apart by a label; absent when it was asked already, or cannot be */
  onAskForLabel?(label: string): void;
}

/** Why there are no groups though a label is chosen, and what to do about it. */
export function GroupNotice({ graph, groupBy, isLoading = false, onAskForLabel }: GroupNoticeProps) {
  const styles = useStyles2(getStyles);
  if (!isGroupLabel(groupBy) || graph.services.length === 0 || hasGroupLabel(graph, groupBy)) {
    return null;
  }
  const isNamespace = groupBy === GROUP_BY.namespace;
  if (isLoading && !isNamespace) {
    return (
      <div className={styles.notice} role="status" data-testid={testIds.serviceMap.groupNotice}>
        <Spinner inline size="sm" />
        {t('traceatlas.service-map.group-by.loading', 'Services are being told apart by {{label}}…', {
          label: groupBy,
        })}
      </div>
    );
  }
  return (
    <div className={styles.notice} role="status" data-testid={testIds.serviceMap.groupNotice}>
      <span>
        {isNamespace
          ? t('traceatlas.service-map.group-by.no-namespaces', 'None of these services has a namespace.')
          : t('traceatlas.service-map.group-by.no-label', 'None of these services has the label “{{label}}”.', {
              label: groupBy,
            })}{' '}
        {onAskForLabel && !isNamespace
          ? t(
              'traceatlas.service-map.group-by.ask-hint',
              'Labels are loaded only when services are told apart by them.'
            )
          : t(
              'traceatlas.service-map.group-by.producer-hint',
              'Whatever writes the metrics has to be told to write it, as a dimension of the service graph.'
            )}
      </span>
      {onAskForLabel && !isNamespace && (
        <Button size="sm" variant="secondary" onClick={() => onAskForLabel(groupBy)}>
          {t('traceatlas.service-map.group-by.ask', 'Tell services apart by {{label}}', {
            label: groupBy,
          })}
        </Button>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    notice: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      padding: theme.spacing(0.5, 1),
      color: theme.colors.warning.text,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
