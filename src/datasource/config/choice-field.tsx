import React from 'react';
import { Combobox, Field } from '@grafana/ui';

const WIDTH = 40;

interface ChoiceFieldProps<T extends string | number> {
  id: string;
  label: string;
  description?: string;
  value: T;
  options: Array<{ value: T; label: string }>;
  onChange: (value: T) => void;
}

/** One of a few settings, with its label. */
export function ChoiceField<T extends string | number>({
  id,
  label,
  description,
  value,
  options,
  onChange,
}: ChoiceFieldProps<T>) {
  return (
    <Field label={label} description={description} htmlFor={id}>
      <Combobox<T>
        id={id}
        width={WIDTH}
        value={value}
        options={options}
        onChange={({ value: chosen }) => onChange(chosen)}
      />
    </Field>
  );
}
