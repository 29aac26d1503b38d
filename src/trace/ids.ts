const TRACE_ID = /^[0-9a-f]{1,32}$/i;
const SPAN_ID = /^[0-9a-f]{1,16}$/i;

/**
 * A trace id as the model has it: 32 lower-case hex digits. Takes the short form that Tempo writes in search answers and
 * exemplars (leading zeros stripped). undefined when `text` is no trace id.
 */
export function normalizeTraceId(text: string): string | undefined {
  return normalizeId(text, TRACE_ID, 32);
}

/** A span id as the model has it: 16 lower-case hex digits; undefined when `text` is no span id. */
export function normalizeSpanId(text: string): string | undefined {
  return normalizeId(text, SPAN_ID, 16);
}

function normalizeId(text: string, pattern: RegExp, digits: number): string | undefined {
  const id = text.trim();
  return pattern.test(id) && !/^0+$/.test(id) ? id.toLowerCase().padStart(digits, '0') : undefined;
}
