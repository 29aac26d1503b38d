import {
  CustomVariableSupport,
  createDataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  FieldType,
  LoadingState,
  type ScopedVars,
} from '@grafana/data';
import { from, map, type Observable } from 'rxjs';
import { type TagSource } from '../tags/tag-source';
import { VariableQueryEditor } from './lazy-variable-editor';
import { type TempoVariableQuery } from './variable-query';
import { VARIABLE_REF_ID, type VariableSource } from './variable-source';

interface VariableServices {
  tags: TagSource;
  interpolate: (text: string, scopedVars: ScopedVars) => string;
}

export class TempoVariableSupport extends CustomVariableSupport<VariableSource, TempoVariableQuery> {
  editor = VariableQueryEditor;

  constructor(private readonly services: VariableServices) {
    super();
  }

  override getDefaultQuery(): Partial<TempoVariableQuery> {
    return { refId: VARIABLE_REF_ID };
  }

  query(request: DataQueryRequest<TempoVariableQuery>): Observable<DataQueryResponse> {
    return from(this.values(request)).pipe(
      map((values) => ({
        state: LoadingState.Done,
        data: [
          createDataFrame({
            refId: request.targets[0]?.refId,
            fields: [
              { name: 'text', type: FieldType.string, values },
              { name: 'value', type: FieldType.string, values },
            ],
          }),
        ],
      }))
    );
  }

  private async values({ targets, range, scopedVars }: DataQueryRequest<TempoVariableQuery>): Promise<string[]> {
    const { valuesOfSavedQuery } = await import('./variable-values');
    const { tags, interpolate } = this.services;
    return valuesOfSavedQuery(targets[0], (text) => interpolate(text, scopedVars), tags, range);
  }
}
