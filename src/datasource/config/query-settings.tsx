import React from 'react';
import { ConfigSubSection } from '@grafana/plugin-ui';
import { Field, Input, Switch } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { DEFAULT_STATIC_FILTERS, DEFAULT_TAG_LIMIT } from '../settings/parse-settings';
import { type SpanBarType, type TempoJsonData } from '../types';
import { ChoiceField } from './choice-field';
import { type SettingsSectionProps } from './settings-section';
import { IntervalField } from './interval-field';
import { ProgressiveSettings } from './progressive-settings';
import { StaticFilters } from './static-filters';

const WIDTH = 40;
/** s, as Grafana's own settings page has them; the empty choice is the range of the page. */
const TAG_RANGES = [1800, 10_800, 86_400, 259_200, 604_800];
const PAGE_RANGE = 0;

export function QuerySettings({ jsonData, onChange }: SettingsSectionProps) {
  const { search, traceQuery, spanBar } = jsonData;
  return (
    <>
      <ConfigSubSection title={t('traceatlas.datasource.config.search', 'Search')}>
        <Field
          label={t('traceatlas.datasource.config.hide-search', 'Hide search')}
          description={t(
            'traceatlas.datasource.config.hide-search-description',
            'Leaves TraceQL and the service graph'
          )}
        >
          <Switch
            id="search-hide"
            value={search?.hide ?? false}
            onChange={(event) => onChange({ search: { ...search, hide: event.currentTarget.checked } })}
          />
        </Field>
        <StaticFilters
          filters={search?.filters ?? DEFAULT_STATIC_FILTERS}
          onChange={(filters) => onChange({ search: { ...search, filters } })}
        />
      </ConfigSubSection>
      <ProgressiveSettings jsonData={jsonData} onChange={onChange} />
      <TraceQuerySettings traceQuery={traceQuery} onChange={onChange} />
      <TagSettings jsonData={jsonData} onChange={onChange} />
      <ConfigSubSection title={t('traceatlas.datasource.config.span-bar', 'Span bar')}>
        <ChoiceField<SpanBarType>
          id="span-bar-type"
          label={t('traceatlas.datasource.config.span-bar-label', 'Label beside the bar of a span')}
          value={spanBar?.type ?? 'Duration'}
          options={[
            { value: 'None', label: t('traceatlas.datasource.config.span-bar-none', 'None') },
            { value: 'Duration', label: t('traceatlas.datasource.config.span-bar-duration', 'Duration') },
            { value: 'Tag', label: t('traceatlas.datasource.config.span-bar-tag', 'Tag') },
          ]}
          onChange={(type) => onChange({ spanBar: { ...spanBar, type } })}
        />
        {spanBar?.type === 'Tag' && (
          <Field label={t('traceatlas.datasource.config.span-bar-tag-key', 'Tag')}>
            <Input
              id="span-bar-tag"
              width={WIDTH}
              value={spanBar.tag ?? ''}
              placeholder="http.route"
              onChange={(event) => onChange({ spanBar: { ...spanBar, tag: event.currentTarget.value } })}
            />
          </Field>
        )}
      </ConfigSubSection>
    </>
  );
}

function TraceQuerySettings({
  traceQuery,
  onChange,
}: Pick<SettingsSectionProps, 'onChange'> & Pick<TempoJsonData, 'traceQuery'>) {
  const update = (patch: TempoJsonData['traceQuery']) => onChange({ traceQuery: { ...traceQuery, ...patch } });
  const enabled = traceQuery?.timeShiftEnabled ?? false;
  return (
    <ConfigSubSection title={t('traceatlas.datasource.config.trace-query', 'Trace by ID')}>
      <Field
        label={t('traceatlas.datasource.config.use-time-range', 'Use time range in query')}
        description={t(
          'traceatlas.datasource.config.use-time-range-description',
          'Faster on large installations; a trace outside the range is not found'
        )}
      >
        <Switch
          id="trace-query-shift"
          value={enabled}
          onChange={(event) => update({ timeShiftEnabled: event.currentTarget.checked })}
        />
      </Field>
      <IntervalField
        id="trace-query-start"
        label={t('traceatlas.datasource.config.trace-start-shift', 'Time shift for start of search')}
        description={t('traceatlas.datasource.config.trace-start-shift-description', 'How much earlier to look')}
        value={traceQuery?.spanStartTimeShift}
        placeholder="30m"
        disabled={!enabled}
        onChange={(spanStartTimeShift) => update({ spanStartTimeShift })}
      />
      <IntervalField
        id="trace-query-end"
        label={t('traceatlas.datasource.config.trace-end-shift', 'Time shift for end of search')}
        description={t('traceatlas.datasource.config.trace-end-shift-description', 'How much later to look')}
        value={traceQuery?.spanEndTimeShift}
        placeholder="30m"
        disabled={!enabled}
        onChange={(spanEndTimeShift) => update({ spanEndTimeShift })}
      />
    </ConfigSubSection>
  );
}

function TagSettings({ jsonData, onChange }: SettingsSectionProps) {
  const rangeLabel = (seconds: number) =>
    seconds < 86_400
      ? t('traceatlas.datasource.config.last-minutes', 'Last {{minutes}} minutes', { minutes: seconds / 60 })
      : t('traceatlas.datasource.config.last-days', 'Last {{days}} days', { days: seconds / 86_400 });
  return (
    <ConfigSubSection title={t('traceatlas.datasource.config.tags', 'Tag names and values')}>
      <ChoiceField
        id="tags-time-range"
        label={t('traceatlas.datasource.config.tags-range', 'Tags time range')}
        description={t('traceatlas.datasource.config.tags-range-description', 'Which data the lists are made from')}
        value={jsonData.timeRangeForTags ?? PAGE_RANGE}
        options={[
          { value: PAGE_RANGE, label: t('traceatlas.datasource.config.page-range', 'Time range of the page') },
          ...TAG_RANGES.map((value) => ({ value, label: rangeLabel(value) })),
        ]}
        onChange={(value) => onChange({ timeRangeForTags: value === PAGE_RANGE ? undefined : value })}
      />
      <Field
        label={t('traceatlas.datasource.config.tag-limit', 'Tag limit')}
        description={t('traceatlas.datasource.config.tag-limit-description', 'Most names or values asked for at once')}
      >
        <Input
          id="tag-limit"
          type="number"
          min={1}
          width={WIDTH}
          value={jsonData.tagLimit ?? ''}
          placeholder={String(DEFAULT_TAG_LIMIT)}
          onChange={(event) => {
            const limit = event.currentTarget.valueAsNumber;
            onChange({ tagLimit: Number.isNaN(limit) ? undefined : limit });
          }}
        />
      </Field>
    </ConfigSubSection>
  );
}
