import React from 'react';
import { ConfigSubSection } from '@grafana/plugin-ui';
import { Field, Input, Switch } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { DEFAULT_PARALLEL_SLICES } from '../settings/parse-settings';
import { type TempoJsonData } from '../types';
import { type SettingsSectionProps } from './settings-section';

const WIDTH = 40;

/** Queries in time slices: on unless switched off. */
export function ProgressiveSettings({ jsonData, onChange }: SettingsSectionProps) {
  const { progressive } = jsonData;
  const update = (patch: TempoJsonData['progressive']) => onChange({ progressive: { ...progressive, ...patch } });
  return (
    <ConfigSubSection
      title={t('traceatlas.datasource.config.progressive', 'Results while they come')}
      description={t(
        'traceatlas.datasource.config.progressive-description',
        'The time range is asked for in slices, newest first, over plain HTTP. When this is off, only ranges that Tempo refuses as too long are cut.'
      )}
    >
      <Field label={t('traceatlas.datasource.config.progressive-search', 'Search')}>
        <Switch
          id="progressive-search"
          value={progressive?.search ?? true}
          onChange={(event) => update({ search: event.currentTarget.checked })}
        />
      </Field>
      <Field label={t('traceatlas.datasource.config.progressive-metrics', 'Metrics')}>
        <Switch
          id="progressive-metrics"
          value={progressive?.metrics ?? true}
          onChange={(event) => update({ metrics: event.currentTarget.checked })}
        />
      </Field>
      <Field
        label={t('traceatlas.datasource.config.progressive-parallel', 'Parallel requests')}
        description={t(
          'traceatlas.datasource.config.progressive-parallel-description',
          'Most requests of one query at the same time'
        )}
      >
        <Input
          id="progressive-parallel"
          type="number"
          min={1}
          width={WIDTH}
          value={progressive?.parallel ?? ''}
          placeholder={String(DEFAULT_PARALLEL_SLICES)}
          onChange={(event) => {
            const parallel = event.currentTarget.valueAsNumber;
            update({ parallel: Number.isNaN(parallel) ? undefined : parallel });
          }}
        />
      </Field>
    </ConfigSubSection>
  );
}
