import React from 'react';

import { Trans } from '@grafana/i18n';
import { EmptyState, Stack } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type LinkContext, searchUrl, traceUrl } from '../../../links/urls';
import { testIds } from '../../../test-ids';
import { LinkButton } from '../../../views/shared/link-button';

interface Props {
  traceId: string;
  context: LinkContext;
}

/** Says what can be the reason when a trace is not there, and offers what can be tried. */
export function TraceNotFound({ traceId, context }: Props) {
  return (
    <div data-testid={testIds.trace.notFound}>
      <EmptyState
        variant="not-found"
        message={t('traceatlas.trace.not-found', 'Trace {{traceId}} was not found', { traceId })}
        button={
          <Stack direction="row" gap={1} justifyContent="center">
            <LinkButton variant="primary" href={traceUrl(traceId, { ...context, from: 'now-7d', to: 'now' })}>
              {t('traceatlas.trace.try-week', 'Look in the last 7 days')}
            </LinkButton>
            <LinkButton variant="secondary" href={searchUrl('{}', context)}>
              {t('traceatlas.trace.try-search', 'Search for traces')}
            </LinkButton>
          </Stack>
        }
      >
        <ul style={{ textAlign: 'left', display: 'inline-block' }}>
          <li>
            <Trans i18nKey="traceatlas.trace.hint-range">
              Time range: the data source may look only into the chosen time range. Choose one that contains the trace.
            </Trans>
          </li>
          <li>
            <Trans i18nKey="traceatlas.trace.hint-data-source">
              Data source: the trace may be in another Tempo or tenant. Choose another one above.
            </Trans>
          </li>
          <li>
            <Trans i18nKey="traceatlas.trace.hint-time">
              Age: a trace can take some seconds to arrive, and it is deleted after the retention time of Tempo.
            </Trans>
          </li>
          <li>
            <Trans i18nKey="traceatlas.trace.hint-sampling">
              Sampling: an id in a log or an exemplar is no promise that the trace was kept.
            </Trans>
          </li>
          <li>
            <Trans i18nKey="traceatlas.trace.hint-id">
              Id: zeros at its beginning may be left out, but digits at its end must all be there.
            </Trans>
          </li>
        </ul>
      </EmptyState>
    </div>
  );
}
