import { type APIRequestContext, expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the Tempo behind the page takes OTLP over HTTP. */
const OTLP_URL =
  process.env.E2E_OTLP_URL ??
  (process.env.E2E_BASE_URL
    ? 'http://localhost:4318'
    : `http://127.0.0.1:${Number(process.env.E2E_PORT ?? 33000) + 2}`);

const NANOS_PER_MS = BigInt(1_000_000);
const FIRST_ODD_START_NANOS = BigInt('1795255601000000000');
const AGE_MS = 60_000;

/**
 * Sends the odd traces of the contract, moved to a minute ago, and waits until Tempo has them. Every run has trace ids
 * of its own, so that a Tempo that runs on does not mix it with the run before.
 * @returns the id under which a trace of the data set is found now
 */
export async function sendOddTraces(request: APIRequestContext): Promise<(datasetId: string) => string> {
  const now = Date.now();
  const run = now.toString(16).slice(-8);
  const newId = (id: string) => `${run}${id.slice(8)}`;
  const shift = BigInt(now - AGE_MS) * NANOS_PER_MS - FIRST_ODD_START_NANOS;
  const text = readFileSync(path.join(__dirname, '../contract/dataset/odd.json'), 'utf8')
    .replace(
      /"(\w*[tT]imeUnixNano)":\s*"(\d+)"/g,
      (_, key: string, nanos: string) => `"${key}":"${BigInt(nanos) + shift}"`
    )
    .replace(/"traceId":\s*"([0-9a-f]{32})"/g, (_, id: string) => `"traceId":"${newId(id)}"`);
  await sendOtlp(request, text);
  return newId;
}

/** Sends an OTLP/JSON export request. */
export async function sendOtlp(request: APIRequestContext, body: string): Promise<void> {
  const answer = await request.post(`${OTLP_URL}/v1/traces`, {
    headers: { 'Content-Type': 'application/json' },
    data: Buffer.from(body),
  });
  expect(answer.status(), await answer.text()).toBe(200);
}
