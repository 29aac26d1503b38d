import React from 'react';
import { Trans } from '@grafana/i18n';
import { Button, EmptyState } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type ServiceGraph } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { type ServiceMapProps } from '../service-map-props';

/** px; in less the picture would push out what is said */
const ROOM_FOR_PICTURE = 400;

/** What is said in place of a map without services. */
export function EmptyMap({ graph, focus, onFocus, empty, height }: ServiceMapProps & { graph: ServiceGraph }) {
  const isGone = focus !== undefined && graph.services.length > 0;
  return (
    <div data-testid={testIds.serviceMap.empty}>
      <EmptyState
        variant={isGone ? 'not-found' : 'call-to-action'}
        hideImage={height < ROOM_FOR_PICTURE}
        message={
          isGone
            ? t('traceatlas.service-map.focus-gone', 'The service in focus has no data in this time range')
            : t('traceatlas.service-map.empty', 'No service graph data in this time range')
        }
        button={
          isGone && onFocus ? (
            <Button onClick={() => onFocus(undefined)}>
              <Trans i18nKey="traceatlas.service-map.show-all">Show all services</Trans>
            </Button>
          ) : undefined
        }
      >
        {!isGone && empty}
      </EmptyState>
    </div>
  );
}
