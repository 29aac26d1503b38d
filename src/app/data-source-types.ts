import { type DataSourceInstanceSettings } from '@grafana/data';
import { CORE_TEMPO_ID, DATASOURCE_ID } from '../constants';

export { PROMQL_DATASOURCE_IDS as PROMQL_TYPES } from '../constants';

/** Data sources that answer Tempo queries, the preferred one first. */
export const TEMPO_TYPES: readonly string[] = [DATASOURCE_ID, CORE_TEMPO_ID];

type Candidate = Pick<DataSourceInstanceSettings, 'uid' | 'name' | 'type' | 'isDefault'>;

export interface DataSourceOption {
  label: string;
  value: string;
}

/** Data sources of the given types: first by the order of `types`, then the default one, then by name. */
export function dataSourceOptions(candidates: Candidate[], types: readonly string[]): DataSourceOption[] {
  return candidates
    .filter(({ type }) => types.includes(type))
    .sort(
      (a, b) =>
        types.indexOf(a.type) - types.indexOf(b.type) ||
        Number(b.isDefault) - Number(a.isDefault) ||
        a.name.localeCompare(b.name)
    )
    .map(({ name, uid }) => ({ label: name, value: uid }));
}
