import React, { type ReactNode } from 'react';
import { ConfigSubSection } from '@grafana/plugin-ui';
import { Button, Field, Input } from '@grafana/ui';
import { t } from '../../i18n/translate';

interface Target {
  name?: string;
}

interface FurtherTargetsProps<T extends Target> {
  id: string;
  addLabel: string;
  targets: T[];
  create: () => T;
  onChange: (targets: T[] | undefined) => void;
  children: (target: T, update: (patch: Partial<T>) => void, id: string) => ReactNode;
}

/** Targets beyond the first, each with a name for its link; Grafana's own data source has only one. */
export function FurtherTargets<T extends Target>({
  id,
  addLabel,
  targets,
  create,
  onChange,
  children,
}: FurtherTargetsProps<T>) {
  return (
    <>
      {targets.map((target, index) => {
        const update = (patch: Partial<T>) =>
          onChange(targets.map((other, at) => (at === index ? { ...other, ...patch } : other)));
        const targetId = `${id}-${index}`;
        return (
          <ConfigSubSection
            key={index}
            title={
              target.name ||
              t('traceatlas.datasource.config.further-target', 'Target {{number}}', { number: index + 2 })
            }
          >
            <Field
              label={t('traceatlas.datasource.config.target-name', 'Name of the link')}
              description={t('traceatlas.datasource.config.target-name-description', 'Shown on every span')}
            >
              <Input
                id={`${targetId}-name`}
                width={40}
                value={target.name ?? ''}
                onChange={(event) => {
                  const name: Partial<Target> = { name: event.currentTarget.value };
                  onChange(targets.map((other, at) => (at === index ? { ...other, ...name } : other)));
                }}
              />
            </Field>
            {children(target, update, targetId)}
            <Button
              icon="trash-alt"
              variant="secondary"
              onClick={() => {
                const rest = targets.filter((_target, at) => at !== index);
                onChange(rest.length > 0 ? rest : undefined);
              }}
            >
              {t('traceatlas.datasource.config.remove-target', 'Remove {{name}}', {
                name: target.name || String(index + 2),
              })}
            </Button>
          </ConfigSubSection>
        );
      })}
      <div>
        <Button icon="plus" variant="secondary" onClick={() => onChange([...targets, create()])}>
          {addLabel}
        </Button>
      </div>
    </>
  );
}
