import React from 'react';
import { ConfigSection } from '@grafana/plugin-ui';
import { getBackendSrv } from '@grafana/runtime';
import { Combobox, type ComboboxOption, Field } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { isRecord } from '../settings/readers';
import { type TraceToProfilesOptions } from '../types';
import { DataSourceField } from './data-source-field';
import { type SettingsSectionProps } from './settings-section';
import { SpanQueryField } from './span-query-field';
import { TagMappings } from './tag-mappings';

const PYROSCOPE_ID = 'grafana-pyroscope-datasource';

export function TraceToProfilesSettings({ jsonData, onChange }: SettingsSectionProps) {
  const options: TraceToProfilesOptions = jsonData.tracesToProfiles ?? {};
  const update = (patch: Partial<TraceToProfilesOptions>) => {
    const next = { ...options, ...patch };
    onChange({ tracesToProfiles: { ...next, customQuery: next.customQuery ?? false } });
  };
  const uid = options.datasourceUid;
  return (
    <ConfigSection
      title={t('traceatlas.datasource.config.trace-to-profiles', 'Trace to profiles')}
      description={t(
        'traceatlas.datasource.config.trace-to-profiles-description',
        'From a span to its profile. Only spans with the attribute pyroscope.profile.id have one.'
      )}
      isCollapsible
      isInitiallyOpen={Boolean(uid)}
    >
      <DataSourceField
        inputId="trace-to-profiles-data-source"
        label={t('traceatlas.datasource.config.profiles-source', 'Profiles data source')}
        uid={uid}
        filter={({ type }) => type === PYROSCOPE_ID}
        onChange={(datasourceUid) => update({ datasourceUid })}
      />
      <TagMappings
        label={t('traceatlas.datasource.config.profiles-tags', 'Tags')}
        description={t(
          'traceatlas.datasource.config.profiles-tags-description',
          'Attributes that the profile is selected by. Without any: service.name, service.namespace'
        )}
        tags={options.tags ?? []}
        onChange={(tags) => update({ tags })}
      />
      <Field
        label={t('traceatlas.datasource.config.profile-type', 'Profile type')}
        description={t('traceatlas.datasource.config.profile-type-description', 'Without one there is no link')}
        htmlFor="trace-to-profiles-type"
        invalid={Boolean(uid) && !options.profileTypeId}
        error={t('traceatlas.datasource.config.profile-type-missing', 'Choose a profile type')}
      >
        <Combobox<string>
          id="trace-to-profiles-type"
          // Lists are asked for once: another data source has others.
          key={uid}
          width={40}
          disabled={!uid}
          createCustomValue
          value={options.profileTypeId ?? null}
          placeholder="process_cpu:cpu:nanoseconds:cpu:nanoseconds"
          options={(input) => profileTypes(uid, input)}
          onChange={({ value }) => update({ profileTypeId: value })}
        />
      </Field>
      <SpanQueryField
        id="trace-to-profiles"
        placeholder={'{${__tags}}'}
        customQuery={options.customQuery ?? false}
        query={options.query}
        onChange={update}
      />
    </ConfigSection>
  );
}

/** The types that the data source has; nothing when it does not answer, as a type can be typed in. */
async function profileTypes(uid: string | undefined, input: string): Promise<Array<ComboboxOption<string>>> {
  if (!uid) {
    return [];
  }
  try {
    const answer: unknown = await getBackendSrv().get(
      `/api/datasources/uid/${encodeURIComponent(uid)}/resources/profileTypes`,
      undefined,
      undefined,
      { showErrorAlert: false }
    );
    return (Array.isArray(answer) ? answer : [])
      .filter(isRecord)
      .flatMap(({ id, label }) => (typeof id === 'string' ? [{ value: id, label: String(label ?? id) }] : []))
      .filter(({ label }) => label.toLowerCase().includes(input.toLowerCase()));
  } catch {
    return [];
  }
}
