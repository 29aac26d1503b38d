import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { OtlpDecodeError } from './error';
import { hexOf } from './ids';
import { MessageCache } from './message-cache';

const WIRE_TYPE_NAMES = ['varint', '64-bit', 'length-delimited', 'start group', 'end group', '32-bit'];
const STRING_CACHE_SIZE = 4096;
const CACHED_STRING_MAX_BYTES = 48;
/** A TextDecoder is slow to start: it is faster for longer texts only. */
const SHORT_TEXT_BYTES = 80;

/**
 * A protobuf reader for trace data. Every length is checked against the message that encloses it (an oversized one can
 * therefore not reach into its neighbour), and short strings that come again and again (attribute keys, service names)
 * are decoded once and shared.
 */
export class OtlpReader {
  private readonly reader: BinaryReader;
  private readonly view: DataView;
  private readonly strings: Array<string | undefined> = new Array(STRING_CACHE_SIZE);

  constructor(private readonly bytes: Uint8Array) {
    this.reader = new BinaryReader(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  /**
   * Is another field of the message that ends at `end` to come? The loop around it is plain on purpose: a callback for
   * each field would double the time of a large trace.
   */
  more(end: number): boolean {
    if (this.reader.pos > end) {
      throw new OtlpDecodeError(`A field reaches past the end of its message at byte ${end}.`);
    }
    return this.reader.pos < end;
  }

  /** field number << 3 | wire type */
  tag(): number {
    const tag = this.reader.uint32();
    if (tag >>> 3 === 0) {
      throw new OtlpDecodeError(`Field number 0 at byte ${this.reader.pos}: this is not a protobuf message.`);
    }
    return tag;
  }

  /**
   * Skips a field of `what` that the caller does not read. It knows all fields up to number `lastKnown`, so one of those
   * is here for its wire type only, which means that the bytes are something else.
   */
  skipUnknown(tag: number, lastKnown: number, what: string): void {
    if (tag >>> 3 <= lastKnown) {
      throw new OtlpDecodeError(
        `Field ${tag >>> 3} of ${what} has the wire type ${WIRE_TYPE_NAMES[tag & 7] ?? tag & 7}: this is not OTLP trace data.`
      );
    }
    this.skip(tag);
  }

  /** Reads the length prefix of an embedded message, string or bytes field; returns the position where it ends. */
  end(limit: number): number {
    const length = this.reader.uint32();
    const end = this.reader.pos + length;
    if (end > limit) {
      throw new OtlpDecodeError(
        `A field at byte ${this.reader.pos} says it is ${length} bytes long, but only ${limit - this.reader.pos} are left.`
      );
    }
    return end;
  }

  string(limit: number): string {
    const end = this.end(limit);
    const start = this.reader.pos;
    this.reader.pos = end;
    if (end - start > CACHED_STRING_MAX_BYTES) {
      return this.decodeUtf8(start, end);
    }
    const slot = this.slotOf(start, end);
    const cached = this.strings[slot];
    if (cached !== undefined && this.sameAscii(cached, start, end)) {
      return cached;
    }
    return (this.strings[slot] = this.decodeUtf8(start, end));
  }

  /** Lower-case hex of a bytes field. */
  hex(limit: number): string {
    const end = this.end(limit);
    const start = this.reader.pos;
    this.reader.pos = end;
    return hexOf(this.bytes, start, end);
  }

  /** Does the next bytes field hold the same `length` bytes as the one whose content began at `start`? Then skips it. */
  skipIfSameBytes(start: number, length: number): boolean {
    const { bytes, reader } = this;
    const at = reader.pos;
    if (bytes[at] !== length || at + 1 + length > bytes.length) {
      return false;
    }
    for (let i = 0; i < length; i++) {
      if (bytes[start + i] !== bytes[at + 1 + i]) {
        return false;
      }
    }
    reader.pos = at + 1 + length;
    return true;
  }

  get position(): number {
    return this.reader.pos;
  }

  /** Goes on at `position`, which must be the end of a field. */
  skipTo(position: number): void {
    this.reader.pos = position;
  }

  /** For messages of these bytes. */
  newCache<T>(): MessageCache<T> {
    return new MessageCache(this.bytes, this.view);
  }

  bytesField(limit: number): Uint8Array {
    const end = this.end(limit);
    const start = this.reader.pos;
    this.reader.pos = end;
    return this.bytes.slice(start, end);
  }

  fixed64(): bigint {
    const at = this.reader.pos;
    this.checkLeft(8);
    this.reader.pos += 8;
    return this.view.getBigUint64(at, true);
  }

  fixed32(): number {
    this.checkLeft(4);
    return this.reader.fixed32();
  }

  double(): number {
    this.checkLeft(8);
    return this.reader.double();
  }

  int64(): bigint {
    return BigInt(this.reader.int64());
  }

  uint32(): number {
    return this.reader.uint32();
  }

  bool(): boolean {
    return this.reader.bool();
  }

  private skip(tag: number): void {
    const wireType = tag & 7;
    if (wireType > 5 || wireType === WireType.EndGroup) {
      throw new OtlpDecodeError(`Wire type ${wireType} at byte ${this.reader.pos}: this is not a protobuf message.`);
    }
    if (wireType === WireType.LengthDelimited) {
      this.reader.pos = this.end(this.length);
      return;
    }
    this.reader.skip(wireType, tag >>> 3);
  }

  private checkLeft(bytes: number): void {
    if (this.reader.pos + bytes > this.length) {
      throw new OtlpDecodeError(`The message is cut off after ${this.length} bytes.`);
    }
  }

  private decodeUtf8(start: number, end: number): string {
    return end - start > SHORT_TEXT_BYTES ? this.longText(start, end) : this.shortText(start, end);
  }

  private longText(start: number, end: number): string {
    return UTF8.decode(this.bytes.subarray(start, end));
  }

  private shortText(start: number, end: number): string {
    const codes: number[] = new Array(end - start);
    for (let i = start; i < end; i++) {
      if (this.bytes[i] > 0x7f) {
        return this.longText(start, end);
      }
      codes[i - start] = this.bytes[i];
    }
    return String.fromCharCode(...codes);
  }

  /** FNV-1a */
  private slotOf(start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) {
      hash = Math.imul(hash ^ this.bytes[i], 0x01000193);
    }
    return (hash ^ (hash >>> 15)) & (STRING_CACHE_SIZE - 1);
  }

  private sameAscii(text: string, start: number, end: number): boolean {
    if (text.length !== end - start) {
      return false;
    }
    for (let i = 0; i < text.length; i++) {
      const byte = this.bytes[start + i];
      if (byte > 0x7f || text.charCodeAt(i) !== byte) {
        return false;
      }
    }
    return true;
  }
}

// Invalid UTF-8 becomes U+FFFD: Tempo cuts long values in the middle of a character.
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
