import { type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { t } from '../../i18n/translate';
import { readSpanLinkSettings } from '../../links/span-link-settings';
import { type Trace } from '../../trace/model';
import { runInSlices } from '../../trace/steps';
import { traceToFrameSteps } from '../../trace/to-frame';
import { withFurtherLinks } from '../frames/further-links';
import { withProfilesLink } from '../frames/profiles-link';
import { traceNodeGraphSteps } from '../frames/trace-node-graph';
import { type RunContext, warning } from './context';
import { type NormalizedQuery } from './normalize-query';
import { traceRange } from './time-range';

/** One trace. A trace that Tempo does not have is an error that says what to try. */
export async function runTrace(
  traceId: string,
  query: NormalizedQuery,
  context: RunContext,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  const shift = context.settings.traceTimeShift;
  const range = traceRange(context.request.range, shift);
  const { trace, found, partial } = await context.client.trace({ traceId, ...range }, signal);
  if (!found) {
    throw new Error(notFound(traceId, shift !== undefined));
  }
  return traceFrames({ trace, partial }, query, context, notices, signal);
}

/** What a trace is shown with, wherever it came from. */
export async function traceFrames(
  { trace, partial }: { trace: Trace; partial?: string },
  { refId }: Pick<NormalizedQuery, 'refId'>,
  {
    settings,
    dataSourceName,
    jsonData,
    linkedDataSource,
  }: Pick<RunContext, 'settings' | 'dataSourceName' | 'jsonData' | 'linkedDataSource'>,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  const frame = await runInSlices(traceToFrameSteps(trace, { refId, partial }), signal);
  const allNotices = partial === undefined ? notices : [...notices, warning(partial)];
  const withProfiles = withProfilesLink(
    { ...frame, meta: { ...frame.meta, notices: allNotices } },
    settings.traceToProfiles,
    dataSourceName
  );
  const traceFrame = withFurtherLinks(withProfiles, readSpanLinkSettings(jsonData), linkedDataSource);
  return settings.nodeGraphEnabled
    ? [traceFrame, ...(await runInSlices(traceNodeGraphSteps(trace, refId), signal))]
    : [traceFrame];
}

function notFound(traceId: string, inRange: boolean): string {
  return inRange
    ? t(
        'traceatlas.datasource.errors.trace-not-found-in-range',
        'Trace {{traceId}} was not found. The settings of this data source limit the lookup to the time range: choose a range that holds the trace, or switch "Use time range in query" off. A trace can also be too new to be found (wait some seconds) or already deleted.',
        { traceId }
      )
    : t(
        'traceatlas.datasource.errors.trace-not-found',
        'Trace {{traceId}} was not found. It can be too new (wait some seconds), already deleted by retention, never sampled, or belong to another tenant or data source.',
        { traceId }
      );
}
