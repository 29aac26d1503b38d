import { normalizeTraceId } from '../trace/ids';
import { assertOk, readJson } from './answer';
import { errorOfException, TempoError } from './error';
import {
  explaining,
  METRICS_INSTANT,
  METRICS_RANGE,
  newerOrOlder,
  unscopedTags,
  untypedValues,
  withoutScope,
} from './features';
import { newestPartAsker } from './newest-part';
import {
  metricsInstantResponse,
  metricsRangeResponse,
  partialText,
  searchResponse,
  tagsByScope,
  tagValues,
} from './normalise';
import {
  buildInfoSchema,
  metricsInstantSchema,
  metricsRangeSchema,
  plainTagsSchema,
  plainTagValuesSchema,
  searchSchema,
  tagsSchema,
  tagValuesSchema,
} from './schemas';
import { TraceByIdReader } from './trace-by-id';
import { slicedTraceDecoder, type TraceDecoder } from './trace-decode';
import {
  type BuildInfo,
  type HttpAnswer,
  type HttpGet,
  type MetricsRequest,
  type MetricsResponse,
  type SearchRequest,
  type SearchResponse,
  type TagsByScope,
  type TagsRequest,
  type TagValue,
  type TagValuesRequest,
  type TraceRequest,
  type TraceResponse,
} from './types';

/** Tempo's HTTP API. Every method rejects with TempoError. */
export interface TempoClient {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResponse>;
  tags(request: TagsRequest, signal?: AbortSignal): Promise<TagsByScope[]>;
  tagValues(request: TagValuesRequest, signal?: AbortSignal): Promise<TagValue[]>;
  /** An unknown trace is no error: `found` is false. */
  trace(request: TraceRequest, signal?: AbortSignal): Promise<TraceResponse>;
  metricsRange(request: MetricsRequest, signal?: AbortSignal): Promise<MetricsResponse>;
  /** One sample for each series, at the end of the range. */
  metricsInstant(request: MetricsRequest, signal?: AbortSignal): Promise<MetricsResponse>;
  buildInfo(signal?: AbortSignal): Promise<BuildInfo>;
  /** Resolves when Tempo answers its liveness route. */
  echo(signal?: AbortSignal): Promise<void>;
}

export interface TempoClientOptions {
  get: HttpGet;
  /** Sent with every request, for example X-Scope-OrgID */
  headers?: Record<string, string>;
  /** By default in slices, in the same thread. */
  decodeTrace?: TraceDecoder;
}

type Params = Record<string, string | number | undefined>;

const JSON_ONLY = { Accept: 'application/json' };

export function createTempoClient({
  get,
  headers = {},
  decodeTrace = slicedTraceDecoder(),
}: TempoClientOptions): TempoClient {
  const traces = new TraceByIdReader(decodeTrace);
  const tagNamesApi = newerOrOlder();
  const tagValuesApi = newerOrOlder();
  const askTags = newestPartAsker();

  async function ask(
    path: string,
    params: Params,
    signal: AbortSignal | undefined,
    accept: Record<string, string> = JSON_ONLY
  ): Promise<HttpAnswer> {
    try {
      return await get({ path, params: definedParams(params), headers: { ...headers, ...accept }, signal });
    } catch (error) {
      throw errorOfException(error);
    }
  }

  return {
    async search({ query, limit, spansPerSpanSet, ...range }, signal) {
      const params = { q: query, limit, spss: spansPerSpanSet, ...wholeSeconds(range) };
      return searchResponse(readJson(await ask('/api/search', params, signal), searchSchema));
    },

    tags({ scope, query, limit, ...whole }, signal) {
      return askTags(whole, (range) => {
        const plain = { limit, ...wholeSeconds(range) };
        const params = { scope, q: query, ...plain };
        return tagNamesApi(
          async () => tagsByScope(readJson(await ask('/api/v2/search/tags', params, signal), tagsSchema)),
          async () => unscopedTags(readJson(await ask('/api/search/tags', plain, signal), plainTagsSchema), scope)
        );
      });
    },

    tagValues({ tag, query, limit, ...whole }, signal) {
      const path = (version: string, name: string) => `/api/${version}search/tag/${encodeURIComponent(name)}/values`;
      return askTags(whole, (range) => {
        const plain = { limit, ...wholeSeconds(range) };
        const params = { q: query, ...plain };
        return tagValuesApi(
          async () => tagValues(readJson(await ask(path('v2/', tag), params, signal), tagValuesSchema)),
          async () =>
            untypedValues(readJson(await ask(path('', withoutScope(tag)), plain, signal), plainTagValuesSchema))
        );
      });
    },

    async trace({ traceId: text, ...range }, signal) {
      const traceId = normalizeTraceId(text);
      if (traceId === undefined) {
        throw new TempoError(
          'query',
          `"${text}" is not a trace id: it must be 1 to 32 hexadecimal digits, not all zeros.`
        );
      }
      const askFor = (path: string, accept: Record<string, string>) => ask(path, wholeSeconds(range), signal, accept);
      const answer = await traces.read(traceId, askFor, signal);
      return {
        trace: { traceId, spans: answer?.spans ?? [] },
        found: answer !== undefined,
        ...(answer?.partial ? { partial: partialText(answer.message) } : {}),
      };
    },

    async metricsRange({ query, start, end, step, exemplars, maxSeries }, signal) {
      const params = { q: query, start, end, step: step && durationText(step), exemplars, maxSeries };
      const answer = await explaining(METRICS_RANGE, ask('/api/metrics/query_range', params, signal));
      return metricsRangeResponse(readJson(answer, metricsRangeSchema));
    },

    async metricsInstant({ query, start, end, maxSeries }, signal) {
      const request = ask('/api/metrics/query', { q: query, start, end, maxSeries }, signal);
      const answer = await explaining(METRICS_INSTANT, request);
      return metricsInstantResponse(readJson(answer, metricsInstantSchema), end * 1000);
    },

    async buildInfo(signal) {
      return readJson(await ask('/api/status/buildinfo', {}, signal), buildInfoSchema);
    },

    async echo(signal) {
      assertOk(await ask('/api/echo', {}, signal, {}));
    },
  };
}

/** Search, tags and traces take whole seconds only, and an end after the start. */
function wholeSeconds({ start, end }: { start?: number; end?: number }): Params {
  if (start === undefined || end === undefined) {
    return {};
  }
  const from = Math.floor(start);
  return { start: from, end: Math.max(Math.ceil(end), from + 1) };
}

/** s -> a duration that Tempo reads, exact to the millisecond */
function durationText(seconds: number): string {
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
}

function definedParams(params: Params): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== '') {
      defined[name] = String(value);
    }
  }
  return defined;
}
