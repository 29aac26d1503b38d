const SLOTS = 1 << 14;
/** Longer messages (URLs, statements) are rarely the same twice. */
const MAX_BYTES = 64;

/**
 * Remembers what embedded messages of one buffer were decoded to, by their bytes: most attributes of a trace come again
 * and again, and one shared object for all of them is faster and smaller than a new one each time.
 */
export class MessageCache<T> {
  private readonly starts = new Int32Array(SLOTS).fill(-1);
  private readonly lengths = new Int32Array(SLOTS);
  private readonly values: Array<T | undefined> = new Array(SLOTS);
  private slot = -1;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly view: DataView
  ) {}

  /** What the same bytes were decoded to before. */
  find(start: number, end: number): T | undefined {
    const length = end - start;
    if (length > MAX_BYTES) {
      this.slot = -1;
      return undefined;
    }
    const slot = this.slotOf(start, end);
    this.slot = slot;
    return this.lengths[slot] === length && this.sameBytes(this.starts[slot], start, length)
      ? this.values[slot]
      : undefined;
  }

  /** Remembers the value of the bytes that were looked for last. */
  add(start: number, end: number, value: T): void {
    if (this.slot >= 0) {
      this.starts[this.slot] = start;
      this.lengths[this.slot] = end - start;
      this.values[this.slot] = value;
    }
  }

  private sameBytes(known: number, start: number, length: number): boolean {
    if (known < 0) {
      return false;
    }
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      if (this.view.getInt32(known + i) !== this.view.getInt32(start + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (this.bytes[known + i] !== this.bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  /** FNV-1a over words of four bytes, mixed once more as its low bits are weak then. */
  private slotOf(start: number, end: number): number {
    let hash = 0x811c9dc5;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      hash = Math.imul(hash ^ this.view.getInt32(at), 0x01000193);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) {
      hash = Math.imul(hash ^ this.bytes[at], 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }
}
