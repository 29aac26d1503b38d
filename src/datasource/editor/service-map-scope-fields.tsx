import React from 'react';
import { t } from '@grafana/i18n';
import { EditorField, EditorRow, EditorSwitch } from '@grafana/plugin-ui';
import { MultiCombobox, RadioButtonGroup } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type ServiceMapScope } from '../types';
import { CommitInput } from './commit-input';

/** Dimensions that producers are often told to write. */
const USUAL_DIMENSIONS = ['k8s_cluster_name', 'k8s_namespace_name', 'deployment_environment', 'cloud_region'];
const MOST_HOPS = 3;

interface ServiceMapScopeFieldsProps {
  scope: ServiceMapScope;
  onChange: (scope: ServiceMapScope) => void;
}

function numberProblem(text: string): string | undefined {
  return text === '' || Number(text) > 0
    ? undefined
    : t('traceatlas.datasource.editor.not-positive', 'Enter a number greater than 0.');
}

/** Which part of a large service graph is asked for. */
export function ServiceMapScopeFields({ scope, onChange }: ServiceMapScopeFieldsProps) {
  const change = (patch: ServiceMapScope) => onChange({ ...scope, ...patch });
  const numeric = (text: string) => (text === '' ? undefined : Number(text));
  const { top, minRate, around = '', hops = 1, direction = 'both', identity = [], percentiles = true } = scope;
  return (
    <div data-testid={testIds.datasource.serviceMapScope}>
      <EditorRow>
        <EditorField
          label={t('traceatlas.datasource.editor.top-calls', 'Busiest calls')}
          tooltip={t(
            'traceatlas.datasource.editor.top-calls-tooltip',
            'So many calls with the highest request rates. The numbers of a service still count all its calls.'
          )}
        >
          <CommitInput
            id="service-map-top"
            width={12}
            inputMode="numeric"
            placeholder={t('traceatlas.datasource.editor.all', 'All')}
            value={top === undefined ? '' : String(top)}
            problemOf={numberProblem}
            onCommit={(text) => change({ top: text === '' ? undefined : Math.ceil(Number(text)) })}
          />
        </EditorField>
        <EditorField label={t('traceatlas.datasource.editor.min-rate', 'Lowest rate (req/s)')}>
          <CommitInput
            id="service-map-min-rate"
            width={12}
            inputMode="decimal"
            placeholder="0"
            value={minRate === undefined ? '' : String(minRate)}
            problemOf={numberProblem}
            onCommit={(text) => change({ minRate: numeric(text) })}
          />
        </EditorField>
        <EditorField
          label={t('traceatlas.datasource.editor.around', 'Around a service')}
          tooltip={t(
            'traceatlas.datasource.editor.around-tooltip',
            'Only what is within some hops of this service; asked for hop by hop. May be a variable.'
          )}
        >
          <CommitInput
            id="service-map-around"
            width={24}
            placeholder={t('traceatlas.datasource.editor.any-service', 'Any')}
            value={around}
            onCommit={(text) => change({ around: text.trim() === '' ? undefined : text.trim() })}
          />
        </EditorField>
        {around !== '' && (
          <>
            <EditorField label={t('traceatlas.datasource.editor.hops', 'Hops')}>
              <RadioButtonGroup<number>
                aria-label={t('traceatlas.datasource.editor.hops', 'Hops')}
                options={Array.from({ length: MOST_HOPS }, (_, index) => ({
                  value: index + 1,
                  label: String(index + 1),
                }))}
                value={hops}
                onChange={(value) => change({ hops: value })}
              />
            </EditorField>
            <EditorField label={t('traceatlas.datasource.editor.direction', 'Direction')}>
              <RadioButtonGroup<'both' | 'up' | 'down'>
                aria-label={t('traceatlas.datasource.editor.direction', 'Direction')}
                options={[
                  { value: 'both', label: t('traceatlas.datasource.editor.both', 'Both') },
                  { value: 'up', label: t('traceatlas.datasource.editor.callers', 'Callers') },
                  { value: 'down', label: t('traceatlas.datasource.editor.callees', 'Callees') },
                ]}
                value={direction}
                onChange={(value) => change({ direction: value })}
              />
            </EditorField>
          </>
        )}
      </EditorRow>
      <EditorRow>
        <EditorField
          label={t('traceatlas.datasource.editor.identity', 'Tell services apart by')}
          tooltip={t(
            'traceatlas.datasource.editor.identity-tooltip',
            'Dimensions of the series beside the namespace, without client_ and server_'
          )}
        >
          <MultiCombobox
            id="service-map-identity"
            width={40}
            options={[...new Set([...USUAL_DIMENSIONS, ...identity])].map((value) => ({ value, label: value }))}
            value={identity}
            createCustomValue
            onChange={(chosen) => change({ identity: chosen.map(({ value }) => value) })}
          />
        </EditorField>
        <EditorField
          label={t('traceatlas.datasource.editor.percentiles', 'Latency percentiles')}
          tooltip={t(
            'traceatlas.datasource.editor.percentiles-tooltip',
            'Most of the series are histogram buckets; averages need none.'
          )}
        >
          <EditorSwitch
            id="service-map-percentiles"
            value={percentiles}
            onChange={(event) => change({ percentiles: event.currentTarget.checked })}
          />
        </EditorField>
      </EditorRow>
    </div>
  );
}
