import React, { lazy, Suspense } from 'react';
import { type DataQueryError, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, LoadingPlaceholder } from '@grafana/ui';
import { type TagSource } from '../../../datasource/tags/tag-source';

// Monaco and the language are the heaviest part of the page: what was found can be read before they are there.
const TraceqlEditor = lazy(() =>
  import('../../../datasource/editor/traceql-editor').then((module) => ({ default: module.TraceqlEditor }))
);

interface Props {
  value: string;
  tags: TagSource;
  range: TimeRange;
  /** What Tempo said of the query that ran last */
  errors: DataQueryError[];
  onChange: (value: string) => void;
  onRun: () => void;
}

/** A TraceQL query or a trace id, with completion, hints and marks; Shift+Enter runs it. */
export function TraceQLField({ tags, onRun, ...editor }: Props) {
  return (
    <Field noMargin label={t('traceatlas.search.query', 'TraceQL')}>
      <Suspense fallback={<LoadingPlaceholder text={editor.value} />}>
        <TraceqlEditor datasource={{ tags }} onRunQuery={onRun} {...editor} />
      </Suspense>
    </Field>
  );
}
