import { type DataFrame } from '@grafana/data';
import { type Span, type Trace } from '../../trace/model';
import { type Steps } from '../../trace/steps';
import { OtlpDecodeError, parseJson, resourceSpansSteps } from '../otlp';
import { TraceFileError } from './error';
import { isGraphFrames, readGraphFrames } from './graph-frames';
import { isJaeger, jaegerSteps } from './jaeger';
import { isObject } from './json-access';
import { jsonFault, lineAndColumn } from './json-fault';
import { isZipkin, zipkinSteps } from './zipkin';

export type TraceFormat = 'otlp' | 'tempo' | 'jaeger' | 'zipkin';

export interface TracesOfFile {
  type: 'traces';
  format: TraceFormat;
  /** At least one, each with at least one span; in the order in which they first appear */
  traces: Trace[];
  /** Why Tempo sent only a part of it */
  partial?: string;
}

export interface GraphOfFile {
  type: 'graph';
  /** Nodes, and edges if there are any; without links */
  frames: DataFrame[];
  droppedEdges: number;
}

export type TraceFile = TracesOfFile | GraphOfFile;

/** Bytes; more would not fit into a page's memory as spans. */
export const MAX_TRACE_FILE_BYTES = 200 * 1024 * 1024;

const FORMAT_NAMES: Record<TraceFormat, string> = {
  otlp: 'OTLP JSON',
  tempo: "Tempo's JSON",
  jaeger: "Jaeger's JSON",
  zipkin: "Zipkin's JSON",
};

/**
 * Reads a file with traces: OTLP JSON (also of before 0.15, and one request a line, as the Collector's file exporter writes),
 * what Tempo's v1 and v2 API answer, Jaeger's and Zipkin's JSON, Grafana's own downloads of traces and service graphs.
 * Interruptible after each span once the text is parsed.
 * @throws TraceFileError
 */
export function* traceFileSteps(text: string): Steps<TraceFile> {
  const values = parseFile(text);
  const [json] = values;
  if (values.length === 1 && isGraphFrames(json)) {
    return { type: 'graph', ...readGraphFrames(json) };
  }
  const format = formatOf(json);
  if (format === undefined) {
    throw new TraceFileError(
      'This JSON holds no traces that can be read: expected OTLP ("resourceSpans" or "batches"), an answer of Tempo ("trace"), Jaeger ("data" with "spans"), a list of Zipkin spans, or node graph data frames.'
    );
  }
  const spans: Span[] = [];
  try {
    for (const value of values) {
      for (const span of yield* spansOf(value, format)) {
        spans.push(span);
      }
    }
  } catch (error) {
    if (error instanceof OtlpDecodeError || error instanceof TraceFileError) {
      throw new TraceFileError(`The file looks like ${FORMAT_NAMES[format]}, but it cannot be read: ${error.message}`);
    }
    throw error;
  }
  if (spans.length === 0) {
    throw new TraceFileError(`The file is ${FORMAT_NAMES[format]} without any span.`);
  }
  return { type: 'traces', format, traces: byTrace(spans), partial: partialOf(json) };
}

function* spansOf(json: unknown, format: TraceFormat): Steps<Span[]> {
  switch (format) {
    case 'jaeger':
      return yield* jaegerSteps(json);
    case 'zipkin':
      return yield* zipkinSteps(json);
    case 'tempo':
      return yield* resourceSpansSteps((isObject(json) ? json.trace : undefined) ?? {}, 'any');
    case 'otlp':
      return yield* resourceSpansSteps(json, 'any');
  }
}

function formatOf(json: unknown): TraceFormat | undefined {
  if (isObject(json)) {
    if (isObject(json.trace)) {
      return 'tempo';
    }
    if ('resourceSpans' in json || 'batches' in json) {
      return 'otlp';
    }
  }
  if (isJaeger(json)) {
    return 'jaeger';
  }
  if (isZipkin(json)) {
    return 'zipkin';
  }
  const isResourceSpans = (item: unknown) =>
    isObject(item) && ('scopeSpans' in item || 'instrumentationLibrarySpans' in item);
  return Array.isArray(json) && json.some(isResourceSpans) ? 'otlp' : undefined;
}

/** One value, or one for each line. */
function parseFile(text: string): unknown[] {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') {
    throw new TraceFileError('The file is empty.');
  }
  try {
    return [parseJson(trimmed)];
  } catch {
    const lines = trimmed.split(/\r?\n/).filter((line) => line.trim() !== '');
    if (lines.length > 1 && isWhole(lines[0])) {
      return lines.map((line, i) => parseLine(line, i + 1));
    }
    throw new TraceFileError(`The file is not JSON, or it is cut off${placeOf(trimmed)}.`);
  }
}

function isWhole(line: string): boolean {
  try {
    return isObject(JSON.parse(line));
  } catch {
    return false;
  }
}

function parseLine(line: string, number: number): unknown {
  try {
    return parseJson(line);
  } catch {
    throw new TraceFileError(`Line ${number} of the file is not JSON, or it is cut off.`);
  }
}

/** `: line 3, column 7`, or that it ends in the middle. */
function placeOf(text: string): string {
  const fault = jsonFault(text);
  if (fault < 0) {
    return '';
  }
  const { line, column } = lineAndColumn(text, fault);
  return fault >= text.length ? `: it ends in the middle, in line ${line}` : `: line ${line}, column ${column}`;
}

function byTrace(spans: readonly Span[]): Trace[] {
  const traces = new Map<string, Span[]>();
  for (const span of spans) {
    const trace = traces.get(span.traceId);
    if (trace) {
      trace.push(span);
    } else {
      traces.set(span.traceId, [span]);
    }
  }
  return Array.from(traces, ([traceId, traceSpans]) => ({ traceId, spans: traceSpans }));
}

function partialOf(json: unknown): string | undefined {
  if (!isObject(json) || (json.status !== 'PARTIAL' && json.status !== 1)) {
    return undefined;
  }
  return typeof json.message === 'string' && json.message !== ''
    ? json.message
    : 'Tempo answered with a part of the trace only.';
}
