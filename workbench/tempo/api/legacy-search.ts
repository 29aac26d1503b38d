import { type Span } from '../../../src/trace/model';
import { type StoredTrace } from '../engine';

import { ApiError } from './answer';
import { durationSeconds } from './params';

/** A search without TraceQL: `tags` (logfmt), `minDuration` and `maxDuration` (Go durations). */
export function legacyFilter(params: URLSearchParams): (trace: StoredTrace) => boolean {
  const tags = parseLogfmt(params.get('tags') ?? '');
  const min = durationParam(params, 'minDuration') ?? 0;
  const max = durationParam(params, 'maxDuration') ?? Infinity;
  return (trace) => {
    const seconds = trace.durationNanos / 1e9;
    return seconds >= min && seconds <= max && (tags.length === 0 || hasTags(trace, tags));
  };
}

function durationParam(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null || text === '') {
    return undefined;
  }
  const seconds = durationSeconds(text);
  if (seconds === undefined) {
    throw new ApiError(`invalid ${name}: time: invalid duration ${JSON.stringify(text)}`);
  }
  return seconds;
}

type Tag = [key: string, value: string];

/** Each tag must be somewhere in the trace, not all on one span. */
function hasTags(trace: StoredTrace, tags: readonly Tag[]): boolean {
  return tags.every(([key, value]) => trace.spans.some((span) => tagValues(span, key).includes(value)));
}

function tagValues(span: Span, key: string): string[] {
  switch (key) {
    case 'name':
      return [span.name];
    case 'status.code':
    case 'status':
      return [span.status.code];
    default:
      return [...span.attributes, ...span.resource.attributes]
        .filter((attribute) => attribute.key === key)
        .map(({ value }) => ('value' in value ? String(value.value) : ''));
  }
}

function parseLogfmt(text: string): Tag[] {
  const pairs = text.matchAll(/([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g);
  return [...pairs].map(([, key, quoted, plain]) => [key, quoted === undefined ? plain : unescape(quoted)]);
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
