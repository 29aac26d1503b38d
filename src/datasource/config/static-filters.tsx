import React from 'react';
import { t } from '@grafana/i18n';
import { Button, Combobox, Field, IconButton, Input, Stack } from '@grafana/ui';
import { freeFilterId, operatorsFor, putFilter, removeFilter, SCOPES } from '../editor/filter-options';
import { type TraceqlFilter, type TraceqlSearchScope } from '../types';

interface StaticFiltersProps {
  filters: TraceqlFilter[];
  onChange: (filters: TraceqlFilter[]) => void;
}

/** The rows that every search starts with. */
export function StaticFilters({ filters, onChange }: StaticFiltersProps) {
  const replace = (filter: TraceqlFilter) => onChange(putFilter(filters, filter));
  return (
    <Field
      label={t('traceatlas.datasource.config.static-filters', 'Static filters')}
      description={t('traceatlas.datasource.config.static-filters-description', 'Rows that every search starts with')}
    >
      <Stack direction="column" gap={1}>
        {filters.map((filter) => (
          <Stack key={filter.id} gap={1} alignItems="center">
            <Combobox<TraceqlSearchScope>
              width={18}
              aria-label={t('traceatlas.datasource.config.filter-scope', 'Scope')}
              value={filter.scope ?? 'unscoped'}
              options={SCOPES.map((value) => ({ value }))}
              onChange={({ value }) => replace({ ...filter, scope: value })}
            />
            <Input
              width={30}
              aria-label={t('traceatlas.datasource.config.filter-tag', 'Tag')}
              value={filter.tag ?? ''}
              placeholder="http.status_code"
              onChange={(event) => replace({ ...filter, tag: event.currentTarget.value })}
            />
            <Combobox
              width={10}
              aria-label={t('traceatlas.datasource.config.filter-operator', 'Operator')}
              value={filter.operator ?? '='}
              options={operatorsFor(undefined).map((value) => ({ value }))}
              onChange={({ value }) => replace({ ...filter, operator: value })}
            />
            <IconButton
              name="trash-alt"
              tooltip={t('traceatlas.datasource.config.remove-filter', 'Remove')}
              onClick={() => onChange(removeFilter(filters, filter.id))}
            />
          </Stack>
        ))}
        <div>
          <Button
            icon="plus"
            variant="secondary"
            onClick={() => onChange([...filters, { id: freeFilterId(filters), operator: '=', scope: 'span' }])}
          >
            {t('traceatlas.datasource.config.add-filter', 'Add filter')}
          </Button>
        </div>
      </Stack>
    </Field>
  );
}
