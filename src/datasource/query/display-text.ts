import { t } from '@grafana/i18n';
import { type TempoQuery } from '../types';
import { normalizeQuery } from './normalize-query';
import { searchToTraceql } from '../../traceql/search-form';

/** One line for the query history and for closed query rows. */
export function queryDisplayText(saved: TempoQuery): string {
  const { query } = normalizeQuery(saved);
  switch (query.queryType) {
    case 'traceqlSearch':
      return searchToTraceql(query);
    case 'serviceMap':
      return [t('traceatlas.datasource.service-graph', 'Service graph'), ...query.serviceMapQueries].join(' ');
    default:
      return query.query;
  }
}
