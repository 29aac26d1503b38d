import React, { useMemo } from 'react';
import { t } from '@grafana/i18n';
import { Combobox, type ComboboxOption, InlineField, InlineFieldRow, Input } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { tagNames } from '../tags/tag-names';
import { VARIABLE_TYPES, type TempoVariableQuery } from './variable-query';
import { VARIABLE_REF_ID, type VariableEditorProps } from './variable-source';

const LABEL_WIDTH = 24;

export function VariableEditor({ query, onChange, onRunQuery, datasource, range }: VariableEditorProps) {
  const update = (patch: Partial<TempoVariableQuery>) => {
    onChange({ ...query, refId: VARIABLE_REF_ID, ...patch });
    onRunQuery();
  };
  const types = useMemo(
    () => [
      { label: t('traceatlas.datasource.variables.names', 'Label names'), value: VARIABLE_TYPES.labelNames },
      { label: t('traceatlas.datasource.variables.values', 'Label values'), value: VARIABLE_TYPES.labelValues },
    ],
    []
  );
  const loadLabels = async (input: string): Promise<Array<ComboboxOption<string>>> => {
    const names = tagNames(await datasource.tags.names({ range }));
    return names.filter((name) => name.toLowerCase().includes(input.toLowerCase())).map((value) => ({ value }));
  };
  return (
    <>
      <InlineFieldRow>
        <InlineField label={t('traceatlas.datasource.variables.type', 'Query type')} labelWidth={LABEL_WIDTH}>
          <Combobox
            id="traceatlas-variable-type"
            options={types}
            value={query.type ?? null}
            onChange={({ value }) => update({ type: value })}
            placeholder={t('traceatlas.datasource.variables.type-placeholder', 'Choose')}
            data-testid={testIds.datasource.variableType}
            width={40}
          />
        </InlineField>
      </InlineFieldRow>
      {query.type === VARIABLE_TYPES.labelValues && (
        <InlineFieldRow>
          <InlineField
            label={t('traceatlas.datasource.variables.label', 'Label')}
            labelWidth={LABEL_WIDTH}
            tooltip={t('traceatlas.datasource.variables.label-tooltip', 'May be a variable, for example $label')}
          >
            <Combobox<string>
              id="traceatlas-variable-label"
              options={loadLabels}
              value={query.label ?? null}
              onChange={({ value }) => update({ label: value })}
              createCustomValue
              placeholder="resource.service.name"
              width={40}
            />
          </InlineField>
        </InlineFieldRow>
      )}
      <InlineFieldRow>
        <InlineField
          label={t('traceatlas.datasource.variables.query', 'Only spans that match')}
          labelWidth={LABEL_WIDTH}
          tooltip={t(
            'traceatlas.datasource.variables.query-tooltip',
            'TraceQL that narrows the list; it may use other variables'
          )}
        >
          <Input
            id="traceatlas-variable-query"
            defaultValue={query.query}
            onBlur={(event) => update({ query: event.currentTarget.value })}
            placeholder={'{resource.cluster="$cluster"}'}
            width={40}
          />
        </InlineField>
      </InlineFieldRow>
    </>
  );
}
