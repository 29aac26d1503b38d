import React from 'react';
import { t } from '@grafana/i18n';
import { Field, Input } from '@grafana/ui';
import { parseInterval } from '../settings/parse-settings';

interface IntervalFieldProps {
  id: string;
  label: string;
  description: string;
  value: string | undefined;
  placeholder: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** A duration such as `30m` or `-1h`; anything else is marked, and kept so that it can be corrected. */
export function IntervalField({ id, label, description, value, placeholder, disabled, onChange }: IntervalFieldProps) {
  const invalid = Boolean(value) && value !== '0' && parseInterval(value ?? '') === undefined;
  return (
    <Field
      label={label}
      description={description}
      disabled={disabled}
      invalid={invalid}
      error={t('traceatlas.datasource.config.bad-interval', 'Write a number and a unit, for example 30s, 5m or -1h')}
    >
      <Input
        id={id}
        width={40}
        value={value ?? ''}
        placeholder={placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}
