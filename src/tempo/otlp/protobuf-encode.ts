import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  type AnyValue,
  type InstrumentationScope,
  type KeyValue,
  type Span,
  SPAN_KINDS,
  type SpanEvent,
  type SpanLink,
  STATUS_CODES,
} from '../../trace/model';
import { groupByResource, type ResourceGroup, type ScopeGroup } from './group';
import { bytesOfHex } from './ids';
import { type TraceByIdAnswer } from './protobuf-decode';

/** `tempopb.Trace`, which on the wire is also OTLP's TracesData and ExportTraceServiceRequest. Without flags: Tempo does not keep them. */
export function encodeTraceProtobuf(spans: readonly Span[]): Uint8Array {
  return writeTrace(new BinaryWriter(), spans).finish();
}

/** `tempopb.TraceByIDResponse`. */
export function encodeTraceByIdResponseProtobuf(
  answer: TraceByIdAnswer,
  metrics: { inspectedBytes?: number } = {}
): Uint8Array {
  const writer = new BinaryWriter();
  embedded(writer, 1, () => writeTrace(writer, answer.spans));
  embedded(writer, 2, () => {
    if (metrics.inspectedBytes) {
      writer.tag(1, WireType.Varint).uint64(metrics.inspectedBytes);
    }
  });
  if (answer.partial) {
    writer.tag(3, WireType.Varint).int32(1);
  }
  text(writer, 4, answer.message);
  return writer.finish();
}

function writeTrace(writer: BinaryWriter, spans: readonly Span[]): BinaryWriter {
  for (const group of groupByResource(spans)) {
    embedded(writer, 1, () => writeResourceSpans(writer, group));
  }
  return writer;
}

function writeResourceSpans(writer: BinaryWriter, group: ResourceGroup): void {
  embedded(writer, 1, () => writeAttributes(writer, 1, group.resource.attributes));
  for (const scope of group.scopes) {
    embedded(writer, 2, () => writeScopeSpans(writer, scope));
  }
}

function writeScopeSpans(writer: BinaryWriter, group: ScopeGroup): void {
  embedded(writer, 1, () => writeScope(writer, group.scope));
  for (const span of group.spans) {
    embedded(writer, 2, () => writeSpan(writer, span));
  }
}

function writeScope(writer: BinaryWriter, scope: InstrumentationScope): void {
  text(writer, 1, scope.name);
  text(writer, 2, scope.version);
  writeAttributes(writer, 3, scope.attributes);
}

function writeSpan(writer: BinaryWriter, span: Span): void {
  id(writer, 1, span.traceId);
  id(writer, 2, span.spanId);
  text(writer, 3, span.traceState);
  id(writer, 4, span.parentSpanId);
  text(writer, 5, span.name);
  number(writer, 6, SPAN_KINDS.indexOf(span.kind));
  time(writer, 7, span.startTimeUnixNano);
  time(writer, 8, span.endTimeUnixNano);
  writeAttributes(writer, 9, span.attributes);
  number(writer, 10, span.droppedAttributesCount);
  for (const event of span.events) {
    embedded(writer, 11, () => writeEvent(writer, event));
  }
  number(writer, 12, span.droppedEventsCount);
  for (const link of span.links) {
    embedded(writer, 13, () => writeLink(writer, link));
  }
  number(writer, 14, span.droppedLinksCount);
  embedded(writer, 15, () => {
    text(writer, 2, span.status.message);
    number(writer, 3, STATUS_CODES.indexOf(span.status.code));
  });
}

function writeEvent(writer: BinaryWriter, event: SpanEvent): void {
  time(writer, 1, event.timeUnixNano);
  text(writer, 2, event.name);
  writeAttributes(writer, 3, event.attributes);
  number(writer, 4, event.droppedAttributesCount);
}

function writeLink(writer: BinaryWriter, link: SpanLink): void {
  id(writer, 1, link.traceId);
  id(writer, 2, link.spanId);
  text(writer, 3, link.traceState);
  writeAttributes(writer, 4, link.attributes);
  number(writer, 5, link.droppedAttributesCount);
}

function writeAttributes(writer: BinaryWriter, field: number, attributes: readonly KeyValue[]): void {
  for (const { key, value } of attributes) {
    embedded(writer, field, () => {
      text(writer, 1, key);
      embedded(writer, 2, () => writeValue(writer, value));
    });
  }
}

function writeValue(writer: BinaryWriter, value: AnyValue): void {
  switch (value.type) {
    case 'string':
      writer.tag(1, WireType.LengthDelimited).string(value.value);
      return;
    case 'bool':
      writer.tag(2, WireType.Varint).bool(value.value);
      return;
    case 'int':
      writer.tag(3, WireType.Varint).int64(value.value);
      return;
    case 'double':
      writer.tag(4, WireType.Bit64).double(value.value);
      return;
    case 'array':
      embedded(writer, 5, () => {
        for (const item of value.value) {
          embedded(writer, 1, () => writeValue(writer, item));
        }
      });
      return;
    case 'kvlist':
      embedded(writer, 6, () => writeAttributes(writer, 1, value.value));
      return;
    case 'bytes':
      writer.tag(7, WireType.LengthDelimited).bytes(value.value);
      return;
    case 'empty':
      return;
  }
}

function embedded(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

// proto3: a field with its default value is not written.

function text(writer: BinaryWriter, field: number, value: string): void {
  if (value !== '') {
    writer.tag(field, WireType.LengthDelimited).string(value);
  }
}

function id(writer: BinaryWriter, field: number, hex: string): void {
  const bytes = bytesOfHex(hex);
  if (bytes && bytes.length > 0) {
    writer.tag(field, WireType.LengthDelimited).bytes(bytes);
  }
}

function number(writer: BinaryWriter, field: number, value: number | undefined): void {
  if (value) {
    writer.tag(field, WireType.Varint).uint32(value);
  }
}

function time(writer: BinaryWriter, field: number, value: bigint): void {
  if (value !== ZERO) {
    writer.tag(field, WireType.Bit64).fixed64(value);
  }
}

const ZERO = BigInt(0);
