import { type DataSourceApi, type QueryEditorProps } from '@grafana/data';
import { type TagSource } from '../tags/tag-source';
import { type TempoJsonData, type TempoQuery } from '../types';
import { type TempoVariableQuery } from './variable-query';

/** What the editor of a variable needs of the data source; the data source itself imports this folder. */
export interface VariableSource extends DataSourceApi<TempoQuery, TempoJsonData> {
  readonly tags: TagSource;
}

export type VariableEditorProps = QueryEditorProps<VariableSource, TempoQuery, TempoJsonData, TempoVariableQuery>;

/** Grafana's Tempo data source saves it with every variable. */
export const VARIABLE_REF_ID = 'TempoDatasourceVariableQueryEditor-VariableQuery';
