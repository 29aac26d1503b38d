import { type KeyValue, type Span } from '../../src/trace/model';
import { FAULTS } from './faults';
import { generateHistory, type SpanBatch } from './generate-history';
import { type Incident } from './incidents';
import { CANARY_VERSION } from './topology';

// Minutes of traffic are a second's work, on a busy machine several.
jest.setTimeout(60_000);

const TO = Date.UTC(2026, 10, 21, 12, 0, 0);
const FROM = TO - 12 * 60_000;

async function generate(seed: number, from = FROM, to = TO, incidents?: readonly Incident[]): Promise<SpanBatch[]> {
  const batches: SpanBatch[] = [];
  for await (const batch of generateHistory({ from, to, seed, ratePerSecond: 3, incidents })) {
    batches.push(batch);
  }
  return batches;
}

const value = (attributes: KeyValue[], key: string): unknown => {
  const found = attributes.find((attribute) => attribute.key === key)?.value;
  return found && 'value' in found ? found.value : undefined;
};
const serviceOf = (span: Span) => value(span.resource.attributes, 'service.name');
const durationMs = (span: Span) => Number(span.endTimeUnixNano - span.startTimeUnixNano) / 1e6;
const endMs = (span: Span) => Number(span.endTimeUnixNano) / 1e6;
const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

let batches: SpanBatch[];
let spans: Span[];
let byId: Map<string, Span>;

beforeAll(async () => {
  batches = await generate(1);
  spans = batches.flatMap((batch) => batch.spans);
  byId = new Map(spans.map((span) => [span.spanId, span]));
});

/** The spans whose end lies in the given parts of the range. */
const during = (start: number, end: number) =>
  spans.filter((span) => {
    const part = (endMs(span) - FROM) / (TO - FROM);
    return part >= start && part < end;
  });

test('the same seed gives the same spans, another seed others', async () => {
  const minute = (seed: number) => generate(seed, TO - 60_000, TO);
  const first = await minute(5);
  expect(await minute(5)).toEqual(first);
  expect((await minute(6))[0].spans[0].traceId).not.toBe(first[0].spans[0].traceId);
});

test('batches come in order of arrival, each after its spans ended and within a second', () => {
  expect(batches.map((batch) => batch.atMs)).toEqual(batches.map((batch) => batch.atMs).sort((a, b) => a - b));
  expect(batches.filter(({ atMs }) => atMs <= FROM || atMs > TO)).toEqual([]);
  const misplaced = batches.flatMap(({ atMs, spans: sent }) =>
    sent.filter((span) => endMs(span) > atMs + 0.001 || endMs(span) < atMs - 1000.001)
  );
  expect(misplaced).toEqual([]);
  expect(spans.filter((span) => span.startTimeUnixNano > span.endTimeUnixNano)).toEqual([]);
});

test('every trace is whole: one root, every parent there', () => {
  const orphans = spans.filter((span) => span.parentSpanId && byId.get(span.parentSpanId)?.traceId !== span.traceId);
  expect(orphans).toEqual([]);
  const roots = spans.filter((span) => !span.parentSpanId);
  expect(roots.length).toBe(new Set(spans.map((span) => span.traceId)).size);
  expect(roots.length / (12 * 60)).toBeGreaterThan(2);
  expect(roots.length / (12 * 60)).toBeLessThan(4.5);
});

test('the calls of both samples are there, as client and server spans', () => {
  const calls = new Set(
    spans
      .filter((span) => span.kind === 'server' && byId.get(span.parentSpanId)?.kind === 'client')
      .map((span) => `${serviceOf(byId.get(span.parentSpanId)!)} -> ${serviceOf(span)}`)
  );
  expect([...calls].sort()).toEqual([
    'article-service -> postgres',
    'cart-service -> billing-service',
    'customer -> mysql',
    'driver -> redis',
    'frontend -> customer',
    'frontend -> driver',
    'frontend -> route',
    'fulfilment-service -> postgres',
    'shop-backend -> article-service',
    'shop-backend -> auth-service',
    'shop-backend -> cart-service',
  ]);
});

test('an order goes through the queue: consumer below the producer, and linked to it', () => {
  const consumers = spans.filter((span) => span.kind === 'consumer');
  expect(consumers.length).toBeGreaterThan(50);
  for (const consumer of consumers) {
    const producer = byId.get(consumer.parentSpanId);
    expect(producer?.kind).toBe('producer');
    expect(serviceOf(producer!)).toBe('shop-backend');
    expect(consumer.links.map((link) => link.spanId)).toEqual([consumer.parentSpanId]);
    expect(value(consumer.attributes, 'messaging.destination.name')).toBe('orders');
    expect(value(consumer.attributes, 'messaging.message.id')).toBe(
      value(producer!.attributes, 'messaging.message.id')
    );
  }
  const runs = spans.filter((span) => span.name === 'run-parcels');
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.every((run) => run.links.length >= 8 && run.links.every((link) => link.traceId !== run.traceId))).toBe(
    true
  );
});

test('database calls carry the attributes that make a database of the other side', () => {
  const calls = spans.filter((span) => ['SQL SELECT', 'GetDriver', 'select-articles'].includes(span.name));
  expect(new Set(calls.map((span) => value(span.attributes, 'db.system.name')))).toEqual(
    new Set(['mysql', 'redis', 'postgresql'])
  );
  expect(calls.every((span) => span.kind === 'client' && value(span.attributes, 'server.address'))).toBe(true);
});

