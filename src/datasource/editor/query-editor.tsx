import React, { useMemo, useState } from 'react';
import { type QueryEditorProps, type SelectableValue } from '@grafana/data';
import { t } from '@grafana/i18n';
import { EditorField, EditorRow, EditorRows } from '@grafana/plugin-ui';
import { Alert, RadioButtonGroup } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type TempoDataSource } from '../data-source';
import { migrateNativeSearch } from '../query/migrate-native-search';
import { normalizeQuery } from '../query/normalize-query';
import { type TempoJsonData, type TempoQuery, type TempoQueryType } from '../types';
import { EditorProgress } from './editor-progress';
import { QueryLibrary } from './query-library';
import { useQueryHistory } from './use-query-history';
import { ImportSection } from './import-section';
import { NotBuildable } from './not-buildable';
import { typeChange, writtenText } from './query-filters';
import { QueryOptions } from './query-options';
import { SearchBuilder } from './search-builder';
import { ServiceMapSection } from './service-map-section';
import { TraceqlEditor } from './traceql-editor';

export type TempoQueryEditorProps = QueryEditorProps<TempoDataSource, TempoQuery, TempoJsonData>;

export function QueryEditor({ query: saved, onChange, onRunQuery, datasource, range, data }: TempoQueryEditorProps) {
  const query = useMemo(() => migrateNativeSearch(saved), [saved]);
  const { query: current, problems } = useMemo(() => normalizeQuery(saved), [saved]);
  const { settings } = datasource.parsedSettings;
  const update = (patch: Partial<TempoQuery>) => onChange({ ...query, queryType: current.queryType, ...patch });
  useQueryHistory(datasource.uid, query.refId, data);
  const [isNotBuildable, setNotBuildable] = useState(false);
  const changeType = (queryType: TempoQueryType) => {
    const patch = typeChange(current, queryType, settings.staticFilters);
    setNotBuildable(!patch);
    if (patch) {
      update(patch);
    }
  };
  const errors = data?.errors?.filter(({ refId }) => refId === query.refId) ?? [];

  return (
    <EditorRows>
      <EditorRow>
        <EditorField label={t('traceatlas.datasource.editor.query-type', 'Query type')}>
          <div data-testid={testIds.datasource.queryType}>
            <RadioButtonGroup
              size="sm"
              options={queryTypes(settings.searchHidden && current.queryType !== 'traceqlSearch')}
              value={current.queryType}
              onChange={changeType}
            />
          </div>
        </EditorField>
      </EditorRow>
      {problems.length > 0 && (
        <Alert
          severity="warning"
          title={t('traceatlas.datasource.editor.problems', 'Parts of the saved query cannot be read')}
        >
          {problems.join(' ')}
        </Alert>
      )}
      {current.queryType === 'traceqlSearch' && (
        <SearchBuilder
          filters={current.filters}
          searchRest={current.searchRest}
          staticFilters={settings.staticFilters}
          datasource={datasource}
          range={range}
          onChange={(builder) => update({ ...builder, query: writtenText(builder) })}
          onRunQuery={onRunQuery}
          onEditAsTraceql={() => changeType('traceql')}
        />
      )}
      {current.queryType === 'traceql' && isNotBuildable && (
        <NotBuildable
          text={current.query}
          onClose={() => setNotBuildable(false)}
          onStartEmpty={() => {
            setNotBuildable(false);
            update({ queryType: 'traceqlSearch', filters: [], searchRest: undefined });
          }}
        />
      )}
      {current.queryType === 'traceql' && (
        <TraceqlEditor
          value={current.query}
          datasource={datasource}
          range={range}
          errors={errors}
          onChange={(text) => update({ query: text })}
          onRunQuery={onRunQuery}
        />
      )}
      {current.queryType === 'traceql' && (
        <QueryLibrary
          dataSourceUid={datasource.uid}
          storage={window.localStorage}
          onUse={(text) => update({ query: text })}
        />
      )}
      {current.queryType === 'upload' && (
        <ImportSection
          importId={current.importId}
          traceId={current.importTraceId}
          onChange={update}
          onRunQuery={onRunQuery}
        />
      )}
      {current.queryType === 'serviceMap' ? (
        <ServiceMapSection
          selectors={current.serviceMapQueries}
          includeNamespace={current.serviceMapIncludeNamespace}
          scope={current.serviceMapScope}
          metricsSourceUid={settings.serviceMapDatasourceUid}
          onChange={update}
          onRunQuery={onRunQuery}
        />
      ) : current.queryType === 'upload' ? null : (
        <QueryOptions
          query={current}
          onChange={update}
          onRunQuery={onRunQuery}
          status={<EditorProgress data={data} refId={query.refId} />}
        />
      )}
    </EditorRows>
  );
}

function queryTypes(withoutSearch: boolean): Array<SelectableValue<TempoQueryType>> {
  const types: Array<SelectableValue<TempoQueryType>> = [
    { value: 'traceqlSearch', label: t('traceatlas.datasource.editor.search', 'Search') },
    { value: 'traceql', label: t('traceatlas.datasource.editor.traceql', 'TraceQL') },
    { value: 'serviceMap', label: t('traceatlas.datasource.editor.service-graph', 'Service graph') },
    { value: 'upload', label: t('traceatlas.datasource.editor.import', 'Import trace') },
  ];
  return withoutSearch ? types.filter(({ value }) => value !== 'traceqlSearch') : types;
}
