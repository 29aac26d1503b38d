import { type Span } from '../../src/trace/model';
import { type WriteRequest } from '../tempo/generator';

interface Generator {
  push(spans: readonly Span[], nowMs: number): void;
  collect(nowMs: number): WriteRequest;
}

/**
 * Stands before a generator that is still busy with the past: spans that come meanwhile wait, and nothing is
 * collected, as both would mix the present into series of an hour ago.
 */
export class GeneratorGate implements Generator {
  private waiting: Array<{ spans: readonly Span[]; nowMs: number }> | undefined = [];

  constructor(private readonly generator: Generator) {}

  /** From now on everything goes through, first what waited. */
  open(): void {
    for (const { spans, nowMs } of this.waiting ?? []) {
      this.generator.push(spans, nowMs);
    }
    this.waiting = undefined;
  }

  push(spans: readonly Span[], nowMs: number): void {
    if (this.waiting) {
      this.waiting.push({ spans, nowMs });
    } else {
      this.generator.push(spans, nowMs);
    }
  }

  collect(nowMs: number): WriteRequest {
    return this.waiting ? { timeseries: [] } : this.generator.collect(nowMs);
  }
}
