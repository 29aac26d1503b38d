/** Everything that needs the TraceQL parser or texts: one chunk, which the data source loads while Grafana starts to use it. */
import { type AdHocVariableFilter, type DataQueryResponse } from '@grafana/data';
import { type Observable } from 'rxjs';
import { type TempoQuery } from '../types';
import { addAdHocFilters } from './add-ad-hoc-filters';
import { queryDisplayText } from './display-text';
import { runQuery } from './run-query';
import { type ServiceMapContext } from './run-service-map';
import { runTargets } from './run-targets';

export { addAdHocFilters, queryDisplayText };

/** Answers all queries, with the dashboard's filters in each; their variables are filled in already. */
export function runQueries(
  queries: TempoQuery[],
  filters: AdHocVariableFilter[],
  context: ServiceMapContext
): Observable<DataQueryResponse> {
  return runTargets(queries, (query, signal, emit) => runQuery(addAdHocFilters(query, filters), context, signal, emit));
}
