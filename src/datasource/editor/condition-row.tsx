import React from 'react';
import { IconButton, Stack } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { fillVariables } from '../../traceql/variables';
import { testIds } from '../../test-ids';
import { type TraceqlFilter } from '../types';
import { CommitInput } from './commit-input';
import { valuesOf } from './filter-options';

interface ConditionRowProps {
  filter: TraceqlFilter;
  onChange: (filter: TraceqlFilter) => void;
  onRemove: () => void;
}

/** A condition that fields cannot show, such as `.a = .b || .c`, as text. */
export function ConditionRow({ filter, onChange, onRemove }: ConditionRowProps) {
  return (
    <Stack gap={0.5} alignItems="center" data-testid={testIds.datasource.conditionRow}>
      <CommitInput
        aria-label={t('traceatlas.datasource.editor.condition', 'Condition in TraceQL')}
        width={60}
        isCode
        value={valuesOf(filter)[0] ?? ''}
        problemOf={conditionProblem}
        onCommit={(value) => (value.trim() === '' ? onRemove() : onChange({ ...filter, value: value.trim() }))}
      />
      <IconButton
        name="times"
        tooltip={t('traceatlas.datasource.editor.remove-condition', 'Remove condition')}
        onClick={onRemove}
      />
    </Stack>
  );
}

/** Exactly one condition: a brace or a comment must not swallow what stands around it. */
function conditionProblem(text: string): string | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  const { verdict, message } = fillVariables(`{ (${text}\n) }`).validation;
  return verdict === 'valid' ? undefined : message;
}
