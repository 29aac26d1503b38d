import React from 'react';
import { t } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';
import {
  MultiOrSingleValueSelect,
  MultiValueVariable,
  type MultiValueVariableState,
  type SceneComponentProps,
  type SceneVariable,
  SceneVariableSet,
} from '@grafana/scenes';
import { of } from 'rxjs';
import { VARIABLES } from '../constants';
import { dataSourceOptions, PROMQL_TYPES, TEMPO_TYPES } from './data-source-types';

interface DataSourceTypesVariableState extends MultiValueVariableState {
  /** Plugin ids, the preferred first. */
  types: readonly string[];
}

/** Like Scenes' DataSourceVariable, for more than one type of data source; its value is the uid. */
class DataSourceTypesVariable extends MultiValueVariable<DataSourceTypesVariableState> {
  static Component = ({ model }: SceneComponentProps<MultiValueVariable>) => <MultiOrSingleValueSelect model={model} />;

  constructor(state: Pick<DataSourceTypesVariableState, 'name' | 'label' | 'types'>) {
    super({ type: 'datasource', value: '', text: '', options: [], skipUrlSync: false, ...state });
  }

  getValueOptions() {
    return of(dataSourceOptions(getDataSourceSrv().getList({ all: true }), this.state.types));
  }
}

function tempoVariable() {
  return new DataSourceTypesVariable({
    name: VARIABLES.tempo,
    label: t('traceatlas.variables.tempo', 'Traces'),
    types: TEMPO_TYPES,
  });
}

function prometheusVariable() {
  return new DataSourceTypesVariable({
    name: VARIABLES.prometheus,
    label: t('traceatlas.variables.prometheus', 'Metrics'),
    types: PROMQL_TYPES,
  });
}

export function dataSourceVariables(...more: SceneVariable[]) {
  return new SceneVariableSet({ variables: [tempoVariable(), prometheusVariable(), ...more] });
}