test('the payment provider sends no spans and is known by its name', () => {
  const charges = spans.filter((span) => value(span.attributes, 'peer.service') === 'payment-provider');
  expect(charges.length).toBeGreaterThan(50);
  const parents = new Set(spans.map((span) => span.parentSpanId));
  expect(charges.some((span) => parents.has(span.spanId))).toBe(false);
});

test('redis time-outs and forbidden calls look as recorded', () => {
  const timeouts = spans.filter((span) => span.name === 'GetDriver' && span.status.code === 'error');
  expect(timeouts.length).toBeGreaterThan(10);
  expect(timeouts.every((span) => span.status.message === 'An error occurred')).toBe(true);
  expect(timeouts[0].events.map((event) => event.name)).toContain('exception');
  const forbidden = spans.filter((span) => span.name === 'authenticate' && span.status.code === 'error');
  expect(forbidden.length).toBeGreaterThan(5);
  for (const span of forbidden) {
    expect([span.kind, span.status.message, value(span.attributes, 'http.response.status_code')]).toEqual([
      'client',
      'Forbidden',
      403,
    ]);
  }
});

test('mysql is slower when requests wait for each other', () => {
  const selects = spans.filter((span) => serviceOf(span) === 'mysql');
  const waited = (span: Span) => span.events.some((event) => event.name.startsWith('Waiting for lock'));
  expect(selects.some(waited)).toBe(true);
  expect(mean(selects.filter(waited).map(durationMs))).toBeGreaterThan(
    1.3 * mean(selects.filter((span) => !waited(span)).map(durationMs))
  );
});

test('the picture is not flat: slow database, failing payments, a bad version, then quiet', () => {
  const listTime = (part: Span[]) => mean(part.filter((span) => span.name === 'fetch-articles').map(durationMs));
  expect(listTime(during(0.17, 0.28))).toBeGreaterThan(5 * listTime(during(0.76, 1)));

  const errorShare = (part: Span[], name: string) => {
    const matching = part.filter((span) => span.name === name && span.kind === 'server');
    return matching.filter((span) => span.status.code === 'error').length / matching.length;
  };
  expect(errorShare(during(0.41, 0.47), 'payment')).toBeGreaterThan(0.3);
  expect(errorShare(during(0.76, 1), 'payment')).toBeLessThan(0.05);

  const servers = during(0.59, 0.72).filter(
    (span) => serviceOf(span) === 'article-service' && span.kind === 'server' && span.status.code === 'error'
  );
  expect(servers.length).toBeGreaterThan(3);
  expect(new Set(servers.map((span) => value(span.resource.attributes, 'service.version')))).toEqual(
    new Set([CANARY_VERSION])
  );
  expect(servers[0].events.map((event) => event.name)).toEqual(['exception']);
});

test('a lost consumer: orders pile up until the queue is full, and are late when it comes back', async () => {
  const [start, end] = [0.05, 0.85];
  const all = (await generate(2, FROM, TO, [{ fault: 'lost-consumer', start, end }])).flatMap((batch) => batch.spans);
  const part = (span: Span) => (endMs(span) - FROM) / (TO - FROM);
  const whileLost = all.filter((span) => part(span) > start + 0.01 && part(span) < end);
  expect(whileLost.filter((span) => span.kind === 'consumer')).toEqual([]);

  const sent = whileLost.filter((span) => span.kind === 'producer');
  const refused = sent.filter((span) => span.status.code === 'error');
  expect(sent.length - refused.length).toBeGreaterThan(100);
  expect(refused.length).toBeGreaterThan(10);
  expect(value(refused[0].attributes, 'error.type')).toBe('QueueFullError');
  const order = all.find((span) => span.spanId === refused[0].parentSpanId);
  expect([order?.name, order?.status.code, value(order!.attributes, 'http.response.status_code')]).toEqual([
    'place-order',
    'error',
    503,
  ]);

  const senders = new Map(all.map((span) => [span.spanId, span]));
  const delays = all
    .filter((span) => span.kind === 'consumer' && part(span) > end)
    .map((span) => Number(span.startTimeUnixNano - senders.get(span.parentSpanId)!.endTimeUnixNano) / 1e9);
  expect(Math.max(...delays)).toBeGreaterThan(60);
  expect(delays[delays.length - 1]).toBeLessThan(1);
});

test('nothing in the spans gives a fault away by name', () => {
  const text = JSON.stringify(spans, (_key, entry) => (typeof entry === 'bigint' ? String(entry) : entry));
  for (const { id, title } of FAULTS) {
    expect(text).not.toContain(id);
    expect(text).not.toContain(title);
  }
  expect(text).not.toMatch(/fault/i);
});

test('services say who they are as deployed ones do', () => {
  const { resource } = spans.find((span) => serviceOf(span) === 'article-service')!;
  for (const key of [
    'service.namespace',
    'service.version',
    'service.instance.id',
    'deployment.environment',
    'k8s.pod.name',
  ]) {
    expect(value(resource.attributes, key)).toEqual(expect.any(String));
  }
});
