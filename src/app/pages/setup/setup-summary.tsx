import React from 'react';
import { Text } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { type Finding, type FindingState } from '../../setup/finding';

/** How many findings of which kind, in one line that screen readers are told. */
export function SetupSummary({ findings }: { findings: Array<Finding | undefined> }) {
  const count = (state: FindingState | undefined) => findings.filter((finding) => finding?.state === state).length;
  const running = count(undefined);
  const parts = [
    count('problem') > 0 &&
      t('traceatlas.setup.summary.problems', '{{count}} problems', {
        count: count('problem'),
        defaultValue_one: '{{count}} problem',
      }),
    count('warning') > 0 &&
      t('traceatlas.setup.summary.warnings', '{{count}} warnings', {
        count: count('warning'),
        defaultValue_one: '{{count}} warning',
      }),
    count('note') > 0 &&
      t('traceatlas.setup.summary.notes', '{{count}} notes', {
        count: count('note'),
        defaultValue_one: '{{count}} note',
      }),
    count('unknown') > 0 && t('traceatlas.setup.summary.unknown', '{{count}} not known', { count: count('unknown') }),
    t('traceatlas.setup.summary.ok', '{{count}} in order', { count: count('ok') }),
  ].filter(Boolean);
  return (
    <div role="status" data-testid={testIds.setup.summary}>
      <Text variant="h5">
        {running > 0
          ? t('traceatlas.setup.summary.running', 'Checking: {{done}} of {{total}} done', {
              done: findings.length - running,
              total: findings.length,
            })
          : parts.join(' · ')}
      </Text>
    </div>
  );
}
