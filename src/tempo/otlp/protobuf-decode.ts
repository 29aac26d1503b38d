import { type InstrumentationScope, type Resource, type Span } from '../../trace/model';
import { runSteps, type Steps } from '../../trace/steps';
import { OtlpDecodeError, reasonOf } from './error';
import { AttributeDecoder } from './protobuf-attributes';
import { OtlpReader } from './protobuf-reader';
import { SpanDecoder } from './protobuf-span';
import { delimited, varint } from './protobuf-tags';

/** What Tempo answers to a trace by id, in either version of the endpoint. */
export interface TraceByIdAnswer {
  spans: Span[];
  /** Tempo cut or filtered the trace. */
  partial: boolean;
  /** Why it is partial; may be '' */
  message: string;
}

/**
 * OTLP's ExportTraceServiceRequest. Ids must be complete (16 and 8 bytes, not only zeros), as an OTLP receiver demands.
 * @throws OtlpDecodeError
 */
export function decodeExportRequestProtobuf(bytes: Uint8Array): Span[] {
  return runSteps(guarded(new TraceDecoder(bytes, true).trace(bytes.length)));
}

/**
 * Tempo's `tempopb.Trace`: the body of `/api/traces/<id>`.
 * @throws OtlpDecodeError
 */
export function decodeTraceProtobuf(bytes: Uint8Array): Span[] {
  return runSteps(decodeTraceSteps(bytes));
}

/**
 * Tempo's `tempopb.TraceByIDResponse`: the body of `/api/v2/traces/<id>`.
 * @throws OtlpDecodeError
 */
export function decodeTraceByIdResponseProtobuf(bytes: Uint8Array): TraceByIdAnswer {
  return runSteps(decodeTraceByIdResponseSteps(bytes));
}

/** Decoding that can be interrupted after every span. */
export type DecodeSteps<T> = Steps<T>;

/** @throws OtlpDecodeError */
export function decodeTraceSteps(bytes: Uint8Array): DecodeSteps<Span[]> {
  return guarded(new TraceDecoder(bytes, false).trace(bytes.length));
}

/** @throws OtlpDecodeError */
export function decodeTraceByIdResponseSteps(bytes: Uint8Array): DecodeSteps<TraceByIdAnswer> {
  return guarded(new TraceDecoder(bytes, false).traceByIdResponse());
}

function* guarded<T>(steps: DecodeSteps<T>): DecodeSteps<T> {
  try {
    return yield* steps;
  } catch (error) {
    if (error instanceof OtlpDecodeError) {
      throw error;
    }
    throw new OtlpDecodeError(`The trace data is damaged or cut off (${reasonOf(error)}).`);
  }
}

class TraceDecoder {
  private readonly reader: OtlpReader;
  private readonly attributes: AttributeDecoder;
  private readonly spanDecoder: SpanDecoder;
  private readonly spans: Span[] = [];

  /** @param strictIds refuse ids of the wrong length; else pad short ones */
  constructor(bytes: Uint8Array, strictIds: boolean) {
    this.reader = new OtlpReader(bytes);
    this.attributes = new AttributeDecoder(this.reader);
    this.spanDecoder = new SpanDecoder(this.reader, this.attributes, strictIds);
  }

  *traceByIdResponse(): DecodeSteps<TraceByIdAnswer> {
    const { reader } = this;
    let partial = false;
    let message = '';
    while (reader.more(reader.length)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          yield* this.trace(reader.end(reader.length));
          continue;
        case varint(3):
          partial = reader.uint32() === 1;
          continue;
        case delimited(4):
          message = reader.string(reader.length);
          continue;
        case delimited(2): // metrics of the query
          reader.skipUnknown(tag, 0, 'the answer');
          continue;
      }
      reader.skipUnknown(tag, 4, 'the answer');
    }
    return { spans: this.spans, partial, message };
  }

  *trace(end: number): DecodeSteps<Span[]> {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      if (tag === delimited(1)) {
        yield* this.resourceSpans(reader.end(end));
        continue;
      }
      reader.skipUnknown(tag, 1, 'the trace');
    }
    return this.spans;
  }

  private *resourceSpans(end: number): DecodeSteps<void> {
    const { reader } = this;
    const resource: Resource = { attributes: [] };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          this.resource(reader.end(end), resource);
          continue;
        case delimited(2):
        case delimited(1000): // instrumentation_library_spans, until opentelemetry-proto 0.15
          yield* this.scopeSpans(reader.end(end), resource);
          continue;
      }
      reader.skipUnknown(tag, 2, 'ResourceSpans');
    }
  }

  private resource(end: number, resource: Resource): void {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      if (tag === delimited(1)) {
        resource.attributes.push(this.attributes.decode(reader.end(end)));
        continue;
      }
      reader.skipUnknown(tag, 1, 'Resource');
    }
  }

  private *scopeSpans(end: number, resource: Resource): DecodeSteps<void> {
    const { reader } = this;
    const scope: InstrumentationScope = { name: '', version: '', attributes: [] };
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          this.scope(reader.end(end), scope);
          continue;
        case delimited(2):
          this.spans.push(this.spanDecoder.decode(reader.end(end), resource, scope));
          yield;
          continue;
      }
      reader.skipUnknown(tag, 2, 'ScopeSpans');
    }
  }

  private scope(end: number, scope: InstrumentationScope): void {
    const { reader } = this;
    while (reader.more(end)) {
      const tag = reader.tag();
      switch (tag) {
        case delimited(1):
          scope.name = reader.string(end);
          continue;
        case delimited(2):
          scope.version = reader.string(end);
          continue;
        case delimited(3):
          scope.attributes.push(this.attributes.decode(reader.end(end)));
          continue;
      }
      reader.skipUnknown(tag, 3, 'InstrumentationScope');
    }
  }
}
