import React from 'react';
import { type DataSourcePluginOptionsEditorProps } from '@grafana/data';
import { DataSourcePicker } from '@grafana/runtime';
import { Button, Field, FieldSet, Input, Stack } from '@grafana/ui';
import { type ExemplarDestination, type PrometheusOptions } from './model';

type Props = DataSourcePluginOptionsEditorProps<PrometheusOptions>;

/** Address, scrape interval and exemplar destinations: what the workbench needs of Grafana's page. */
export function PrometheusConfigEditor({ options, onOptionsChange }: Props) {
  const { jsonData } = options;
  const setJsonData = (change: Partial<PrometheusOptions>) =>
    onOptionsChange({ ...options, jsonData: { ...jsonData, ...change } });
  const destinations = jsonData.exemplarTraceIdDestinations ?? [];
  const setDestination = (index: number, change: Partial<ExemplarDestination>) =>
    setJsonData({
      exemplarTraceIdDestinations: destinations.map((each, at) => (at === index ? { ...each, ...change } : each)),
    });
  return (
    <>
      <FieldSet label="Connection">
        <Field label="Prometheus server URL" noMargin>
          <Input
            width={50}
            value={options.url}
            placeholder="http://localhost:9090"
            disabled={options.readOnly}
            onChange={(event) => onOptionsChange({ ...options, url: event.currentTarget.value })}
          />
        </Field>
      </FieldSet>
      <FieldSet label="Interval behaviour">
        <Field label="Scrape interval" noMargin>
          <Input
            width={20}
            value={jsonData.timeInterval ?? ''}
            placeholder="15s"
            disabled={options.readOnly}
            onChange={(event) => setJsonData({ timeInterval: event.currentTarget.value })}
          />
        </Field>
      </FieldSet>
      <FieldSet label="Exemplars">
        <Stack direction="column" gap={2}>
          {destinations.map((destination, index) => (
            <Stack key={index} direction="row" gap={1} alignItems="flex-end">
              <Field label="Label name" noMargin>
                <Input
                  value={destination.name}
                  disabled={options.readOnly}
                  onChange={(event) => setDestination(index, { name: event.currentTarget.value })}
                />
              </Field>
              <Field label="Data source" noMargin>
                <DataSourcePicker
                  tracing
                  noDefault
                  current={destination.datasourceUid}
                  onChange={({ uid }) => setDestination(index, { datasourceUid: uid })}
                />
              </Field>
              <Field label="URL" noMargin>
                <Input
                  value={destination.url ?? ''}
                  disabled={options.readOnly}
                  onChange={(event) => setDestination(index, { url: event.currentTarget.value })}
                />
              </Field>
              <Button
                variant="destructive"
                fill="text"
                icon="trash-alt"
                aria-label="Remove exemplar link"
                disabled={options.readOnly}
                onClick={() =>
                  setJsonData({ exemplarTraceIdDestinations: destinations.filter((_each, at) => at !== index) })
                }
              />
            </Stack>
          ))}
          <Button
            variant="secondary"
            icon="plus"
            disabled={options.readOnly}
            onClick={() => setJsonData({ exemplarTraceIdDestinations: [...destinations, { name: 'traceID' }] })}
          >
            Add
          </Button>
        </Stack>
      </FieldSet>
    </>
  );
}
