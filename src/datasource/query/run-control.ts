import { type DataFrame, type QueryResultMetaNotice, type QueryResultMetaStat } from '@grafana/data';
import { t } from '../../i18n/translate';
import { type TempoClient } from '../../tempo/client';
import { browserPlatform } from '../../tempo/slices/browser-platform';
import { type RangeLimits } from '../../tempo/slices/range-limit';
import { type SlicedAnswer, type SliceOptions, type SliceProgress } from '../../tempo/slices/search-in-slices';
import { type RunContext } from './context';
import { progressMeta, progressText } from './slice-progress';
import { stoppableQuery } from './stoppable-queries';

/** How a runner is ended, and how it says what it has so far. */
export interface RunControl {
  /** Ends it without an answer. */
  signal: AbortSignal;
  /** Shows frames while the query goes on. */
  emit: (frames: DataFrame[]) => void;
}

/** What each Tempo allows, learnt from its refusals. */
const limitsOf = new WeakMap<TempoClient, RangeLimits>();

function rangeLimits(client: TempoClient): RangeLimits {
  const known = limitsOf.get(client) ?? {};
  limitsOf.set(client, known);
  return known;
}

interface SlicedRun<R> {
  refId: string;
  progressive: boolean;
  run: (
    options: SliceOptions,
    onAnswer: (found: SlicedAnswer<R>) => void
  ) => Promise<SlicedAnswer<R> & { error?: unknown }>;
  toFrames: (response: R, notices: QueryResultMetaNotice[]) => DataFrame[];
  /** Of the query itself */
  notices: QueryResultMetaNotice[];
  /** Of this way of running it */
  noticesOf?: (progress: SliceProgress) => QueryResultMetaNotice[];
}

/** Runs a query in slices: each answer is shown at once; an error leaves on screen what came before it. */
export async function runSliced<R>(
  { client, settings, request }: RunContext,
  { signal, emit }: RunControl,
  { refId, progressive, run, toFrames, notices, noticesOf }: SlicedRun<R>
): Promise<DataFrame[]> {
  const { stop, ended } = stoppableQuery(request.requestId, refId);
  const frames = ({ response, progress }: SlicedAnswer<R>) =>
    toFrames(response, [
      ...notices,
      ...(noticesOf?.(progress) ?? []),
      ...progressNotices(progress, request.timezone),
    ]).map((frame) => withProgress(frame, progress));
  try {
    const found = await run(
      {
        progressive,
        parallel: settings.progressive.parallel,
        limits: rangeLimits(client),
        platform: browserPlatform,
        signal,
        stop,
      },
      (soFar) => soFar.progress.share < 1 && emit(frames(soFar))
    );
    if ('error' in found) {
      if (found.progress.requests > 0) {
        emit(frames(found));
      }
      throw found.error;
    }
    return frames(found);
  } finally {
    ended();
  }
}

function withProgress(frame: DataFrame, progress: SliceProgress): DataFrame {
  return {
    ...frame,
    meta: { ...frame.meta, custom: { ...frame.meta?.custom, ...progressMeta(progress) }, stats: statsOf(progress) },
  };
}

function progressNotices(progress: SliceProgress, timeZone: string): QueryResultMetaNotice[] {
  const text = progressText(progress, timeZone);
  if (text === undefined) {
    return [];
  }
  const isCut = progress.state === 'stopped' || progress.state === 'failed';
  return [{ severity: isCut ? 'warning' : 'info', text }];
}

/** Shown by the inspector of a panel and of Explore. */
function statsOf({ metrics, requests, setbacks }: SliceProgress): QueryResultMetaStat[] {
  const stats: Array<[string, number | undefined, string]> = [
    [t('traceatlas.progress.stat-requests', 'Requests to Tempo'), requests, 'short'],
    [t('traceatlas.progress.stat-again', 'Requests sent again'), setbacks, 'short'],
    [t('traceatlas.progress.stat-bytes', 'Inspected data'), metrics.inspectedBytes, 'decbytes'],
    [t('traceatlas.progress.stat-traces', 'Inspected traces'), metrics.inspectedTraces, 'short'],
    [t('traceatlas.progress.stat-spans', 'Inspected spans'), metrics.inspectedSpans, 'short'],
  ];
  return stats.flatMap(([displayName, value, unit]) => (value === undefined ? [] : [{ displayName, value, unit }]));
}
