import React, { useMemo, useState } from 'react';
import { type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { Alert, Button, Stack } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type TempoDataSource } from '../data-source';
import { searchToTraceql, TRACEQL_ROW } from '../../traceql/search-form';
import { type SearchRest, type TraceqlFilter } from '../types';
import { ConditionRow } from './condition-row';
import { DurationRow } from './duration-row';
import { FilterRow } from './filter-row';
import { findFilter, freeFilterId, putFilter, removeFilter } from './filter-options';
import { type BuilderQuery } from './query-filters';
import { SearchRestRow } from './search-rest-row';
import { StatusSelect } from './status-select';
import { tagLookup } from './tag-lookup';
import { TraceqlPreview } from './traceql-preview';

interface SearchBuilderProps {
  filters: TraceqlFilter[];
  searchRest?: SearchRest;
  /** Rows of the settings, always shown */
  staticFilters: TraceqlFilter[];
  datasource: TempoDataSource;
  range?: TimeRange;
  onChange: (query: BuilderQuery) => void;
  onRunQuery: () => void;
  onEditAsTraceql: () => void;
}

const OWN_ROWS = new Set(['status', 'min-duration', 'max-duration', 'duration-type']);

export function SearchBuilder({
  filters,
  searchRest,
  staticFilters,
  datasource,
  range,
  onChange: onChangeQuery,
  onRunQuery,
  onEditAsTraceql,
}: SearchBuilderProps) {
  const [error, setError] = useState('');
  const lookup = useMemo(() => tagLookup(datasource, range, filters, setError), [datasource, range, filters]);
  const onChange = (next: TraceqlFilter[]) => onChangeQuery({ filters: next, searchRest });
  const put = (filter: TraceqlFilter) => onChange(putFilter(filters, filter));
  const staticIds = new Set(staticFilters.map(({ id }) => id));
  const freeRows = filters.filter(({ id }) => !staticIds.has(id) && !OWN_ROWS.has(id));

  return (
    <div data-testid={testIds.datasource.searchBuilder}>
      <EditorRow>
        {staticFilters.map((fixed) => (
          <EditorField key={fixed.id} label={staticLabel(fixed)}>
            <FilterRow filter={findFilter(filters, fixed)} lookup={lookup} onChange={put} isTagFixed />
          </EditorField>
        ))}
        <EditorField label={t('traceatlas.datasource.editor.status', 'Status')}>
          <StatusSelect filter={findFilter(filters, { id: 'status', tag: 'status' })} onChange={put} />
        </EditorField>
        <EditorField label={t('traceatlas.datasource.editor.duration', 'Duration')}>
          <DurationRow filters={filters} onChange={onChange} />
        </EditorField>
      </EditorRow>
      <EditorRow>
        <EditorField label={t('traceatlas.datasource.editor.tags', 'Tags')}>
          <Stack direction="column" gap={1}>
            {freeRows.map((filter) => {
              const remove = () => onChange(removeFilter(filters, filter.id));
              return filter.valueType === TRACEQL_ROW ? (
                <ConditionRow key={filter.id} filter={filter} onChange={put} onRemove={remove} />
              ) : (
                <FilterRow key={filter.id} filter={filter} lookup={lookup} onChange={put} onRemove={remove} />
              );
            })}
            <div>
              <Button
                variant="secondary"
                size="sm"
                icon="plus"
                data-testid={testIds.datasource.addFilter}
                onClick={() =>
                  onChange([...filters, { id: freeFilterId(filters), operator: '=', scope: 'span', value: [] }])
                }
              >
                {t('traceatlas.datasource.editor.add-tag', 'Add tag')}
              </Button>
            </div>
          </Stack>
        </EditorField>
      </EditorRow>
      {searchRest && (
        <SearchRestRow
          filters={filters}
          searchRest={searchRest}
          onChange={(rest) => onChangeQuery({ filters, searchRest: rest })}
        />
      )}
      {error && (
        <Alert
          severity="warning"
          title={t('traceatlas.datasource.editor.tags-failed', 'Tag names or values could not be loaded')}
        >
          {error}
        </Alert>
      )}
      <EditorRow>
        <Stack alignItems="center" gap={2} wrap="wrap">
          <TraceqlPreview text={searchToTraceql({ filters, searchRest })} />
          <Button
            variant="secondary"
            size="sm"
            data-testid={testIds.datasource.editAsTraceql}
            onClick={onEditAsTraceql}
          >
            {t('traceatlas.datasource.editor.edit-as-traceql', 'Edit as TraceQL')}
          </Button>
          <Button variant="primary" size="sm" onClick={onRunQuery}>
            {t('traceatlas.datasource.editor.run', 'Run query')}
          </Button>
        </Stack>
      </EditorRow>
    </div>
  );
}

function staticLabel({ id, tag }: TraceqlFilter): string {
  switch (id) {
    case 'service-name':
      return t('traceatlas.datasource.editor.service-name', 'Service name');
    case 'span-name':
      return t('traceatlas.datasource.editor.span-name', 'Span name');
    default:
      return tag ?? id;
  }
}
