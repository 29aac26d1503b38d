import React from 'react';
import { t } from '@grafana/i18n';
import { Combobox } from '@grafana/ui';
import { type TraceqlFilter } from '../types';
import { valuesOf } from './filter-options';

interface StatusSelectProps {
  filter: TraceqlFilter;
  onChange: (filter: TraceqlFilter) => void;
}

export function StatusSelect({ filter, onChange }: StatusSelectProps) {
  return (
    <Combobox<string>
      aria-label={t('traceatlas.datasource.editor.status', 'Status')}
      placeholder={t('traceatlas.datasource.editor.any-status', 'Any status')}
      width={18}
      isClearable
      value={valuesOf(filter)[0] ?? null}
      options={[{ value: 'error' }, { value: 'ok' }, { value: 'unset' }]}
      onChange={(option) =>
        onChange({
          ...filter,
          operator: '=',
          scope: 'intrinsic',
          valueType: 'keyword',
          value: option ? option.value : undefined,
        })
      }
    />
  );
}
