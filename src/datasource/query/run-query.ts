import { type DataFrame } from '@grafana/data';
import { queryKind } from './query-kind';
import { type ServiceMapContext, runServiceMap } from './run-service-map';
import { warning } from './context';
import { normalizeQuery } from './normalize-query';
import { type RunControl } from './run-control';
import { runMetrics } from './run-metrics';
import { runSearch } from './run-search';
import { runTrace } from './run-trace';
import { runUpload } from './run-upload';
import { searchToTraceql } from '../../traceql/search-form';
import { type TempoQuery } from '../types';

/**
 * Answers one query of any type, with its variables filled in. Rejects with an error whose message is for people.
 * @param emit called with what there is so far, while the query goes on
 */
export async function runQuery(
  saved: TempoQuery,
  context: ServiceMapContext,
  signal: AbortSignal,
  emit: RunControl['emit'] = () => undefined
): Promise<DataFrame[]> {
  const control = { signal, emit };
  const { query, problems } = normalizeQuery(saved);
  const notices = problems.map(warning);
  switch (query.queryType) {
    case 'serviceMap':
      return runServiceMap(query, context, notices, signal);
    case 'upload':
      return runUpload(query, context, notices, signal);
    case 'traceqlSearch':
      return runText(searchToTraceql(query));
    default:
      return runText(query.query.trim());
  }

  function runText(text: string): Promise<DataFrame[]> {
    switch (queryKind(text)) {
      case 'traceId':
        return runTrace(text, query, context, notices, signal);
      case 'metrics':
        return runMetrics(text, query, context, notices, control);
      default:
        return runSearch(text, query, context, notices, control);
    }
  }
}
