import React from 'react';
import { Button, Dropdown, Menu } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type Service } from '../../../servicegraph/model';
import { kindNames } from '../kind-names';
import { type SearchState } from '../search/search-state';

interface FilterMenuProps {
  service: Service;
  onSearch(search: SearchState): void;
  /** Takes this one service off the map */
  onHide(): void;
}

interface Field {
  label: string;
  /** As the map's search reads it */
  text: string;
}

function fieldsOf({ namespace, kind, labels = {} }: Service): Field[] {
  const dimensions = Object.entries(labels).map(([name, value]) => ({
    label: `${name}: ${value}`,
    text: `${name}=${JSON.stringify(value)}`,
  }));
  return [
    ...(namespace
      ? [
          {
            label: t('traceatlas.service-map.filter.namespace', 'Namespace {{namespace}}', { namespace }),
            text: `namespace=${JSON.stringify(namespace)}`,
          },
        ]
      : []),
    {
      label: t('traceatlas.service-map.filter.kind', 'Kind: {{kind}}', { kind: kindNames()[kind] }),
      text: `kind=${JSON.stringify(kind)}`,
    },
    ...dimensions,
  ];
}

/** Shows only what is like the service, or takes it off the map, by way of the map's search. */
export function FilterMenu({ service, onSearch, onHide }: FilterMenuProps) {
  const neighbours = JSON.stringify(service.name);
  const items = (mode: 'only' | 'except') =>
    fieldsOf(service).map(({ label, text }) => (
      <Menu.Item key={text} label={label} onClick={() => onSearch({ text, mode })} />
    ));
  const menu = () => (
    <Menu>
      <Menu.Group label={t('traceatlas.service-map.filter.only', 'Show only')}>
        <Menu.Item
          label={t('traceatlas.service-map.filter.callers', 'Callers of {{name}}', { name: service.name })}
          onClick={() => onSearch({ text: `calls=${neighbours}`, mode: 'only' })}
        />
        <Menu.Item
          label={t('traceatlas.service-map.filter.callees', 'What {{name}} calls', { name: service.name })}
          onClick={() => onSearch({ text: `calledBy=${neighbours}`, mode: 'only' })}
        />
        {items('only')}
      </Menu.Group>
      <Menu.Group label={t('traceatlas.service-map.filter.except', 'Exclude')}>
        <Menu.Item label={t('traceatlas.service-map.filter.this', 'This service')} icon="eye-slash" onClick={onHide} />
        {items('except')}
      </Menu.Group>
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-start">
      <Button size="sm" variant="secondary" icon="filter">
        {t('traceatlas.service-map.filter.button', 'Filter')}
      </Button>
    </Dropdown>
  );
}
