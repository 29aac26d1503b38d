import React from 'react';
import { t } from '../../../i18n/translate';
import { failedComparison, slowComparison, slowFrom } from '../../../links/slow-and-failed';
import { type GraphPart } from '../../../servicegraph/part-queries';
import { testIds } from '../../../test-ids';
import { LinkButton } from '../../shared/link-button';
import { formatLatency } from '../format-stats';
import { type MapActions } from '../map-actions';

/** What the slow, or the failed, requests of exactly this service or call have that the others have not. */
export function ReasonLinks({ part, actions }: { part: GraphPart; actions: MapActions }) {
  const { stats } = part.kind === 'call' ? part.call : part.service;
  const seconds = slowFrom(stats);
  const slow = seconds === undefined ? undefined : actions.compareUrl?.(slowComparison(part, seconds));
  const failed = stats.errorRate ? actions.compareUrl?.(failedComparison(part)) : undefined;
  return (
    <>
      {slow && (
        <LinkButton
          size="sm"
          variant="secondary"
          icon="exchange-alt"
          href={slow}
          tooltip={t(
            'traceatlas.service-map.slow-hint',
            'Which attributes the requests over {{seconds}} have that the others have not',
            { seconds: formatLatency(seconds) ?? '' }
          )}
          data-testid={testIds.serviceMap.slowLink}
        >
          {t('traceatlas.service-map.slow', 'Compare slow with normal')}
        </LinkButton>
      )}
      {failed && (
        <LinkButton
          size="sm"
          variant="secondary"
          icon="exclamation-circle"
          href={failed}
          tooltip={t(
            'traceatlas.service-map.failed-hint',
            'Which attributes the failed requests have that the others have not'
          )}
          data-testid={testIds.serviceMap.failedLink}
        >
          {t('traceatlas.service-map.compare-failed', 'Compare failed with the others')}
        </LinkButton>
      )}
    </>
  );
}
