import {
  type Attributes,
  type Context,
  type HrTime,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';

export interface Clock {
  /** ms since the Unix epoch, with fractions */
  now(): number;
}

/** What went wrong, as the code of a service sees it. */
export interface Failure {
  /** Class of the error, or a status or error code: goes to `error.type` */
  type: string;
  message: string;
  /** Recorded as an exception event when given */
  stack?: string;
}

/**
 * The SDK reads plain numbers before the start of the process as time since that start,
 * so every time is passed as [s, ns].
 */
function toHrTime(epochMs: number): HrTime {
  const seconds = Math.floor(epochMs / 1000);
  return [seconds, Math.min(999_999_999, Math.round((epochMs - seconds * 1000) * 1e6))];
}

/** A span that takes its times from the given clock, and the context for work below it. */
export class ActiveSpan {
  readonly context: Context;

  private constructor(
    readonly span: Span,
    parent: Context,
    private readonly clock: Clock
  ) {
    this.context = trace.setSpan(parent, span);
  }

  static start(
    tracer: Tracer,
    clock: Clock,
    name: string,
    options: { kind?: SpanKind; attributes?: Attributes; parent: Context; links?: Link[]; root?: boolean }
  ): ActiveSpan {
    const { kind = SpanKind.INTERNAL, attributes, parent, links, root } = options;
    const startTime = toHrTime(clock.now());
    return new ActiveSpan(tracer.startSpan(name, { kind, attributes, links, root, startTime }, parent), parent, clock);
  }

  set(attributes: Attributes): void {
    this.span.setAttributes(attributes);
  }

  event(name: string, attributes: Attributes = {}): void {
    this.span.addEvent(name, attributes, toHrTime(this.clock.now()));
  }

  /** Marks the span as failed, `statusMessage` instead of the failure's own where a library does so. */
  fail(failure: Failure, statusMessage = failure.message): void {
    this.recordException(failure);
    this.span.setAttribute('error.type', failure.type);
    this.span.setStatus({ code: SpanStatusCode.ERROR, message: statusMessage });
  }

  end(): void {
    this.span.end(toHrTime(this.clock.now()));
  }

  private recordException(failure: Failure): void {
    if (failure.stack !== undefined) {
      const { type: name, message, stack } = failure;
      this.span.recordException({ name, message, stack }, toHrTime(this.clock.now()));
    }
  }
}
