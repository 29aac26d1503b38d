import React from 'react';
import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { TextLink } from '@grafana/ui';
import { VARIABLES } from '../constants';
import { setupUrl } from '../links/urls';
import { testIds } from '../test-ids';

/** One line below a text about something that is missing: where one sees why, and how to mend it. */
export function SetupHint() {
  const search = locationService.getSearch();
  const value = (name: string) => search.get(name) ?? undefined;
  const href = setupUrl({
    from: value('from'),
    to: value('to'),
    tempo: value(`var-${VARIABLES.tempo}`),
    prometheus: value(`var-${VARIABLES.prometheus}`),
  });
  return (
    <div data-testid={testIds.setup.hint}>
      <TextLink href={locationUtil.assureBaseUrl(href)} icon="wrench" inline={false}>
        {t('traceatlas.setup.hint', 'The set-up check says what is missing, and how to mend it')}
      </TextLink>
    </div>
  );
}
