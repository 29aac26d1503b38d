import React, { useId, useRef } from 'react';
import { css } from '@emotion/css';
import { Combobox, type ComboboxOption, IconButton, MultiCombobox, Stack, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { type TagValue } from '../../tempo/types';
import { testIds } from '../../test-ids';
import { type TraceqlFilter, type TraceqlSearchScope } from '../types';
import { matchingOptions, operatorsFor, SCOPES, valuesOf } from './filter-options';
import { type TagLookup } from './tag-lookup';

interface FilterRowProps {
  filter: TraceqlFilter;
  lookup: TagLookup;
  onChange: (filter: TraceqlFilter) => void;
  onRemove?: () => void;
  /** Only operator and values can be chosen */
  isTagFixed?: boolean;
}

export function FilterRow({ filter, lookup, onChange, onRemove, isTagFixed }: FilterRowProps) {
  const styles = useStyles2(getStyles);
  const valueLabelId = useId();
  const types = useRef(new Map<string, TagValue['type']>());

  const loadTags = async (input: string) => matchingOptions(await lookup.tags(filter), input);
  const loadValues = async (input: string): Promise<Array<ComboboxOption<string>>> => {
    const values = await lookup.values(filter);
    values.forEach(({ value, type }) => types.current.set(value, type));
    return matchingOptions([...new Set(values.map(({ value }) => value))], input);
  };
  const changeValues = (options: Array<ComboboxOption<string>>) => {
    const values = options.map(({ value }) => value);
    const known = values.find((value) => types.current.has(value));
    const valueType = known === undefined ? (filter.valueType ?? guessType(values)) : types.current.get(known);
    const operator = filter.operator ?? '=';
    onChange({
      ...filter,
      value: values,
      valueType,
      operator: operatorsFor(valueType).includes(operator) ? operator : '=',
    });
  };

  return (
    <Stack gap={0.5} alignItems="center" data-testid={testIds.datasource.filterRow}>
      {!isTagFixed && (
        <>
          <Combobox<TraceqlSearchScope>
            aria-label={t('traceatlas.datasource.editor.scope', 'Scope')}
            width={16}
            value={filter.scope ?? 'unscoped'}
            options={SCOPES.map((value) => ({ value }))}
            onChange={({ value }) =>
              onChange({ ...filter, scope: value, tag: undefined, value: [], valueType: undefined })
            }
          />
          <Combobox<string>
            // A new scope has other tags.
            key={`tag-${filter.scope ?? ''}`}
            aria-label={t('traceatlas.datasource.editor.tag', 'Tag')}
            placeholder={t('traceatlas.datasource.editor.tag-placeholder', 'Choose a tag')}
            width={28}
            value={filter.tag ?? null}
            options={loadTags}
            createCustomValue
            onChange={({ value }) => onChange({ ...filter, tag: value, value: [], valueType: undefined })}
          />
        </>
      )}
      <Combobox<string>
        aria-label={t('traceatlas.datasource.editor.operator', 'Operator')}
        width={9}
        value={filter.operator ?? '='}
        options={operatorsFor(filter.valueType).map((value) => ({ value }))}
        onChange={({ value }) => onChange({ ...filter, operator: value })}
      />
      <span id={valueLabelId} className={styles.forScreenReaders}>
        {t('traceatlas.datasource.editor.value-of', 'Value of {{tag}}', { tag: filter.tag ?? '' })}
      </span>
      <MultiCombobox<string>
        key={`values-${filter.scope ?? ''}-${filter.tag ?? ''}`}
        aria-labelledby={valueLabelId}
        placeholder={t('traceatlas.datasource.editor.value-placeholder', 'Any value')}
        width="auto"
        minWidth={24}
        maxWidth={60}
        value={valuesOf(filter)}
        options={loadValues}
        createCustomValue
        onChange={changeValues}
      />
      {onRemove && (
        <IconButton
          name="times"
          tooltip={t('traceatlas.datasource.editor.remove-tag', 'Remove tag')}
          onClick={onRemove}
        />
      )}
    </Stack>
  );
}

/** For values that were typed and that Tempo does not list; undefined while nothing was typed. */
function guessType(values: string[]): TagValue['type'] | undefined {
  if (values.length === 0) {
    return undefined;
  }
  if (values.every((value) => /^-?\d+$/.test(value))) {
    return 'int';
  }
  if (values.every((value) => /^-?\d*\.\d+$/.test(value))) {
    return 'float';
  }
  return values.every((value) => value === 'true' || value === 'false') ? 'bool' : 'string';
}

const getStyles = () => ({
  // MultiCombobox takes its name from another element only.
  forScreenReaders: css({
    clipPath: 'inset(50%)',
    height: 1,
    overflow: 'hidden',
    position: 'absolute',
    whiteSpace: 'nowrap',
    width: 1,
  }),
});
