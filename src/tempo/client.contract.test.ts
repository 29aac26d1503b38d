/** Feeds what a real Tempo answered (tests/contract/golden) to the client. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTempoClient, type TempoClient } from './client';
import { TempoError } from './error';
import { type HttpAnswer, type HttpRequest } from './types';

interface Golden {
  name: string;
  request: { path: string; query: Record<string, string>; headers: Record<string, string> };
  status: number;
  contentType: string | null;
  body?: unknown;
  bodyBase64?: string;
}

const FOLDER = join(__dirname, '../../tests/contract/golden');
const goldens = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json') && file !== 'index.json')
  .map((file): Golden => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
const START = 1795255500;
const END = 1795255800;

function named(name: string): Golden {
  const golden = goldens.find((candidate) => candidate.name === name);
  if (!golden) {
    throw new Error(`There is no golden answer ${name}.`);
  }
  return golden;
}

const ofGroup = (group: string) => goldens.filter(({ name }) => name.startsWith(`${group}-`));

function answerOf({ status, contentType, body, bodyBase64 }: Golden): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = bodyBase64 === undefined ? Buffer.from(text) : Buffer.from(bodyBase64, 'base64');
  return {
    status,
    contentType: (contentType ?? '').split(';')[0],
    body: new Uint8Array(bytes).buffer,
  };
}

function replaying(...answers: Golden[]): { client: TempoClient; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const client = createTempoClient({
    get: async (request) => answerOf(answers[requests.push(request) - 1] ?? answers[answers.length - 1]),
  });
  return { client, requests };
}

async function errorFrom(promise: Promise<unknown>): Promise<TempoError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  );
  if (!(error instanceof TempoError)) {
    throw new Error(`Expected a TempoError, got ${String(error)}`);
  }
  return error;
}

function search(golden: Golden) {
  return replaying(golden).client.search({ query: golden.request.query.q ?? '' });
}

describe('search', () => {
  it.each(ofGroup('search').filter(({ status }) => status === 200))('reads $name', async (golden) => {
    const answer = await search(golden);
    const traces = (golden.body as { traces: Array<{ spanSets?: unknown[] }> }).traces;
    expect(answer.traces).toHaveLength(traces.length);
    for (const [i, trace] of answer.traces.entries()) {
      expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(trace.spanSets).toHaveLength(traces[i].spanSets?.length ?? 0);
      for (const span of trace.spanSets.flatMap(({ spans }) => spans)) {
        expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
        expect(span.startTimeUnixNano).toBeGreaterThan(BigInt(START) * BigInt(1e9));
      }
    }
  });

  it.each(ofGroup('search').filter(({ status }) => status === 400))('explains $name', async (golden) => {
    const error = await errorFrom(search(golden));
    expect(error).toMatchObject({ kind: 'query', status: 400, detail: String(golden.body).trim() });
    expect(error.message).not.toContain('rpc error');
  });

  it('says where a syntax error is', async () => {
    const error = await errorFrom(search(named('search-error-word')));
    expect(error.position).toEqual({ line: 1, column: 1 });
    expect(error.message).toBe('The query has an error at line 1, column 1: syntax error: unexpected IDENTIFIER');
  });

  it('pads trace ids and fills in what was left out', async () => {
    const { traces } = await search(named('search-trace-id-leading-zeros'));
    expect(traces[0]).toMatchObject({ traceId: '00000000000000000000000000abc123', rootServiceName: 'odd-zero-id' });
    expect((await search(named('search-nothing-found'))).traces).toEqual([]);
  });

  it('does not show the text for an unknown root', async () => {
    const withoutRoot = ofGroup('search').filter((golden) => JSON.stringify(golden.body).includes('root span not yet'));
    expect(withoutRoot.length).toBeGreaterThan(0);
    for (const golden of withoutRoot) {
      const { traces } = await search(golden);
      expect(traces.every(({ rootServiceName }) => !rootServiceName.startsWith('<'))).toBe(true);
    }
  });
});

describe('tags and values', () => {
  it.each(ofGroup('tags').filter(({ request, status }) => status === 200 && request.path.includes('/v2/')))(
    'reads $name',
    async (golden) => {
      const scopes = await replaying(golden).client.tags({});
      const expected = (golden.body as { scopes: Array<{ name: string; tags: string[] }> }).scopes;
      expect(scopes.map(({ scope }) => scope).sort()).toEqual(expected.map(({ name }) => name).sort());
      expect(scopes.flatMap(({ tags }) => tags)).toHaveLength(expected.flatMap(({ tags }) => tags).length);
    }
  );

  it.each(ofGroup('values').filter(({ request, status }) => status === 200 && request.path.includes('/v2/')))(
    'reads $name',
    async (golden) => {
      const values = await replaying(golden).client.tagValues({ tag: 'name' });
      const expected = (golden.body as { tagValues: Array<{ type: string; value?: string }> }).tagValues;
      expect(values).toEqual(expected.map((item) => ({ value: '', ...item })));
    }
  );

  it('encodes tag names that need it', async () => {
    const { client, requests } = replaying(named('values-status'));
    await client.tagValues({ tag: 'span."a b/c"', query: '{}', start: 1.5, end: 1.6 });
    expect(requests[0]).toMatchObject({
      path: '/api/v2/search/tag/span.%22a%20b%2Fc%22/values',
      params: { q: '{}', start: '1', end: '2' },
    });
  });
});

describe('metrics', () => {
  it.each(ofGroup('metrics').filter(({ status }) => status === 200))('reads $name', async (golden) => {
    const answer = await replaying(golden).client.metricsRange({ query: '{}', start: START, end: END });
    const body = golden.body as { series: Array<{ samples?: unknown[]; exemplars?: unknown[] }>; status?: string };
    expect(answer.series).toHaveLength(body.series.length);
    expect(answer.partial !== undefined).toBe(body.status === 'PARTIAL');
    for (const [i, series] of answer.series.entries()) {
      expect(series.samples).toHaveLength(body.series[i].samples?.length ?? 0);
      expect(series.samples.every((sample) => Number.isFinite(sample.value) && sample.timestampMs > START)).toBe(true);
      expect(series.exemplars).toHaveLength(body.series[i].exemplars?.length ?? 0);
      expect(series.exemplars.every(({ traceId }) => /^[0-9a-f]{32}$/.test(traceId))).toBe(true);
    }
  });

  it.each(ofGroup('metrics').filter(({ status }) => status === 400))('explains $name', async (golden) => {
    const error = await errorFrom(replaying(golden).client.metricsRange({ query: '{}', start: START, end: END }));
    expect(error.kind).toBe('query');
    expect(error.message).not.toContain('rpc error');
  });

  it.each(ofGroup('instant').filter(({ status }) => status === 200))('reads $name', async (golden) => {
    const answer = await replaying(golden).client.metricsInstant({ query: '{}', start: START, end: END });
    const series = (golden.body as { series?: Array<{ value?: number }> }).series ?? [];
    expect(answer.series.map(({ samples }) => samples)).toEqual(
      series.map(({ value }) => [{ timestampMs: END * 1000, value: value ?? 0 }])
    );
  });

  it('sends the step as a duration', async () => {
    const { client, requests } = replaying(named('metrics-rate'));
    await client.metricsRange({ query: '{} | rate()', start: START + 0.25, end: END, step: 0.5, exemplars: 7 });
    await client.metricsRange({ query: '{} | rate()', start: START, end: END, step: 30 });
    expect(requests[0].params).toEqual({
      q: '{} | rate()',
      start: '1795255500.25',
      end: '1795255800',
      step: '500ms',
      exemplars: '7',
    });
    expect(requests[1].params.step).toBe('30s');
  });
});

describe('trace by id', () => {
  const ID = '9516e154ccab4d8696f38fbf968f7943';

  it.each(['trace-v2-hotrod-protobuf', 'trace-v2-hotrod'])('reads %s', async (name) => {
    const { client, requests } = replaying(named(name));
    const answer = await client.trace({ traceId: ID, start: START, end: END });
    expect(answer).toMatchObject({ found: true, trace: { traceId: ID } });
    expect(answer.trace.spans).toHaveLength(39);
    expect(requests).toMatchObject([
      { path: `/api/v2/traces/${ID}`, params: { start: String(START), end: String(END) } },
    ]);
  });

  it('pads a short id and refuses what is none without asking', async () => {
    const { client, requests } = replaying(named('trace-v2-odd-leading-zero-ids'));
    expect((await client.trace({ traceId: ' ABC123 ' })).trace.traceId).toBe('00000000000000000000000000abc123');
    for (const traceId of ['not-an-id', '', '0000', 'a'.repeat(33)]) {
      expect(await errorFrom(client.trace({ traceId }))).toMatchObject({ kind: 'query' });
    }
    expect(requests).toHaveLength(1);
  });

  it.each(['trace-v2-unknown', 'trace-v2-unknown-protobuf', 'trace-v2-all-zero', 'trace-v1-unknown'])(
    'says that a trace is not there after %s',
    async (name) => {
      const answer = await replaying(named(name)).client.trace({ traceId: ID });
      expect(answer).toEqual({ found: false, trace: { traceId: ID, spans: [] } });
    }
  );

  it('falls back to the v1 endpoint and remembers it', async () => {
    const { client, requests } = replaying(named('misc-unknown-path'), named('trace-v1-hotrod-protobuf'));
    expect((await client.trace({ traceId: ID })).trace.spans).toHaveLength(39);
    expect((await client.trace({ traceId: ID })).trace.spans).toHaveLength(39);
    expect(requests.map(({ path }) => path)).toEqual([
      `/api/v2/traces/${ID}`,
      `/api/traces/${ID}`,
      `/api/traces/${ID}`,
    ]);
  });

  it('asks for JSON when the binary answer arrives damaged', async () => {
    const whole = named('trace-v2-hotrod-protobuf');
    const cut: Golden = { ...whole, bodyBase64: (whole.bodyBase64 ?? '').slice(0, 4000) };
    const { client, requests } = replaying(cut, named('trace-v2-hotrod'));
    expect((await client.trace({ traceId: ID })).trace.spans).toHaveLength(39);
    expect(requests.map(({ headers }) => headers.Accept)).toEqual(['application/protobuf', 'application/json']);
    const error = await errorFrom(replaying(cut).client.trace({ traceId: ID }));
    expect(error.kind).toBe('badAnswer');
    expect(error.message).toContain('did not arrive in one piece');
  });

  it('looks for another format again when the one that worked arrives damaged', async () => {
    const whole = named('trace-v2-hotrod-protobuf');
    const cut: Golden = { ...whole, bodyBase64: (whole.bodyBase64 ?? '').slice(0, 4000) };
    const { client } = replaying(whole, cut, cut, named('trace-v2-hotrod'));
    expect((await client.trace({ traceId: ID })).trace.spans).toHaveLength(39);
    expect((await client.trace({ traceId: ID })).trace.spans).toHaveLength(39);
  });

  it('passes on that a trace is partial', async () => {
    const { message } = named('trace-v2-filter-q').body as { message: string };
    const answer = await replaying(named('trace-v2-filter-q')).client.trace({ traceId: ID });
    expect(answer.partial).toBe(message);
  });
});

describe('build info and echo', () => {
  it('takes a Tempo that does not say its version', async () => {
    expect(await replaying(named('misc-buildinfo')).client.buildInfo()).toEqual({ version: '' });
    await expect(replaying(named('misc-echo')).client.echo()).resolves.toBeUndefined();
  });
});
