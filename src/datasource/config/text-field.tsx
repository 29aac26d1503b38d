import React from 'react';
import { Field } from '@grafana/ui';
import { CommitInput } from '../editor/commit-input';

const WIDTH = 40;

interface TextFieldProps {
  id: string;
  label: string;
  description?: string;
  value: string | undefined;
  placeholder: string;
  /** What is wrong with a text, which is then not taken */
  problemOf: (text: string) => string | undefined;
  onChange: (value: string) => void;
}

/** A setting that is checked and taken when its field is left, with its label. */
export function TextField({ id, label, description, value, placeholder, problemOf, onChange }: TextFieldProps) {
  return (
    <Field label={label} description={description} htmlFor={id}>
      <CommitInput
        id={id}
        width={WIDTH}
        value={value ?? ''}
        placeholder={placeholder}
        problemOf={problemOf}
        onCommit={(text) => onChange(text.trim())}
      />
    </Field>
  );
}
