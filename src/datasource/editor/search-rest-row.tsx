import React from 'react';
import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { IconButton, Stack } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { fillVariables } from '../../traceql/variables';
import { testIds } from '../../test-ids';
import { searchToTraceql } from '../../traceql/search-form';
import { type SearchRest, type TraceqlFilter } from '../types';
import { CommitInput } from './commit-input';
import { TraceqlPreview } from './traceql-preview';

interface SearchRestRowProps {
  filters: TraceqlFilter[];
  searchRest: SearchRest;
  onChange: (searchRest: SearchRest | undefined) => void;
}

/** What the builder has no fields for: the text before and behind the conditions. */
export function SearchRestRow({ filters, searchRest, onChange }: SearchRestRowProps) {
  const { before = '', after } = searchRest;
  const withText = (text: string): SearchRest =>
    after === undefined ? { before: text } : { before, after: ` ${text.trim()}` };
  const problemOf = (text: string) => {
    const { verdict, message } = fillVariables(searchToTraceql({ filters, searchRest: withText(text) })).validation;
    return verdict === 'valid' ? undefined : message;
  };
  const remove = () => onChange(undefined);
  const label = t('traceatlas.datasource.editor.rest', 'Also in this query');
  return (
    <EditorRow>
      <EditorField
        label={label}
        tooltip={t(
          'traceatlas.datasource.editor.rest-tooltip',
          'The builder changes the conditions of the first { } of the query. This is the rest of it, which stays as it is.'
        )}
      >
        <Stack gap={0.5} alignItems="center" wrap="wrap" data-testid={testIds.datasource.searchRest}>
          {after !== undefined && before.trim() !== '' && <TraceqlPreview text={`${before.trim()} { … }`} isQuiet />}
          <CommitInput
            aria-label={label}
            width={60}
            isCode
            value={(after ?? before).trim()}
            problemOf={problemOf}
            onCommit={(text) => (text.trim() === '' && before.trim() === '' ? remove() : onChange(withText(text)))}
          />
          <IconButton
            name="times"
            tooltip={t('traceatlas.datasource.editor.remove-rest', 'Keep only the conditions')}
            onClick={remove}
          />
        </Stack>
      </EditorField>
    </EditorRow>
  );
}
