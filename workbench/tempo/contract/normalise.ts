import { decodeTraceByIdResponseProtobuf, decodeTraceProtobuf, encodeResourceSpansJson } from '../../../src/tempo/otlp';

import { type Recording } from './recordings';

/** An answer in a form in which two equal ones are equal: the rules are in tests/contract/golden/README.md. */
export interface Normalised {
  status: number;
  contentType: string | null;
  body: unknown;
}

type Json = Record<string, unknown>;

export function normalise(
  answer: Pick<Recording, 'status' | 'contentType' | 'body' | 'bodyBase64'>,
  request: Recording
): Normalised {
  return {
    status: answer.status,
    contentType: answer.contentType ?? null,
    body: normalisedBody(answer, request),
  };
}

function normalisedBody({ body, bodyBase64 }: Pick<Recording, 'body' | 'bodyBase64'>, request: Recording): unknown {
  if (bodyBase64 !== undefined) {
    return normalisedJson(decodedTrace(bodyBase64, request), request);
  }
  if (isObject(body)) {
    return normalisedJson(body, request);
  }
  // Error texts may name a storage block.
  return typeof body === 'string' ? body.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<block>') : body;
}

function decodedTrace(base64: string, { request }: Recording): Json {
  const bytes = Buffer.from(base64, 'base64');
  const spans = request.path.includes('/v2/')
    ? decodeTraceByIdResponseProtobuf(bytes).spans
    : decodeTraceProtobuf(bytes);
  const resourceSpans: unknown = JSON.parse(withOneReplacement(JSON.stringify(encodeResourceSpansJson(spans))));
  return { trace: { resourceSpans } };
}

/** Broken UTF-8 reads as one U+FFFD or several, as the decoder likes. */
function withOneReplacement(text: string): string {
  return text.replace(/\uFFFD+/g, '\uFFFD');
}

function normalisedJson(body: Json, request: Recording): Json {
  const copy = structuredClone(body);
  delete copy.metrics;
  countLimited(copy, request);
  sortLabels(copy);
  const query = request.request.query.q ?? '';
  sortTraces(copy, query);
  sortTags(copy);
  sortSeries(copy, query);
  sortSpans(isObject(copy.trace) ? copy.trace : copy);
  return copy;
}

/** When a limit cut the list, which items came back is chance: how many counts. */
function countLimited(body: Json, { request }: Recording): void {
  const limit = Number(request.query.limit);
  if (request.query.q?.includes('most_recent')) {
    return;
  }
  for (const key of ['traces', 'tagValues']) {
    const list = body[key];
    if (Array.isArray(list) && list.length === limit) {
      body[key] = list.length;
    }
  }
}

function sortLabels(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(sortLabels);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if ((key === 'attributes' || key === 'labels') && Array.isArray(child)) {
        child.sort(byCanonical);
      }
      sortLabels(child);
    }
  }
}

function sortTraces(body: Json, query: string): void {
  const traces = objects(body.traces);
  for (const trace of traces) {
    const spanSets = objects(trace.spanSets);
    for (const spanSet of [...spanSets, ...objects([trace.spanSet])]) {
      sortList(spanSet.spans, (span) => `${String(span.startTimeUnixNano)} ${String(span.spanID)}`);
    }
    if (spanSets.length > 1) {
      // A copy of whichever span set came first.
      delete trace.spanSet;
      sortList(trace.spanSets, canonical);
    }
  }
  if (!query.includes('most_recent')) {
    sortList(body.traces, (trace) => String(trace.traceID));
  }
}

function sortTags(body: Json): void {
  for (const scope of objects(body.scopes)) {
    if (Array.isArray(scope.tags)) {
      scope.tags.sort();
    }
  }
  sortList(body.scopes, (scope) => String(scope.name));
  for (const list of [body.tagNames, body.tagValues]) {
    if (Array.isArray(list)) {
      list.sort(byCanonical);
    }
  }
}

function sortSeries(body: Json, query: string): void {
  const series = objects(body.series);
  for (const one of series) {
    delete one.exemplars;
  }
  sortList(body.series, (one) => canonical(one.labels));
  if (query.includes('compare(') && body.series !== undefined) {
    body.series = countsOfComparison(series);
  }
}

/** Which of several equally frequent values make the top n is chance: how often counts, not which. */
function countsOfComparison(series: Json[]): Array<[string, number]> {
  const counts = new Map<string, number>();
  for (const { labels } of series) {
    const keys = objects(labels).map(({ key }) => key);
    const meta = objects(labels).filter(({ key }) => String(key).startsWith('__meta_'));
    const id = canonical([keys, meta]);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort(byCanonical);
}

function sortSpans(tree: Json): void {
  for (const key of ['resourceSpans', 'batches']) {
    for (const resourceSpans of objects(tree[key])) {
      for (const scopeSpans of objects(resourceSpans.scopeSpans)) {
        for (const span of objects(scopeSpans.spans)) {
          sortList(span.events, canonical);
          sortList(span.links, canonical);
        }
        sortList(scopeSpans.spans, ({ startTimeUnixNano, spanId, kind }) =>
          [startTimeUnixNano, spanId, kind ?? ''].map(String).join(' ')
        );
      }
      sortList(resourceSpans.scopeSpans, canonical);
    }
    sortList(tree[key], canonical);
  }
}

function sortList(list: unknown, key: (item: Json) => string): void {
  if (Array.isArray(list)) {
    list.sort((a, b) => compareTexts(isObject(a) ? key(a) : '', isObject(b) ? key(b) : ''));
  }
}

function byCanonical(a: unknown, b: unknown): number {
  return compareTexts(canonical(a), canonical(b));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    isObject(child) ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => compareTexts(a, b))) : child
  );
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
