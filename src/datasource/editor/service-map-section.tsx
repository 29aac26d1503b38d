import React from 'react';
import { t } from '@grafana/i18n';
import { EditorField, EditorRow, EditorSwitch } from '@grafana/plugin-ui';
import { Alert, Button, IconButton, Stack } from '@grafana/ui';
import { parseSelector } from '../../servicegraph/scope';
import { testIds } from '../../test-ids';
import { type ServiceMapScope, type TempoQuery } from '../types';
import { CommitInput } from './commit-input';
import { ServiceMapScopeFields } from './service-map-scope-fields';

interface ServiceMapSectionProps {
  /** PromQL selectors; a call that matches any of them is shown */
  selectors: string[];
  includeNamespace: boolean;
  scope: ServiceMapScope;
  /** '' when the settings have none */
  metricsSourceUid: string;
  onChange: (patch: Partial<TempoQuery>) => void;
  onRunQuery: () => void;
}

export function ServiceMapSection(props: ServiceMapSectionProps) {
  const { includeNamespace, scope, metricsSourceUid, onChange, onRunQuery } = props;
  return (
    <div data-testid={testIds.datasource.serviceMap}>
      {metricsSourceUid === '' && (
        <Alert
          severity="warning"
          title={t('traceatlas.datasource.editor.no-metrics-source', 'No metrics data source is set')}
        >
          {t(
            'traceatlas.datasource.editor.no-metrics-source-how',
            'Choose the one that holds the service graph metrics under "Service graph" in the settings of this data source.'
          )}
        </Alert>
      )}
      <EditorRow>
        <EditorField
          label={t('traceatlas.datasource.editor.filter', 'Filter')}
          tooltip={t(
            'traceatlas.datasource.editor.filter-tooltip',
            'Labels of the service graph metrics, as in PromQL. Several filters are alternatives.'
          )}
        >
          <SelectorList {...props} />
        </EditorField>
        <EditorField
          label={t('traceatlas.datasource.editor.namespaces', 'Group by namespace')}
          tooltip={t(
            'traceatlas.datasource.editor.namespaces-tooltip',
            'Keeps services of the same name in different namespaces apart. Needs the service.namespace dimension in the metrics generator.'
          )}
        >
          <EditorSwitch
            id="service-map-namespaces"
            value={includeNamespace}
            onChange={(event) => {
              onChange({ serviceMapIncludeNamespace: event.currentTarget.checked });
              onRunQuery();
            }}
          />
        </EditorField>
      </EditorRow>
      <ServiceMapScopeFields
        scope={scope}
        onChange={(serviceMapScope) => {
          onChange({ serviceMapScope });
          onRunQuery();
        }}
      />
    </div>
  );
}

function SelectorList({ selectors, onChange, onRunQuery }: ServiceMapSectionProps) {
  const rows = selectors.length > 0 ? selectors : [''];
  const save = (list: string[]) => {
    onChange({ serviceMapQuery: list.length > 1 ? list : list[0] });
    onRunQuery();
  };
  return (
    <Stack direction="column" gap={1}>
      {rows.map((selector, index) => (
        <Stack key={`${index}-${selector}`} gap={1} alignItems="center">
          <CommitInput
            aria-label={t('traceatlas.datasource.editor.filter', 'Filter')}
            width={60}
            value={selector}
            placeholder={'{client="frontend"}'}
            problemOf={selectorProblem}
            onCommit={(text) => save(rows.map((row, at) => (at === index ? text : row)))}
          />
          {rows.length > 1 && (
            <IconButton
              name="trash-alt"
              tooltip={t('traceatlas.datasource.editor.remove-filter', 'Remove filter')}
              onClick={() => save(rows.filter((_row, at) => at !== index))}
            />
          )}
          {index === rows.length - 1 && selector !== '' && (
            <Button
              variant="secondary"
              size="sm"
              icon="plus"
              onClick={() => onChange({ serviceMapQuery: [...rows, '{}'] })}
            >
              {t('traceatlas.datasource.editor.or', 'or')}
            </Button>
          )}
        </Stack>
      ))}
    </Stack>
  );
}

/** Nothing is saved while the text cannot be read, so the last good graph stays. */
function selectorProblem(text: string): string | undefined {
  // A variable can be any piece of the selector; it is checked when the query runs.
  if (text.includes('$')) {
    return undefined;
  }
  try {
    parseSelector(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
