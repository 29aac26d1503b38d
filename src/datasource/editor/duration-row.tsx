import React from 'react';
import { t } from '@grafana/i18n';
import { Combobox, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import { type TraceqlFilter } from '../types';
import { findFilter, putFilter, valuesOf } from './filter-options';

interface DurationRowProps {
  filters: TraceqlFilter[];
  onChange: (filters: TraceqlFilter[]) => void;
}

const DURATION = { tag: 'duration', valueType: 'duration' };
const MIN: TraceqlFilter = { id: 'min-duration', operator: '>', ...DURATION };
const MAX: TraceqlFilter = { id: 'max-duration', operator: '<', ...DURATION };
const TYPE: TraceqlFilter = { id: 'duration-type', value: 'span' };

/** As TraceQL reads them: `100ms`, `1.5s`, `1h30m`; or a variable. */
export function isDuration(text: string): boolean {
  return /^(?:(?:\d+(?:\.\d+)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(text) || text.startsWith('$');
}

export function DurationRow({ filters, onChange }: DurationRowProps) {
  const put = (filter: TraceqlFilter) => onChange(putFilter(filters, filter));
  return (
    <Stack gap={0.5} alignItems="center">
      <RadioButtonGroup
        size="sm"
        aria-label={t('traceatlas.datasource.editor.duration-of', 'Duration of')}
        options={[
          { value: 'span', label: t('traceatlas.datasource.editor.of-span', 'span') },
          { value: 'trace', label: t('traceatlas.datasource.editor.of-trace', 'trace') },
        ]}
        value={valuesOf(findFilter(filters, TYPE))[0] ?? 'span'}
        onChange={(value) => put({ ...TYPE, value })}
      />
      <Bound
        filter={findFilter(filters, MIN)}
        operators={['>', '>=']}
        placeholder="100ms"
        label={t('traceatlas.datasource.editor.min-duration', 'Shortest duration')}
        onChange={put}
      />
      <Bound
        filter={findFilter(filters, MAX)}
        operators={['<', '<=']}
        placeholder="1.2s"
        label={t('traceatlas.datasource.editor.max-duration', 'Longest duration')}
        onChange={put}
      />
    </Stack>
  );
}

interface BoundProps {
  filter: TraceqlFilter;
  operators: string[];
  label: string;
  placeholder: string;
  onChange: (filter: TraceqlFilter) => void;
}

function Bound({ filter, operators, label, placeholder, onChange }: BoundProps) {
  const value = valuesOf(filter)[0] ?? '';
  return (
    <>
      <Combobox<string>
        aria-label={t('traceatlas.datasource.editor.operator', 'Operator')}
        width={9}
        value={filter.operator ?? operators[0]}
        options={operators.map((operator) => ({ value: operator }))}
        onChange={(option) => onChange({ ...filter, operator: option.value })}
      />
      <Input
        aria-label={label}
        width={12}
        value={value}
        placeholder={placeholder}
        invalid={value !== '' && !isDuration(value)}
        onChange={(event) => onChange({ ...filter, value: event.currentTarget.value.trim() })}
      />
    </>
  );
}
