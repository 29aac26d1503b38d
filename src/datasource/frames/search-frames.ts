import { createDataFrame, type DataFrame, FieldType, MappingType, type QueryResultMetaNotice } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SearchResponse, type SearchSpan, type SpanSet, type TraceSearchResult } from '../../tempo/types';
import { attributeColumns } from './attribute-columns';
import { type LinkTarget, traceLink } from './trace-links';

export interface SearchFrameOptions {
  refId: string;
  target: LinkTarget;
  notices: QueryResultMetaNotice[];
  /** The query text, shown by the query inspector */
  executedQuery: string;
}

const NS_PER_MS = BigInt(1_000_000);
const TRACE_COLUMN_WIDTH = 200;

/** One row for each trace, newest first; its span sets are tables inside the row. Durations: ms of traces, ns of spans. */
export function traceTable({ traces }: SearchResponse, options: SearchFrameOptions): DataFrame {
  const rows = [...traces].sort(newestFirst);
  const names = spanColumnNames();
  const nested = rows.map((trace) =>
    trace.spanSets.map((spanSet) => knownSpanSetTable(trace, spanSet, options, names))
  );
  return createDataFrame({
    name: 'Traces',
    refId: options.refId,
    meta: {
      preferredVisualisationType: 'table',
      uniqueRowIdFields: [0],
      notices: options.notices,
      executedQueryString: options.executedQuery,
    },
    fields: [
      {
        name: 'traceID',
        type: FieldType.string,
        values: rows.map((trace) => trace.traceId),
        config: {
          unit: 'string',
          displayNameFromDS: t('traceatlas.datasource.frames.trace-id', 'Trace ID'),
          custom: { width: TRACE_COLUMN_WIDTH },
          links: [traceLink(options.target, 'Trace: ${__value.raw}')],
        },
      },
      {
        name: 'startTime',
        type: FieldType.time,
        values: rows.map((trace) => toMs(trace.startTimeUnixNano)),
        config: {
          displayNameFromDS: t('traceatlas.datasource.frames.start-time', 'Start time'),
          custom: { width: TRACE_COLUMN_WIDTH },
        },
      },
      ...rootColumns(rows),
      {
        name: 'traceDuration',
        type: FieldType.number,
        values: rows.map((trace) => trace.durationMs),
        config: {
          displayNameFromDS: t('traceatlas.datasource.frames.duration', 'Duration'),
          unit: 'ms',
          custom: { width: 120 },
          // Tempo counts whole milliseconds: 0 is anything below one.
          mappings: [{ type: MappingType.ValueToText, options: { '0': { text: '<1ms' } } }],
        },
      },
      { name: 'nested', type: FieldType.nestedFrames, values: nested, config: {} },
    ],
  });
}

/** One row for each span found, traces newest first. */
export function spanTable({ traces }: SearchResponse, options: SearchFrameOptions): DataFrame {
  const rows = [...traces]
    .sort(newestFirst)
    .flatMap((trace) => trace.spanSets.flatMap((spanSet) => spanSet.spans.map((span) => ({ trace, spanSet, span }))));
  return createDataFrame({
    name: 'Spans',
    refId: options.refId,
    meta: {
      preferredVisualisationType: 'table',
      notices: options.notices,
      executedQueryString: options.executedQuery,
    },
    fields: [
      linkedTraceIdColumn(rows, options.target),
      ...rootColumns(rows.map(({ trace }) => trace)),
      ...spanColumns(
        rows.map(({ span }) => span),
        rows.map(({ spanSet }) => spanSet),
        options.target,
        spanColumnNames()
      ).filter(({ name }) => name !== 'name' || rows.some(({ span }) => span.name !== undefined)),
    ],
  });
}

/** The answer as text, for people who want to see what Tempo said. */
export function rawResponse(response: SearchResponse, options: SearchFrameOptions): DataFrame {
  const withBigInts = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  return createDataFrame({
    name: 'Raw response',
    refId: options.refId,
    meta: { notices: options.notices, executedQueryString: options.executedQuery },
    fields: [
      { name: 'response', type: FieldType.string, values: [JSON.stringify(response, withBigInts, 2)], config: {} },
    ],
  });
}

/** What a search in slices has shown before is not built again. */
const spanSetTables = new WeakMap<SpanSet, { target: LinkTarget; refId: string; table: DataFrame }>();

function knownSpanSetTable(
  trace: TraceSearchResult,
  spanSet: SpanSet,
  options: SearchFrameOptions,
  names: SpanColumnNames
): DataFrame {
  const known = spanSetTables.get(spanSet);
  if (known && known.target === options.target && known.refId === options.refId) {
    return known.table;
  }
  const table = spanSetTable(trace, spanSet, options, names);
  spanSetTables.set(spanSet, { target: options.target, refId: options.refId, table });
  return table;
}

