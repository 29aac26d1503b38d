import React from 'react';
import { type DataSourceInstanceSettings } from '@grafana/data';
import { t } from '@grafana/i18n';
import { DataSourcePicker } from '@grafana/runtime';
import { Button, Field, Stack } from '@grafana/ui';

interface DataSourceFieldProps {
  inputId: string;
  label: string;
  description?: string;
  uid: string | undefined;
  filter: (dataSource: DataSourceInstanceSettings) => boolean;
  onChange: (uid: string | undefined) => void;
}

const WIDTH = 40;

export function DataSourceField({ inputId, label, description, uid, filter, onChange }: DataSourceFieldProps) {
  return (
    <Field label={label} description={description} htmlFor={inputId}>
      <Stack>
        <DataSourcePicker
          inputId={inputId}
          current={uid ?? null}
          noDefault
          width={WIDTH}
          filter={filter}
          onChange={(dataSource) => onChange(dataSource.uid)}
        />
        {uid && (
          <Button variant="secondary" fill="text" onClick={() => onChange(undefined)}>
            {t('traceatlas.datasource.config.clear', 'Clear')}
          </Button>
        )}
      </Stack>
    </Field>
  );
}
