import { type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { t } from '../../i18n/translate';
import { instantFrames, rangeFrames } from '../frames/metrics-frames';
import { parseInterval } from '../settings/parse-settings';
import { type RunContext, warning } from './context';
import { type NormalizedQuery } from './normalize-query';

export async function runMetrics(
  traceql: string,
  query: NormalizedQuery,
  { client, target, request }: RunContext,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  const isInstant = query.metricsQueryType === 'instant';
  const range = { start: request.range.from.valueOf() / 1000, end: request.range.to.valueOf() / 1000 };
  const response = isInstant
    ? await client.metricsInstant({ query: traceql, ...range }, signal)
    : await client.metricsRange(
        { query: traceql, ...range, step: stepSeconds(query.step), exemplars: query.exemplars },
        signal
      );
  const options = {
    refId: query.refId,
    target,
    executedQuery: traceql,
    isHistogram: /\|\s*histogram_over_time\s*\(/.test(traceql),
    notices: response.partial ? [...notices, warning(response.partial)] : notices,
  };
  return isInstant ? instantFrames(response, request.range.to.valueOf(), options) : rangeFrames(response, options);
}

/** s; undefined lets Tempo choose */
function stepSeconds(step: string | undefined): number | undefined {
  if (!step) {
    return undefined;
  }
  const ms = parseInterval(/^\d+(\.\d+)?$/.test(step.trim()) ? `${step.trim()}s` : step);
  if (ms === undefined || ms <= 0) {
    throw new Error(
      t(
        'traceatlas.datasource.errors.step',
        'The step "{{step}}" is not a duration. Write for example 30s, 5m or 1h, or leave it empty.',
        { step }
      )
    );
  }
  return ms / 1000;
}
