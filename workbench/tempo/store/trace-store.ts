import { type Span } from '../../../src/trace/model';
import { type StoredTrace, type TimeWindow, type TraceSource } from '../engine';

import { withBoundedAttributes } from './ingestion';
import { approximateBytes } from './size';

const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;

interface Entry {
  spans: Span[];
  startTimeUnixNano: bigint;
  endTimeUnixNano: bigint;
  bytes: number;
  /** Made when the trace is looked at, dropped when spans arrive. */
  snapshot?: StoredTrace;
}

export interface TraceStoreOptions {
  /** Approximate; when more is held, whole traces go, those that were begun first. 512 MiB by default. */
  maxBytes?: number;
}

/** Traces in memory, by id. */
export class TraceStore implements TraceSource {
  /** In the order in which the first span of each came. */
  private readonly entries = new Map<string, Entry>();
  private readonly maxBytes: number;
  private heldBytes = 0;
  private heldSpans = 0;
  /** Newest first; made when asked for, dropped when spans arrive. */
  private byStart?: StoredTrace[];

  constructor(options: TraceStoreOptions = {}) {
    this.maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  }

  get traceCount(): number {
    return this.entries.size;
  }

  get spanCount(): number {
    return this.heldSpans;
  }

  /** Approximate. */
  get bytes(): number {
    return this.heldBytes;
  }

  add(spans: readonly Span[]): void {
    if (spans.length === 0) {
      return;
    }
    this.byStart = undefined;
    for (const span of withBoundedAttributes(spans)) {
      this.addSpan(span);
    }
    this.evict();
  }

  clear(): void {
    this.entries.clear();
    this.byStart = undefined;
    this.heldBytes = 0;
    this.heldSpans = 0;
  }

  /** `traceId`: 32 hex digits. */
  trace(traceId: string): StoredTrace | undefined {
    const entry = this.entries.get(traceId);
    return entry && snapshotOf(traceId, entry);
  }

  /** Newest start first. */
  *traces({ startTimeUnixNano, endTimeUnixNano }: TimeWindow): Iterable<StoredTrace> {
    for (const trace of this.newestFirst()) {
      const begins = endTimeUnixNano === undefined || trace.startTimeUnixNano <= endTimeUnixNano;
      const ends = startTimeUnixNano === undefined || trace.endTimeUnixNano >= startTimeUnixNano;
      if (begins && ends) {
        yield trace;
      }
    }
  }

  private addSpan(span: Span): void {
    const bytes = approximateBytes(span);
    this.heldBytes += bytes;
    this.heldSpans++;
    const entry = this.entries.get(span.traceId);
    if (!entry) {
      const { startTimeUnixNano, endTimeUnixNano } = span;
      this.entries.set(span.traceId, { spans: [span], startTimeUnixNano, endTimeUnixNano, bytes });
      return;
    }
    entry.snapshot = undefined;
    entry.spans.push(span);
    entry.bytes += bytes;
    if (span.startTimeUnixNano < entry.startTimeUnixNano) {
      entry.startTimeUnixNano = span.startTimeUnixNano;
    }
    if (span.endTimeUnixNano > entry.endTimeUnixNano) {
      entry.endTimeUnixNano = span.endTimeUnixNano;
    }
  }

  private evict(): void {
    for (const [traceId, entry] of this.entries) {
      if (this.heldBytes <= this.maxBytes) {
        return;
      }
      this.entries.delete(traceId);
      this.heldBytes -= entry.bytes;
      this.heldSpans -= entry.spans.length;
    }
  }

  private newestFirst(): StoredTrace[] {
    if (!this.byStart) {
      this.byStart = [...this.entries].map(([traceId, entry]) => snapshotOf(traceId, entry));
      this.byStart.sort((a, b) => compareBigints(b.startTimeUnixNano, a.startTimeUnixNano));
    }
    return this.byStart;
  }
}

function snapshotOf(traceId: string, entry: Entry): StoredTrace {
  if (!entry.snapshot) {
    const { startTimeUnixNano, endTimeUnixNano, bytes } = entry;
    const durationNanos = Number(endTimeUnixNano - startTimeUnixNano);
    entry.snapshot = { traceId, spans: [...entry.spans], startTimeUnixNano, endTimeUnixNano, durationNanos, bytes };
  }
  return entry.snapshot;
}

function compareBigints(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
