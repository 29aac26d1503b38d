import { type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { t } from '../../i18n/translate';
import { type GraphOfFile, type TracesOfFile } from '../../tempo/files/read-trace-file';
import { normalizeTraceId } from '../../trace/ids';
import { traceListFrame } from '../frames/trace-list-frame';
import { parsedImport } from '../imports/parsed-import';
import { type RunContext, warning } from './context';
import { type NormalizedQuery } from './normalize-query';
import { traceFrames } from './run-trace';

/** The trace, the list of traces, or the service graph of a file that was imported on this computer. */
export async function runUpload(
  query: NormalizedQuery,
  context: RunContext,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  if (query.importId === undefined) {
    return [];
  }
  const found = await parsedImport(query.importId, signal);
  if (!found) {
    throw new Error(
      t(
        'traceatlas.datasource.errors.import-gone',
        'The imported file is not on this computer: files stay in the browser they were imported in. Choose "Import trace" and select the file.'
      )
    );
  }
  return found.file.type === 'graph'
    ? graphFrames(found.file, query.refId, notices)
    : tracesFrames(found.file, query, context, notices, signal);
}

async function tracesFrames(
  { traces, partial }: TracesOfFile,
  query: NormalizedQuery,
  context: RunContext,
  notices: QueryResultMetaNotice[],
  signal: AbortSignal
): Promise<DataFrame[]> {
  const wanted = query.importTraceId ?? '';
  const traceId = normalizeTraceId(wanted);
  const trace = traces.length === 1 && wanted === '' ? traces[0] : traces.find((one) => one.traceId === traceId);
  if (trace) {
    return traceFrames({ trace, partial }, query, context, notices, signal);
  }
  const list = traceListFrame(traces, { refId: query.refId, target: context.target, importId: query.importId ?? '' });
  const missing =
    wanted === ''
      ? []
      : [
          warning(
            t('traceatlas.datasource.import.not-in-file', 'Trace {{traceId}} is not in the imported file.', {
              traceId: wanted,
            })
          ),
        ];
  return [{ ...list, meta: { ...list.meta, notices: [...notices, ...missing] } }];
}

function graphFrames(
  { frames, droppedEdges }: GraphOfFile,
  refId: string,
  notices: QueryResultMetaNotice[]
): DataFrame[] {
  const dropped =
    droppedEdges > 0
      ? [
          warning(
            t(
              'traceatlas.datasource.import.dropped-edges',
              '{{count}} calls of the file were left out: they name services that are not in it.',
              { count: droppedEdges }
            )
          ),
        ]
      : [];
  return frames.map((frame) => ({ ...frame, refId, meta: { ...frame.meta, notices: [...notices, ...dropped] } }));
}
