/** What became of one request of the set-up check. */
export type FailureKind =
  | 'forbidden' // the viewer, or the data source, has no right to ask
  | 'tenant' // Tempo wants an X-Scope-OrgID
  | 'timeout'
  | 'unreachable'
  | 'unsupported' // there is no such API
  | 'refused' // the server understood and said no
  | 'badAnswer' // not what this API answers
  | 'missing'; // nothing to ask: no data source, or an earlier answer is missing

export interface Failure {
  ok: false;
  kind: FailureKind;
  /** The server's own words, without addresses */
  message: string;
}

export type Answer<T> = { ok: true; value: T } | Failure;

export function answered<T>(value: T): Answer<T> {
  return { ok: true, value };
}

export function failed(kind: FailureKind, message: string): Failure {
  return { ok: false, kind, message: redact(message) };
}

const MAX_MESSAGE = 300;

/** A server's text as it may be shown and copied: no addresses (they may hold credentials), no more than a few lines. */
export function redact(text: string): string {
  return text
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, '<address>')
    .replace(/\b(authorization|x-scope-orgid|api[-_]?key|token|password)(["']?\s*[:=]\s*)\S+/gi, '$1$2<hidden>')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_MESSAGE);
}
