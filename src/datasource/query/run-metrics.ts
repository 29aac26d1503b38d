import { CoreApp, type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { t } from '../../i18n/translate';
import { TempoError } from '../../tempo/error';
import { browserPlatform } from '../../tempo/slices/browser-platform';
import { metricsInSlices } from '../../tempo/slices/metrics-in-slices';
import { withRetry } from '../../tempo/slices/retry';
import { type MetricsResponse } from '../../tempo/types';
import { instantFrames, instantTable, type MetricsFrameOptions, rangeFrames } from '../frames/metrics-frames';
import { parseInterval } from '../settings/parse-settings';
import { type RunContext, warning } from './context';
import { metricsShape, type MetricsShape } from './metrics-shape';
import { type NormalizedQuery } from './normalize-query';
import { type RunControl, runSliced } from './run-control';

export async function runMetrics(
  traceql: string,
  query: NormalizedQuery,
  context: RunContext,
  notices: QueryResultMetaNotice[],
  control: RunControl
): Promise<DataFrame[]> {
  const shape = metricsShape(traceql);
  const optionsFor = (response: MetricsResponse, all: QueryResultMetaNotice[]): MetricsFrameOptions => ({
    refId: query.refId,
    target: context.target,
    executedQuery: traceql,
    isHistogram: shape.isHistogram,
    isDuration: shape.isDuration,
    notices: response.partial ? [...all, warning(response.partial)] : all,
  });
  const range = secondsOf(context.request.range);
  if (query.metricsQueryType === 'instant') {
    const response = await wholeRange(
      () => context.client.metricsInstant({ query: traceql, ...range }, control.signal),
      instantTooLong,
      control.signal
    );
    // Explore would put the series side by side in one row.
    const toFrames = context.request.app === CoreApp.Explore ? instantTable : instantFrames;
    return toFrames(response, context.request.range.to.valueOf(), optionsFor(response, notices));
  }
  const step = stepSeconds(query.step);
  if (shape.stitching === 'never') {
    const asked = { query: traceql, ...range, step, exemplars: query.exemplars };
    const response = await wholeRange(
      () => context.client.metricsRange(asked, control.signal),
      compareTooLong,
      control.signal
    );
    return rangeFrames(response, optionsFor(response, notices));
  }
  return runSliced<MetricsResponse>(context, control, {
    refId: query.refId,
    progressive: context.settings.progressive.metrics && shape.stitching === 'exact',
    notices,
    run: (options, onAnswer) =>
      metricsInSlices(
        context.client.metricsRange,
        {
          query: traceql,
          ...range,
          step,
          exemplars: query.exemplars,
          fillWithZero: shape.fillWithZero,
        },
        options,
        onAnswer
      ),
    toFrames: (response, all) => rangeFrames(response, optionsFor(response, all)),
    noticesOf: ({ requests }) => (requests > 1 ? stitchNotices(shape) : []),
  });
}

function stitchNotices({ stitching }: MetricsShape): QueryResultMetaNotice[] {
  return stitching === 'lossy' ? [warning(lossyText())] : [];
}

/** A query that cannot be put together from parts. */
async function wholeRange<T>(
  ask: () => Promise<T>,
  tooLong: (hours: number) => string,
  signal: AbortSignal
): Promise<T> {
  try {
    return await withRetry(ask, browserPlatform, signal);
  } catch (error) {
    if (error instanceof TempoError && error.maxRangeSeconds !== undefined) {
      const { kind, status, detail, maxRangeSeconds } = error;
      throw new TempoError(kind, tooLong(maxRangeSeconds / 3600), { status, detail, maxRangeSeconds, cause: error });
    }
    throw error;
  }
}

/** Fractions of a second are exact to the ms: Tempo takes them for metrics. An end at the start is no range. */
function secondsOf({ from, to }: RunContext['request']['range']): { start: number; end: number } {
  const start = from.valueOf() / 1000;
  return { start, end: Math.max(to.valueOf() / 1000, start + 1) };
}

function instantTooLong(hours: number): string {
  return t(
    'traceatlas.datasource.errors.instant-too-long',
    'Tempo allows a time range of at most {{hours}} hours for an instant value, and one value cannot be put together from parts. Choose a shorter time range, or the type "Range".',
    { hours }
  );
}

function compareTooLong(hours: number): string {
  return t(
    'traceatlas.datasource.errors.compare-too-long',
    'Tempo allows a time range of at most {{hours}} hours, and compare() ranks attributes over the whole range, so it cannot be put together from parts. Choose a shorter time range.',
    { hours }
  );
}

function lossyText(): string {
  return t(
    'traceatlas.datasource.metrics.lossy',
    'The range is longer than Tempo allows for one request and was put together from parts. A series without any span in a part is left out there, where one request would count it as 0 in comparisons, bottomk() and arithmetic.'
  );
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
