import React from 'react';
import { t } from '@grafana/i18n';
import { Button, Field, IconButton, Input, Stack } from '@grafana/ui';
import { type TagMapping } from '../types';

interface TagMappingsProps {
  label: string;
  description: string;
  tags: TagMapping[];
  onChange: (tags: TagMapping[]) => void;
}

/** Rows "attribute -> label in the other data source"; the second part may stay empty. */
export function TagMappings({ label, description, tags, onChange }: TagMappingsProps) {
  const replace = (index: number, patch: Partial<TagMapping>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...patch } : tag)));
  return (
    <Field label={label} description={description}>
      <Stack direction="column" gap={1}>
        {tags.map((tag, index) => (
          <Stack key={index} alignItems="center" gap={1}>
            <Input
              width={24}
              value={tag.key}
              aria-label={t('traceatlas.datasource.config.tag-key', 'Attribute')}
              placeholder="service.name"
              onChange={(event) => replace(index, { key: event.currentTarget.value })}
            />
            <Input
              width={24}
              value={tag.value ?? ''}
              aria-label={t('traceatlas.datasource.config.tag-value', 'Label')}
              placeholder={t('traceatlas.datasource.config.tag-value-placeholder', 'label, if it has another name')}
              onChange={(event) => replace(index, { value: event.currentTarget.value })}
            />
            <IconButton
              name="trash-alt"
              tooltip={t('traceatlas.datasource.config.remove-tag', 'Remove')}
              onClick={() => onChange(tags.filter((_tag, at) => at !== index))}
            />
          </Stack>
        ))}
        <div>
          <Button icon="plus" variant="secondary" onClick={() => onChange([...tags, { key: '' }])}>
            {t('traceatlas.datasource.config.add-tag', 'Add')}
          </Button>
        </div>
      </Stack>
    </Field>
  );
}