function spanSetTable(
  trace: TraceSearchResult,
  spanSet: SpanSet,
  { target, refId }: SearchFrameOptions,
  names: SpanColumnNames
): DataFrame {
  return createDataFrame({
    name: 'Spans',
    refId,
    meta: { preferredVisualisationType: 'table' },
    fields: [
      traceIdColumn(spanSet.spans.map(() => trace.traceId)),
      ...spanColumns(
        spanSet.spans,
        spanSet.spans.map(() => spanSet),
        target,
        names
      ),
    ],
  });
}

/** Carries the id that the span's link needs, out of sight. */
function traceIdColumn(values: string[]) {
  return { name: 'traceIdHidden', type: FieldType.string, values, config: { custom: hiddenColumn(true) } };
}

/** Explore shows all columns of a table, hidden ones too: so this one reads well and leads somewhere. */
function linkedTraceIdColumn(rows: Array<{ trace: TraceSearchResult }>, target: LinkTarget) {
  const column = traceIdColumn(rows.map(({ trace }) => trace.traceId));
  return {
    ...column,
    config: {
      ...column.config,
      unit: 'string',
      displayNameFromDS: t('traceatlas.datasource.frames.trace-id', 'Trace ID'),
      links: [traceLink(target, 'Trace: ${__value.raw}')],
    },
  };
}

/** The table of Grafana before 12.2 reads `hidden`, the one since then `hideFrom`. */
function hiddenColumn(hidden: boolean) {
  return { hidden, hideFrom: { viz: hidden, legend: false, tooltip: false } };
}

function rootColumns(traces: TraceSearchResult[]) {
  return [
    {
      name: 'traceService',
      type: FieldType.string,
      values: traces.map((trace) => trace.rootServiceName),
      config: { displayNameFromDS: t('traceatlas.datasource.frames.service', 'Service'), filterable: true },
    },
    {
      name: 'traceName',
      type: FieldType.string,
      values: traces.map((trace) => trace.rootTraceName),
      config: { displayNameFromDS: t('traceatlas.datasource.frames.name', 'Name'), filterable: true },
    },
  ];
}

type SpanColumnNames = ReturnType<typeof spanColumnNames>;

/** Looked up once for a table: a thousand traces have a thousand tables of spans. */
function spanColumnNames() {
  return {
    spanId: t('traceatlas.datasource.frames.span-id', 'Span ID'),
    time: t('traceatlas.datasource.frames.start-time', 'Start time'),
    name: t('traceatlas.datasource.frames.name', 'Name'),
    duration: t('traceatlas.datasource.frames.duration', 'Duration'),
  };
}

function spanColumns(spans: SearchSpan[], spanSets: SpanSet[], target: LinkTarget, names: SpanColumnNames) {
  return [
    {
      name: 'spanID',
      type: FieldType.string,
      values: spans.map((span) => span.spanId),
      config: {
        unit: 'string',
        displayNameFromDS: names.spanId,
        custom: { width: TRACE_COLUMN_WIDTH },
        links: [traceLink(target, 'Span: ${__value.raw}', '${__data.fields.traceIdHidden}', '${__value.raw}')],
      },
    },
    {
      name: 'time',
      type: FieldType.time,
      values: spans.map((span) => toMs(span.startTimeUnixNano)),
      config: {
        displayNameFromDS: names.time,
        custom: { width: TRACE_COLUMN_WIDTH },
      },
    },
    {
      name: 'name',
      type: FieldType.string,
      values: spans.map((span) => span.name ?? null),
      config: {
        displayNameFromDS: names.name,
        filterable: true,
        custom: hiddenColumn(spans.every((span) => span.name === undefined)),
      },
    },
    // What by() and aggregates say of the set is true of each of its spans.
    ...attributeColumns(spans.map((span, index) => [...spanSets[index].attributes, ...span.attributes])),
    {
      name: 'duration',
      type: FieldType.number,
      values: spans.map((span) => Number(span.durationNanos)),
      config: {
        displayNameFromDS: names.duration,
        unit: 'ns',
        custom: { width: 120 },
      },
    },
  ];
}

function newestFirst(a: TraceSearchResult, b: TraceSearchResult): number {
  return Number(b.startTimeUnixNano - a.startTimeUnixNano);
}

function toMs(nanos: bigint): number {
  return Number(nanos / NS_PER_MS);
}
