import { VariableRefresh, VariableSort, VariableHide } from '@grafana/data';
import {
  ConstantVariable,
  CustomVariable,
  DataSourceVariable,
  IntervalVariable,
  QueryVariable,
  SceneVariableSet,
  type SceneVariable,
  TextBoxVariable,
} from '@grafana/scenes';
import { type VariableJson } from './dashboard-json';

/** The dashboard's variables. Kinds that the host does not know are left out. */
export function toVariableSet(list: VariableJson[]): SceneVariableSet {
  return new SceneVariableSet({
    variables: list.flatMap((json) => {
      const variable = toVariable(json);
      return variable ? [variable] : [];
    }),
  });
}

function toVariable(json: VariableJson): SceneVariable | undefined {
  const base = {
    name: json.name,
    label: json.label ?? undefined,
    description: json.description ?? undefined,
    hide: toHide(json.hide),
  };
  const { value, text } = json.current;
  const choice = {
    isMulti: json.multi,
    includeAll: json.includeAll,
    allValue: json.allValue ?? undefined,
    ...(value !== undefined && { value, text: text ?? value }),
  };
  const query = typeof json.query === 'string' ? json.query : (json.query.query ?? '');
  switch (json.type) {
    case 'datasource':
      return new DataSourceVariable({ ...base, ...choice, pluginId: query, regex: json.regex });
    case 'query':
      return new QueryVariable({
        ...base,
        ...choice,
        datasource: json.datasource ?? null,
        query: typeof json.query === 'string' ? json.query : { refId: json.name, ...json.query },
        definition: json.definition,
        regex: json.regex,
        sort: oneOf(SORTS, json.sort, VariableSort.disabled),
        refresh: oneOf(REFRESHES, json.refresh, VariableRefresh.onDashboardLoad),
      });
    case 'custom':
      return new CustomVariable({ ...base, ...choice, query });
    case 'interval':
      return new IntervalVariable({
        ...base,
        intervals: query.split(',').map((interval) => interval.trim()),
        autoEnabled: json.auto,
        autoMinInterval: json.auto_min,
        autoStepCount: json.auto_count,
        ...(typeof value === 'string' && { value }),
      });
    case 'textbox':
      return new TextBoxVariable({ ...base, value: typeof value === 'string' ? value : query });
    case 'constant':
      return new ConstantVariable({ ...base, value: query, hide: VariableHide.hideVariable });
    default:
      return undefined;
  }
}

const REFRESHES = [VariableRefresh.never, VariableRefresh.onDashboardLoad, VariableRefresh.onTimeRangeChanged] as const;
const SORTS = [
  VariableSort.disabled,
  VariableSort.alphabeticalAsc,
  VariableSort.alphabeticalDesc,
  VariableSort.numericalAsc,
  VariableSort.numericalDesc,
  VariableSort.alphabeticalCaseInsensitiveAsc,
  VariableSort.alphabeticalCaseInsensitiveDesc,
  VariableSort.naturalAsc,
  VariableSort.naturalDesc,
] as const;
const HIDES = [VariableHide.dontHide, VariableHide.hideLabel, VariableHide.hideVariable] as const;

const toHide = (hide: number) => oneOf(HIDES, hide, VariableHide.dontHide);

/** The member of a numeric enum that a number of the file stands for. */
function oneOf<T extends number>(members: readonly T[], value: unknown, fallback: T): T {
  return members.find((member) => member === value) ?? fallback;
}
