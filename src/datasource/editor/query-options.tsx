import React from 'react';
import { EditorField, EditorRow, QueryOptionGroup } from '@grafana/plugin-ui';
import { RadioButtonGroup } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { type NormalizedQuery } from '../query/normalize-query';
import { queryKind } from '../query/query-kind';
import { searchToTraceql } from '../../traceql/search-form';
import { parseInterval } from '../settings/parse-settings';
import { CommitInput } from './commit-input';
import { QUERY_DEFAULTS, type MetricsQueryType, type SearchTableType, type TempoQuery } from '../types';

interface QueryOptionsProps {
  query: NormalizedQuery;
  onChange: (patch: Partial<TempoQuery>) => void;
  onRunQuery: () => void;
  /** Stands beside the options: how far the query has come */
  status?: React.ReactNode;
}

const INPUT_WIDTH = 12;

/** Limits and table of a search, or step and kind of a metrics query: whichever the text is. */
export function QueryOptions({ query, onChange, onRunQuery, status }: QueryOptionsProps) {
  const set = (patch: Partial<TempoQuery>) => {
    onChange(patch);
    onRunQuery();
  };
  const text = query.queryType === 'traceqlSearch' ? searchToTraceql(query) : query.query;
  const isMetrics = queryKind(text) === 'metrics';
  return (
    <EditorRow>
      <div data-testid={testIds.datasource.options}>
        <QueryOptionGroup
          title={
            isMetrics
              ? t('traceatlas.datasource.editor.metrics-options', 'Metrics options')
              : t('traceatlas.datasource.editor.search-options', 'Search options')
          }
          collapsedInfo={isMetrics ? metricsInfo(query) : searchInfo(query)}
        >
          {isMetrics ? <MetricsOptions query={query} set={set} /> : <SearchOptions query={query} set={set} />}
        </QueryOptionGroup>
      </div>
      {status}
    </EditorRow>
  );
}

interface FieldsProps {
  query: NormalizedQuery;
  set: (patch: Partial<TempoQuery>) => void;
}

function SearchOptions({ query, set }: FieldsProps) {
  const tables: Array<{ value: SearchTableType; label: string }> = [
    { value: 'traces', label: t('traceatlas.datasource.editor.table-traces', 'Traces') },
    { value: 'spans', label: t('traceatlas.datasource.editor.table-spans', 'Spans') },
    { value: 'raw', label: t('traceatlas.datasource.editor.table-raw', 'Raw') },
  ];
  return (
    <>
      <NumberOption
        label={t('traceatlas.datasource.editor.limit', 'Limit')}
        tooltip={t('traceatlas.datasource.editor.limit-tooltip', 'Most traces to return')}
        value={query.limit}
        fallback={QUERY_DEFAULTS.limit}
        onCommit={(limit) => set({ limit })}
      />
      <NumberOption
        label={t('traceatlas.datasource.editor.spss', 'Span limit')}
        tooltip={t('traceatlas.datasource.editor.spss-tooltip', 'Most spans to return for each span set')}
        value={query.spss}
        fallback={QUERY_DEFAULTS.spss}
        onCommit={(spss) => set({ spss })}
      />
      <EditorField label={t('traceatlas.datasource.editor.table-type', 'Table format')}>
        <RadioButtonGroup
          aria-label={t('traceatlas.datasource.editor.table-type', 'Table format')}
          size="sm"
          options={tables}
          value={query.tableType}
          onChange={(tableType) => set({ tableType })}
        />
      </EditorField>
    </>
  );
}

function MetricsOptions({ query, set }: FieldsProps) {
  const types: Array<{ value: MetricsQueryType; label: string }> = [
    { value: 'range', label: t('traceatlas.datasource.editor.range', 'Range') },
    { value: 'instant', label: t('traceatlas.datasource.editor.instant', 'Instant') },
  ];
  return (
    <>
      <EditorField label={t('traceatlas.datasource.editor.metrics-type', 'Type')}>
        <RadioButtonGroup
          aria-label={t('traceatlas.datasource.editor.metrics-type', 'Type')}
          size="sm"
          options={types}
          value={query.metricsQueryType}
          onChange={(metricsQueryType) => set({ metricsQueryType })}
        />
      </EditorField>
      <EditorField
        label={t('traceatlas.datasource.editor.step', 'Step')}
        tooltip={t(
          'traceatlas.datasource.editor.step-tooltip',
          'Time between two points, for example 30s. Empty: Tempo chooses.'
        )}
      >
        <CommitInput
          aria-label={t('traceatlas.datasource.editor.step', 'Step')}
          width={INPUT_WIDTH}
          placeholder={t('traceatlas.datasource.editor.auto', 'auto')}
          value={query.step ?? ''}
          problemOf={stepProblem}
          onCommit={(text) => set({ step: text.trim() || undefined })}
        />
      </EditorField>
      <NumberOption
        label={t('traceatlas.datasource.editor.exemplars', 'Exemplars')}
        tooltip={t(
          'traceatlas.datasource.editor.exemplars-tooltip',
          'Most example traces to show on the graph. Empty: Tempo chooses.'
        )}
        value={query.exemplars}
        onCommit={(exemplars) => set({ exemplars })}
      />
    </>
  );
}

interface NumberOptionProps {
  label: string;
  tooltip: string;
  value: number | undefined;
  /** What an empty or impossible number becomes */
  fallback?: number;
  onCommit: (value: number | undefined) => void;
}

function NumberOption({ label, tooltip, value, fallback, onCommit }: NumberOptionProps) {
  return (
    <EditorField label={label} tooltip={tooltip}>
      <CommitInput
        aria-label={label}
        type="number"
        min={1}
        width={INPUT_WIDTH}
        placeholder={fallback === undefined ? t('traceatlas.datasource.editor.auto', 'auto') : String(fallback)}
        value={value === undefined ? '' : String(value)}
        onCommit={(text) => onCommit(positiveInteger(text) ?? fallback)}
      />
    </EditorField>
  );
}

function positiveInteger(text: string): number | undefined {
  const value = Math.floor(Number(text));
  return text.trim() !== '' && value >= 1 ? value : undefined;
}

function stepProblem(text: string): string | undefined {
  const isStep = /^\d+(\.\d+)?$/.test(text) || (parseInterval(text) ?? 0) > 0;
  return text === '' || text.includes('$') || isStep
    ? undefined
    : t('traceatlas.datasource.editor.step-problem', 'Write a duration, for example 30s or 5m');
}

function searchInfo({ limit, spss, tableType }: NormalizedQuery): string[] {
  return [
    t('traceatlas.datasource.editor.info-limit', 'Limit: {{limit}}', { limit }),
    t('traceatlas.datasource.editor.info-spss', 'Span limit: {{spss}}', { spss }),
    t('traceatlas.datasource.editor.info-table', 'Table format: {{tableType}}', { tableType }),
  ];
}

function metricsInfo({ step, metricsQueryType, exemplars }: NormalizedQuery): string[] {
  const auto = t('traceatlas.datasource.editor.auto', 'auto');
  return [
    t('traceatlas.datasource.editor.info-type', 'Type: {{type}}', { type: metricsQueryType }),
    t('traceatlas.datasource.editor.info-step', 'Step: {{step}}', { step: step ?? auto }),
    t('traceatlas.datasource.editor.info-exemplars', 'Exemplars: {{exemplars}}', { exemplars: exemplars ?? auto }),
  ];
}
