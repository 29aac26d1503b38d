import { type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { searchInSlices } from '../../tempo/slices/search-in-slices';
import { type SearchResponse } from '../../tempo/types';
import { rawResponse, spanTable, traceTable } from '../frames/search-frames';
import { type RunContext, warning } from './context';
import { type NormalizedQuery } from './normalize-query';
import { type RunControl, runSliced } from './run-control';
import { toSeconds } from './time-range';

export function runSearch(
  traceql: string,
  query: NormalizedQuery,
  context: RunContext,
  notices: QueryResultMetaNotice[],
  control: RunControl
): Promise<DataFrame[]> {
  const { client, target, request, settings } = context;
  return runSliced<SearchResponse>(context, control, {
    refId: query.refId,
    progressive: settings.progressive.search,
    notices,
    run: (options, onAnswer) =>
      searchInSlices(
        client.search,
        { query: traceql, limit: query.limit, spansPerSpanSet: query.spss, ...toSeconds(request.range) },
        options,
        onAnswer
      ),
    toFrames: (response, allNotices) => {
      const options = {
        refId: query.refId,
        target,
        executedQuery: traceql,
        notices: response.partial ? [...allNotices, warning(response.partial)] : allNotices,
      };
      switch (query.tableType) {
        case 'spans':
          return [spanTable(response, options)];
        case 'raw':
          return [rawResponse(response, options)];
        default:
          return [traceTable(response, options)];
      }
    },
  });
}
