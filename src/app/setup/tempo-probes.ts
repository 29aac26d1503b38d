import * as v from 'valibot';
import { type Answer, answered, failed } from './answer';
import { ask, readBody, type SetupGet, type SetupReply } from './http';

/** What the check wants to know of a Tempo. Each is one small request. */
export interface TempoAnswers {
  tempoEcho: Answer<ClockReading>;
  tempoVersion: Answer<string>;
  tempoTrace: Answer<true>;
  tempoTags: Answer<true>;
  tempoSearch: Answer<{ traces: number }>;
  tempoMetrics: Answer<true>;
  tempoInstant: Answer<true>;
  tempoCompare: Answer<true>;
}

/** A server's clock beside the browser's; all in ms since the Unix epoch. */
export interface ClockReading {
  /** Absent when the server did not tell */
  serverMs?: number;
  sentMs: number;
  receivedMs: number;
}

/** The searches and metrics queries look at this much of the past. */
const WINDOW_S = 15 * 60;
/** Tempo's default query_end_cutoff refuses a window that is wholly younger. */
const CUTOFF_S = 30;
/** No trace has it, so that the answer is small. */
const NO_TRACE = '00000000000000000000000000000001';

const searchSchema = v.looseObject({ traces: v.optional(v.array(v.unknown()), []) });
const metricsSchema = v.looseObject({ series: v.optional(v.array(v.unknown()), []) });
const tagsSchema = v.looseObject({ scopes: v.optional(v.array(v.looseObject({ name: v.string() })), []) });
const buildSchema = v.looseObject({ version: v.optional(v.string(), '') });
const foundSchema = v.looseObject({ traces: v.optional(v.array(v.looseObject({ traceID: v.string() })), []) });

export interface ProbeTarget {
  get: SetupGet;
  /** Address of the data source's proxy in Grafana */
  url: string;
  nowMs: number;
  stop: AbortSignal;
}

/** Starts all requests at once. */
export function probeTempo(target: ProbeTarget): { [K in keyof TempoAnswers]: Promise<TempoAnswers[K]> } {
  const ends = window(target.nowMs);
  const to = (path: string, params?: Record<string, string | number>) => askTempo(target, path, params);
  return {
    tempoEcho: to('/api/echo').then(clockOf),
    tempoVersion: to('/api/status/buildinfo').then((reply) => mapped(readBody(reply, buildSchema), (b) => b.version)),
    tempoTrace: to(`/api/v2/traces/${NO_TRACE}`).then((reply) => mapped(reply, () => true)),
    tempoTags: to('/api/v2/search/tags', { scope: 'resource', limit: 50, ...ends }).then((reply) =>
      mapped(readBody(reply, tagsSchema), () => true)
    ),
    tempoSearch: to('/api/search', { q: '{}', limit: 1, spss: 1, ...ends }).then((reply) =>
      mapped(readBody(reply, searchSchema), ({ traces }) => ({ traces: traces.length }))
    ),
    tempoMetrics: to('/api/metrics/query_range', { q: '{} | rate()', step: '5m', ...ends }).then(isMetrics),
    tempoInstant: to('/api/metrics/query', { q: '{} | rate()', ...ends }).then(isMetrics),
    tempoCompare: to('/api/metrics/query_range', {
      q: '{} | compare({ status = error }, 1)',
      step: '5m',
      ...ends,
    }).then(isMetrics),
  };
}

/** Is a trace in this Tempo? Asked by search: the trace itself may be large. */
export async function probeTraceInTempo(target: ProbeTarget, traceId: string): Promise<Answer<boolean>> {
  const params = { q: `{ trace:id = "${traceId}" }`, limit: 1, spss: 1, ...window(target.nowMs, 2 * 60 * 60) };
  const reply = await askTempo(target, '/api/search', params);
  return mapped(readBody(reply, foundSchema), ({ traces }) => traces.length > 0);
}

/** Why none of the questions could be asked. */
export function noTempo(message: string): { [K in keyof TempoAnswers]: Promise<TempoAnswers[K]> } {
  const missing = failed('missing', message);
  return {
    tempoEcho: Promise.resolve(missing),
    tempoVersion: Promise.resolve(missing),
    tempoTrace: Promise.resolve(missing),
    tempoTags: Promise.resolve(missing),
    tempoSearch: Promise.resolve(missing),
    tempoMetrics: Promise.resolve(missing),
    tempoInstant: Promise.resolve(missing),
    tempoCompare: Promise.resolve(missing),
  };
}

export function clockOf(reply: Answer<SetupReply>): Answer<ClockReading> {
  return mapped(reply, ({ dateMs, sentMs, receivedMs }) => ({ serverMs: dateMs, sentMs, receivedMs }));
}

export function mapped<A, B>(answer: Answer<A>, map: (value: A) => B): Answer<B> {
  return answer.ok ? answered(map(answer.value)) : answer;
}

function isMetrics(reply: Answer<SetupReply>): Answer<true> {
  return mapped(readBody(reply, metricsSchema), () => true);
}

function askTempo({ get, url, stop }: ProbeTarget, path: string, params?: Record<string, string | number>) {
  return ask(get, { url: `${url.replace(/\/+$/, '')}${path}`, params }, stop);
}

function window(nowMs: number, lengthS = WINDOW_S): { start: number; end: number } {
  const end = Math.floor(nowMs / 1000);
  return { start: end - CUTOFF_S - lengthS, end };
}
