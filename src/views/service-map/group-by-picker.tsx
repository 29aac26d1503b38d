import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { Combobox, type ComboboxOption } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { GROUP_BY, groupLabelsOf, isGroupLabel } from '../../servicegraph/group-by';
import { type ServiceGraph } from '../../servicegraph/model';
import { testIds } from '../../test-ids';

interface GroupByPickerProps {
  graph: ServiceGraph;
  groupBy?: string;
  onGroupBy(groupBy: string): void;
}

function labelOption(label: string): ComboboxOption {
  return label === GROUP_BY.namespace
    ? { value: label, label: t('traceatlas.service-map.group-by.namespace', 'Group: namespace') }
    : { value: label, label: t('traceatlas.service-map.group-by.label', 'Group: {{label}}', { label }) };
}

/** The chosen label is offered also where no service has it, so that it can be seen what is chosen. */
function optionsOf(graph: ServiceGraph, groupBy: string): ComboboxOption[] {
  const labels = new Set([GROUP_BY.namespace, ...groupLabelsOf(graph), ...(isGroupLabel(groupBy) ? [groupBy] : [])]);
  return [
    {
      value: GROUP_BY.auto,
      label: t('traceatlas.service-map.group-by.auto', 'Group: automatic'),
      description: t('traceatlas.service-map.group-by.auto-description', 'Large maps, where it helps'),
    },
    { value: GROUP_BY.none, label: t('traceatlas.service-map.group-by.none', 'Don’t group') },
    ...[...labels].map(labelOption),
    {
      value: GROUP_BY.calls,
      label: t('traceatlas.service-map.group-by.calls', 'Group: who calls whom'),
      description: t('traceatlas.service-map.group-by.calls-description', 'Large maps only'),
    },
  ];
}

/** What makes the boxes of the map; the name of any label can be typed. */
export function GroupByPicker({ graph, groupBy = GROUP_BY.auto, onGroupBy }: GroupByPickerProps) {
  const options = useMemo(() => optionsOf(graph, groupBy), [graph, groupBy]);
  return (
    <div className={styles.picker} data-testid={testIds.serviceMap.groupBy}>
      <Combobox
        aria-label={t('traceatlas.service-map.group-by', 'Group services by')}
        options={options}
        value={groupBy}
        createCustomValue
        onChange={({ value }) => onGroupBy(value.trim() || GROUP_BY.auto)}
      />
    </div>
  );
}

const styles = {
  picker: css({ width: 170 }),
};
