import { EvaluationError } from '../engine';
import { handleMetricsInstant, handleMetricsRange } from '../metrics/handlers';
import { type TraceStore } from '../store';

import { type ApiAnswer, ApiError, type ApiRequest, jsonAnswer, textAnswer } from './answer';
import { handleSearch } from './search';
import { handleTagValuesV1, handleTagValuesV2 } from './tag-values';
import { handleTagsV1, handleTagsV2 } from './tags';
import { handleTraceV1, handleTraceV2 } from './trace-by-id';

export interface ApiContext {
  store: TraceStore;
  /** ms since the Unix epoch */
  now: () => number;
}

type Handler = (request: ApiRequest, context: ApiContext, segment: string) => ApiAnswer;

interface Route {
  /** One group at most, which is percent-decoded. */
  pattern: RegExp;
  handle: Handler;
}

const BUILD_INFO = { version: '', revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' };

const STATUS_TEXT = `In-memory Tempo of the Trace Atlas workbench.
Answers Tempo's query API from memory; nothing is written to disk.
`;

const ROUTES: readonly Route[] = [
  { pattern: /^\/api\/search$/, handle: (request, { store, now }) => handleSearch(request, store, now()) },
  { pattern: /^\/api\/search\/tags$/, handle: (request, { store, now }) => handleTagsV1(request, store, now()) },
  { pattern: /^\/api\/v2\/search\/tags$/, handle: (request, { store, now }) => handleTagsV2(request, store, now()) },
  {
    pattern: /^\/api\/search\/tag\/([^/]+)\/values$/,
    handle: (request, { store, now }, tag) => handleTagValuesV1(tag, request, store, now()),
  },
  {
    pattern: /^\/api\/v2\/search\/tag\/([^/]+)\/values$/,
    handle: (request, { store, now }, tag) => handleTagValuesV2(tag, request, store, now()),
  },
  { pattern: /^\/api\/traces\/([^/]+)$/, handle: (request, { store }, id) => handleTraceV1(id, request, store) },
  { pattern: /^\/api\/v2\/traces\/([^/]+)$/, handle: (request, { store }, id) => handleTraceV2(id, request, store) },
  {
    pattern: /^\/api\/metrics\/query_range$/,
    handle: ({ params }, { store, now }) => handleMetricsRange(params, store, now()),
  },
  {
    pattern: /^\/api\/metrics\/query$/,
    handle: ({ params }, { store, now }) => handleMetricsInstant(params, store, now()),
  },
  { pattern: /^\/api\/echo$/, handle: () => textAnswer('echo\n') },
  { pattern: /^\/api\/status\/buildinfo$/, handle: () => jsonAnswer(BUILD_INFO) },
  { pattern: /^\/ready$/, handle: () => textAnswer('ready\n') },
  { pattern: /^\/status$/, handle: () => textAnswer(STATUS_TEXT) },
];

/** Answers a request; every failure becomes a plain text, as Tempo has it. */
export function answerApi(request: ApiRequest, context: ApiContext): ApiAnswer {
  try {
    for (const { pattern, handle } of ROUTES) {
      const match = pattern.exec(request.path);
      if (match) {
        return handle(request, context, decodeSegment(match[1] ?? ''));
      }
    }
    return textAnswer('404 page not found\n', 404);
  } catch (error) {
    return failure(error);
  }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(`invalid URL escape in ${JSON.stringify(segment)}`);
  }
}

function failure(error: unknown): ApiAnswer {
  if (error instanceof ApiError) {
    return textAnswer(error.message, error.status);
  }
  if (error instanceof EvaluationError) {
    return textAnswer(`invalid TraceQL query: ${error.message}`, 400);
  }
  return textAnswer(`internal error: ${error instanceof Error ? error.message : String(error)}`, 500);
}
