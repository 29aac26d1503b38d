import { createDataFrame, type DataFrame, type Field, type FieldConfig, FieldType } from '@grafana/data';
import { t } from '../../i18n/translate';
import { type Trace } from '../../trace/model';
import { serviceNameOf } from '../../trace/service-name';
import { traceSummary } from '../../trace/summary';
import { type TempoQuery } from '../types';
import { type LinkTarget } from './trace-links';

/** The traces of a file, newest first; the id of each opens it. */
export function traceListFrame(
  traces: readonly Trace[],
  { refId, target, importId }: { refId: string; target: LinkTarget; importId: string }
): DataFrame {
  const rows = traces.map((trace) => ({ trace, ...traceSummary(trace) })).sort((a, b) => b.startMs - a.startMs);
  const query: TempoQuery = { refId: 'A', queryType: 'upload', importId, importTraceId: '${__value.raw}' };
  const link = {
    title: t('traceatlas.datasource.import.open-trace', 'Open trace'),
    url: '',
    internal: { datasourceUid: target.uid, datasourceName: target.name, query },
  };
  const field = (
    name: string,
    type: FieldType,
    displayName: string,
    values: unknown[],
    config: FieldConfig = {}
  ): Field => ({
    name,
    type,
    values,
    config: { ...config, displayName },
  });
  return createDataFrame({
    name: 'Traces',
    refId,
    meta: { preferredVisualisationType: 'table', uniqueRowIdFields: [0] },
    fields: [
      field(
        'traceID',
        FieldType.string,
        t('traceatlas.datasource.search.trace-id', 'Trace ID'),
        rows.map(({ trace }) => trace.traceId),
        { unit: 'string', links: [link] }
      ),
      field(
        'startTime',
        FieldType.time,
        t('traceatlas.datasource.search.start-time', 'Start time'),
        rows.map(({ startMs }) => startMs)
      ),
      field(
        'traceService',
        FieldType.string,
        t('traceatlas.datasource.search.service', 'Service'),
        rows.map(({ root }) => (root ? serviceNameOf(root) : ''))
      ),
      field(
        'traceName',
        FieldType.string,
        t('traceatlas.datasource.search.name', 'Name'),
        rows.map(({ root }) => root?.name ?? '')
      ),
      field(
        'traceDuration',
        FieldType.number,
        t('traceatlas.datasource.search.duration', 'Duration'),
        rows.map(({ durationMs }) => durationMs),
        { unit: 'ms' }
      ),
      field(
        'spanCount',
        FieldType.number,
        t('traceatlas.datasource.search.span-count', 'Spans'),
        rows.map(({ trace }) => trace.spans.length)
      ),
    ],
  });
}
