import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataQueryRequest, dateTime, type TimeRange } from '@grafana/data';
import { createTempoClient, type TempoClient } from '../tempo/client';
import { type HttpAnswer, type HttpGet, type HttpRequest } from '../tempo/types';
import { parseSettings } from './settings/parse-settings';
import { type ServiceMapContext } from './query/run-service-map';
import { type TempoJsonData, type TempoQuery } from './types';

const CONTRACT = join(__dirname, '../../tests/contract');

/** The window of the recorded answers. */
export const RECORDED_RANGE: TimeRange = timeRange(1_795_255_500_000, 1_795_255_800_000);

export const TARGET = { uid: 'tempo-uid', name: 'Tempo' };

/** ms since the Unix epoch */
export function timeRange(fromMs: number, toMs: number): TimeRange {
  const [from, to] = [dateTime(fromMs), dateTime(toMs)];
  return { from, to, raw: { from, to } };
}

interface GoldenFile {
  request: { path: string };
  status: number;
  contentType: string | null;
  body?: unknown;
  bodyBase64?: string;
}

/** A recorded answer of a real Tempo as the HTTP function gives it. */
export function goldenAnswer(name: string): HttpAnswer {
  const golden: GoldenFile = JSON.parse(readFileSync(join(CONTRACT, 'golden', `${name}.json`), 'utf8'));
  const bytes =
    golden.bodyBase64 !== undefined
      ? Buffer.from(golden.bodyBase64, 'base64')
      : Buffer.from(typeof golden.body === 'string' ? golden.body : JSON.stringify(golden.body ?? ''));
  return { status: golden.status, contentType: (golden.contentType ?? '').split(';')[0], body: toArrayBuffer(bytes) };
}

export function textAnswer(status: number, text: string, contentType = 'text/plain'): HttpAnswer {
  return { status, contentType, body: toArrayBuffer(Buffer.from(text)) };
}

/** Answers by the start of the path, and remembers what was asked. */
export function fakeGet(answers: Record<string, HttpAnswer | Promise<HttpAnswer>>): {
  get: HttpGet;
  requests: HttpRequest[];
} {
  const requests: HttpRequest[] = [];
  return {
    requests,
    get: async (request) => {
      requests.push(request);
      const path = Object.keys(answers).find((prefix) => request.path.startsWith(prefix));
      if (path === undefined) {
        throw new Error(`The test has no answer for ${request.path}`);
      }
      return answers[path];
    },
  };
}

export function fakeClient(answers: Record<string, HttpAnswer | Promise<HttpAnswer>>): {
  client: TempoClient;
  requests: HttpRequest[];
} {
  const { get, requests } = fakeGet(answers);
  return { client: createTempoClient({ get }), requests };
}

export function queryRequest(targets: TempoQuery[], range = RECORDED_RANGE): DataQueryRequest<TempoQuery> {
  return {
    requestId: 'Q1',
    app: 'explore',
    interval: '15s',
    intervalMs: 15_000,
    timezone: 'utc',
    startTime: 0,
    scopedVars: {},
    targets,
    range,
  };
}

export function runContext(client: TempoClient, jsonData: Partial<TempoJsonData> = {}): ServiceMapContext {
  return {
    client,
    settings: parseSettings(jsonData).settings,
    target: TARGET,
    request: queryRequest([]),
    dataSourceName: (uid) => `Name of ${uid}`,
    linkedDataSource: (uid) => ({ uid, name: `Name of ${uid}`, type: uid }),
    jsonData,
    loadDataSource: () => Promise.reject(new Error('no such data source')),
  };
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
