import { type AdHocVariableFilter } from '@grafana/data';
import { addCondition, classifyQuery } from '../../traceql/edit';
import { type TempoQuery } from '../types';
import { addAdHocRows, adHocConditions } from './ad-hoc-filters';
import { searchToTraceql } from '../../traceql/search-form';

function builderText({ filters = [], searchRest }: TempoQuery): string {
  return searchToTraceql({ filters, searchRest });
}

/** The query with the dashboard's filters in it, whatever its type. Needs the TraceQL parser, so load it lazily. */
export function addAdHocFilters(query: TempoQuery, filters: AdHocVariableFilter[]): TempoQuery {
  switch (query.queryType) {
    case 'serviceMap':
      return query;
    case 'traceqlSearch':
      // The rows are only the first of the query's spanset filters when something stands around them.
      return query.searchRest && adHocConditions(filters).length > 0
        ? addAdHocFilters({ ...query, queryType: 'traceql', query: builderText(query) }, filters)
        : addAdHocRows(query, filters);
    default: {
      const conditions = adHocConditions(filters);
      const isTraceId = classifyQuery(query.query ?? '') === 'traceId';
      return isTraceId || conditions.length === 0
        ? query
        : { ...query, query: addCondition(query.query ?? '', conditions.join(' && ')) };
    }
  }
}
