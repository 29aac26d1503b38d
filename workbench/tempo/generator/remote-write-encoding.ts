import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';

import {
  type BucketSpan,
  type Exemplar,
  type Label,
  type NativeHistogram,
  type Sample,
  type WriteRequest,
} from './write-request';

/** The headers that remote write 1.0 asks for. */
export const REMOTE_WRITE_HEADERS = {
  'Content-Encoding': 'snappy',
  'Content-Type': 'application/x-protobuf',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
} as const;

/**
 * The body of a remote write request: `prometheus.WriteRequest`, snappy-compressed.
 * Source of the field numbers: Prometheus, prompb/remote.proto and prompb/types.proto.
 */
export function encodeWriteRequest(request: WriteRequest): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  for (const { labels, samples, exemplars, histograms } of request.timeseries) {
    embedded(writer, 1, () => {
      writeLabels(writer, labels);
      samples.forEach((sample) => embedded(writer, 2, () => writeSample(writer, sample)));
      exemplars.forEach((exemplar) => embedded(writer, 3, () => writeExemplar(writer, exemplar)));
      histograms.forEach((histogram) => embedded(writer, 4, () => writeHistogram(writer, histogram)));
    });
  }
  return compress(writer.finish());
}

function embedded(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function writeLabels(writer: BinaryWriter, labels: readonly Label[]): void {
  for (const { name, value } of labels) {
    embedded(writer, 1, () => {
      writer.tag(1, WireType.LengthDelimited).string(name);
      writer.tag(2, WireType.LengthDelimited).string(value);
    });
  }
}

function writeSample(writer: BinaryWriter, { value, timestampMs }: Sample): void {
  writer.tag(1, WireType.Bit64).double(value);
  writer.tag(2, WireType.Varint).int64(timestampMs);
}

function writeExemplar(writer: BinaryWriter, { labels, value, timestampMs }: Exemplar): void {
  writeLabels(writer, labels);
  writer.tag(2, WireType.Bit64).double(value);
  writer.tag(3, WireType.Varint).int64(timestampMs);
}

function writeHistogram(writer: BinaryWriter, histogram: NativeHistogram): void {
  writer.tag(1, WireType.Varint).uint64(histogram.count);
  writer.tag(3, WireType.Bit64).double(histogram.sum);
  writer.tag(4, WireType.Varint).sint32(histogram.schema);
  writer.tag(5, WireType.Bit64).double(histogram.zeroThreshold);
  writer.tag(6, WireType.Varint).uint64(histogram.zeroCount);
  for (const span of histogram.positiveSpans) {
    embedded(writer, 11, () => writeBucketSpan(writer, span));
  }
  embedded(writer, 12, () => {
    histogram.positiveDeltas.forEach((delta) => writer.sint64(delta));
  });
  writer.tag(15, WireType.Varint).int64(histogram.timestampMs);
}

function writeBucketSpan(writer: BinaryWriter, { offset, length }: BucketSpan): void {
  writer.tag(1, WireType.Varint).sint32(offset);
  writer.tag(2, WireType.Varint).uint32(length);
}
