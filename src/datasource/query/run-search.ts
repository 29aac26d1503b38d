import { type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { rawResponse, spanTable, traceTable } from '../frames/search-frames';
import { type RunContext, warning } from './context';
import { type NormalizedQuery } from './normalize-query';
import { toSeconds } from './time-range';

export async function runSearch(
  traceql: string,
  query: NormalizedQuery,
  { client, target, request }: RunContext,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  const response = await client.search(
    { query: traceql, limit: query.limit, spansPerSpanSet: query.spss, ...toSeconds(request.range) },
    signal
  );
  const options = {
    refId: query.refId,
    target,
    executedQuery: traceql,
    notices: response.partial ? [...notices, warning(response.partial)] : notices,
  };
  switch (query.tableType) {
    case 'spans':
      return [spanTable(response, options)];
    case 'raw':
      return [rawResponse(response, options)];
    default:
      return [traceTable(response, options)];
  }
}
