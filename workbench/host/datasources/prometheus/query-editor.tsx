import React, { type KeyboardEvent } from 'react';
import { type QueryEditorProps } from '@grafana/data';
import { Combobox, InlineField, InlineSwitch, Input, Stack, TextArea } from '@grafana/ui';
import { type PrometheusDataSource } from './data-source';
import { type PrometheusFormat, type PrometheusOptions, type PrometheusQuery } from './model';

type Props = QueryEditorProps<PrometheusDataSource, PrometheusQuery, PrometheusOptions>;
type ResultKind = 'range' | 'instant' | 'both';

const FORMATS: Array<{ label: string; value: PrometheusFormat }> = [
  { label: 'Time series', value: 'time_series' },
  { label: 'Table', value: 'table' },
  { label: 'Heatmap', value: 'heatmap' },
];
const KINDS: Array<{ label: string; value: ResultKind }> = [
  { label: 'Range', value: 'range' },
  { label: 'Instant', value: 'instant' },
  { label: 'Both', value: 'both' },
];

/** PromQL as text with the options of Grafana's editor. */
export function PrometheusQueryEditor({ query, onChange, onRunQuery }: Props) {
  const runOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRunQuery();
    }
  };
  const apply = (change: Partial<PrometheusQuery>) => {
    onChange({ ...query, ...change });
    onRunQuery();
  };
  const kind: ResultKind = query.instant ? (query.range ? 'both' : 'instant') : 'range';
  const id = (name: string) => `prometheus-${query.refId}-${name}`;
  return (
    <Stack direction="column" gap={1}>
      <TextArea
        aria-label="PromQL query"
        placeholder="PromQL, run with Shift+Enter"
        rows={2}
        value={query.expr ?? ''}
        onChange={(event) => onChange({ ...query, expr: event.currentTarget.value })}
        onKeyDown={runOnEnter}
        onBlur={onRunQuery}
      />
      <Stack direction="row" gap={1} wrap="wrap">
        <InlineField label="Legend" htmlFor={id('legend')}>
          <Input
            id={id('legend')}
            placeholder="{{label}}"
            value={query.legendFormat ?? ''}
            onChange={(event) => onChange({ ...query, legendFormat: event.currentTarget.value })}
            onBlur={onRunQuery}
          />
        </InlineField>
        <InlineField label="Min step" htmlFor={id('interval')}>
          <Input
            id={id('interval')}
            width={10}
            placeholder="auto"
            value={query.interval ?? ''}
            onChange={(event) => onChange({ ...query, interval: event.currentTarget.value })}
            onBlur={onRunQuery}
          />
        </InlineField>
        <InlineField label="Format" htmlFor={id('format')}>
          <Combobox
            id={id('format')}
            width={16}
            options={FORMATS}
            value={query.format ?? 'time_series'}
            onChange={({ value }) => apply({ format: value })}
          />
        </InlineField>
        <InlineField label="Type" htmlFor={id('type')}>
          <Combobox
            id={id('type')}
            width={12}
            options={KINDS}
            value={kind}
            onChange={({ value }) => apply({ range: value !== 'instant', instant: value !== 'range' })}
          />
        </InlineField>
        <InlineField label="Exemplars" htmlFor={id('exemplars')}>
          <InlineSwitch
            id={id('exemplars')}
            value={query.exemplar ?? false}
            onChange={(event) => apply({ exemplar: event.currentTarget.checked })}
          />
        </InlineField>
      </Stack>
    </Stack>
  );
}
