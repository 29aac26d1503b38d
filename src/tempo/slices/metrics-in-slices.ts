import { type TempoClient } from '../client';
import { type MetricsRequest, type MetricsResponse, type SearchMetrics } from '../types';
import { addMetrics } from './merge-traces';
import { runSlices } from './run-slices';
import { type SlicedAnswer, type SlicedFailure, type SliceOptions, type SliceProgress } from './search-in-slices';
import { SeriesStitcher } from './stitch-series';
import { type TimeSlice, TimeSlicer } from './time-slicer';

export interface SlicedMetricsRequest extends MetricsRequest {
  /** The function counts nothing as 0: rate, count, histogram and quantile do, the others leave out. */
  fillWithZero: boolean;
}

/** Charts of up to this length are one request. */
const FIRST_SLICE_SECONDS = 3600;
/** A slice is at least so many steps, as each costs two more on its borders. */
const FIRST_SLICE_STEPS = 12;
const MIN_SLICE_SECONDS = 60;
/** What Tempo gives when nobody says how many */
const DEFAULT_EXEMPLARS = 100;
/** A request is wider than its slice by a step on both sides, and Tempo rounds to whole steps. */
const BORDER_STEPS = 3;

/**
 * The step that Tempo takes for a range when nobody says one: s. A 240th of the range, rounded down to a multiple of the
 * coarsest of 1h, 5m, 1m, 15s, 5s, 1s that fits; below a minute multiples of 50 ms.
 */
export function defaultStep(rangeSeconds: number): number {
  const baseline = rangeSeconds / 240;
  if (rangeSeconds < 60) {
    return Math.max(1, Math.floor(baseline / 0.05)) / 20;
  }
  const unit = [3600, 300, 60, 15, 5, 1].find((seconds) => baseline > seconds) ?? 1;
  return Math.max(1, Math.floor(baseline / unit)) * unit;
}

/**
 * One range query of TraceQL metrics as many, newest first, cut on whole steps. A sample depends on the spans of its own step
 * only, so the samples side by side are those of one request. Versions of Tempo differ in which end of a step is its
 * stamp; a step more on both sides of each slice makes its own samples whole either way.
 * @param onAnswer called with all that is known so far each time a slice was answered, the last one too
 * @returns the result, with the error if it ended by one; rejects only when it was cancelled
 */
export async function metricsInSlices(
  metricsRange: TempoClient['metricsRange'],
  request: SlicedMetricsRequest,
  options: SliceOptions,
  onAnswer: (found: SlicedAnswer<MetricsResponse>) => void = () => undefined
): Promise<SlicedAnswer<MetricsResponse> | SlicedFailure<MetricsResponse>> {
  const { start, end, fillWithZero, exemplars, ...rest } = request;
  // All slices must have the same.
  const step = request.step ?? defaultStep(end - start);
  const { progressive, limits } = options;
  const widthFor = (maxSeconds: number) => maxSeconds - BORDER_STEPS * step;
  const firstWidth = Math.max(FIRST_SLICE_SECONDS, FIRST_SLICE_STEPS * step);
  const slicer = new TimeSlicer({
    start,
    end,
    unitSeconds: step,
    firstWidthSeconds: progressive ? firstWidth : end - start,
    minWidthSeconds: MIN_SLICE_SECONDS,
    maxWidthSeconds:
      limits.metricsSeconds !== undefined && limits.metricsSeconds < end - start
        ? widthFor(limits.metricsSeconds)
        : undefined,
  });
  // Tempo widens a range to whole steps.
  const firstStamp = Math.floor(start / step) * step;
  const stitcher = new SeriesStitcher();
  const partial = new Set<string>();
  /** Set when one request was enough: nothing to put together. */
  let whole: MetricsResponse | undefined;
  let metrics: SearchMetrics = {};
  let requests = 0;
  let setbacks = 0;

  const answerOf = (state: SliceProgress['state']): SlicedAnswer<MetricsResponse> => ({
    response: whole ?? {
      series: stitcher.series({
        // A series that was cut off is not 0.
        zeroStepMs: fillWithZero && partial.size === 0 ? Math.round(step * 1000) : undefined,
        maxExemplars: exemplars ?? DEFAULT_EXEMPLARS,
      }),
      metrics,
      ...(partial.size > 0 ? { partial: [...partial].join(' ') } : {}),
    },
    progress: {
      start,
      end,
      coveredFrom: slicer.coveredFrom,
      share: slicer.share,
      requests,
      setbacks,
      state,
      metrics,
    },
  });

  const ask = (slice: TimeSlice, signal: AbortSignal) =>
    metricsRange(
      {
        ...rest,
        start: wholeMs(Math.max(start, slice.start - step)),
        end: wholeMs(Math.min(end, slice.end + step)),
        step: slice.start === start && slice.end === end ? request.step : step,
        exemplars: exemplars && Math.ceil((exemplars * (slice.end - slice.start)) / (end - start)),
      },
      signal
    );

  try {
    const { stopped } = await runSlices({
      ...options,
      slicer,
      ask,
      widthFor,
      onAnswer: (answer, slice) => {
        stitcher.add(answer.series, {
          fromMs: Math.round((slice.start <= start ? firstStamp - step : slice.start) * 1000),
          toMs: slice.end >= end ? Number.POSITIVE_INFINITY : Math.round(slice.end * 1000),
        });
        if (answer.partial !== undefined) {
          partial.add(answer.partial);
        }
        whole = slice.start === start && slice.end === end ? answer : undefined;
        metrics = addMetrics(metrics, answer.metrics);
        requests++;
        onAnswer(answerOf('running'));
      },
      onSetback: () => setbacks++,
      onRangeLimit: (maxSeconds) => (limits.metricsSeconds = Math.min(maxSeconds, limits.metricsSeconds ?? maxSeconds)),
    });
    return answerOf(stopped ? 'stopped' : 'done');
  } catch (error) {
    if (options.signal.aborted) {
      throw error;
    }
    return { ...answerOf('failed'), error };
  }
}

function wholeMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
