import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { decodeExportRequestJson, decodeExportRequestProtobuf } from '../../src/tempo/otlp';
import { type Span } from '../../src/trace/model';
import { type Load, startLoad } from './start-load';

/** Takes OTLP/HTTP in both encodings. */
class OtlpSink {
  readonly spans: Span[] = [];
  readonly contentTypes = new Set<string>();
  private waiting: Array<{ condition: () => boolean; proceed: () => void }> = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OtlpSink> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const body = Buffer.concat(chunks);
      const contentType = request.headers['content-type'] ?? '';
      sink.take(contentType, request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
      response.writeHead(200, { 'content-type': contentType }).end(contentType.includes('json') ? '{}' : '');
    });
    const sink = new OtlpSink(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  until(condition: () => boolean): Promise<void> {
    return condition() ? Promise.resolve() : new Promise((proceed) => this.waiting.push({ condition, proceed }));
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private take(contentType: string, body: Buffer): void {
    this.contentTypes.add(contentType);
    const json = contentType.includes('json');
    this.spans.push(...(json ? decodeExportRequestJson(body.toString()) : decodeExportRequestProtobuf(body)));
    const ready = this.waiting.filter(({ condition }) => condition());
    this.waiting = this.waiting.filter((waiter) => !ready.includes(waiter));
    ready.forEach(({ proceed }) => proceed());
  }
}

const serviceOf = (span: Span) => {
  const name = span.resource.attributes.find(({ key }) => key === 'service.name')?.value;
  return name?.type === 'string' ? name.value : '';
};

let sink: OtlpSink;
let load: Load;
const log = jest.fn();

beforeAll(async () => {
  sink = await OtlpSink.start();
  load = await startLoad({ otlpUrl: sink.url, controlPort: 0, ratePerSecond: 12, log });
}, 30_000);
afterAll(async () => {
  await load.close();
  sink.close();
}, 30_000);

test('services in their own threads trace one request across HTTP, in both encodings of OTLP', async () => {
  const servicesOf = (rootName: string) => {
    const root = sink.spans.find((span) => span.name === rootName && !span.parentSpanId);
    return new Set(sink.spans.filter((span) => span.traceId === root?.traceId).map(serviceOf));
  };
  await sink.until(() => servicesOf('GET /dispatch').size === 6 && servicesOf('list-articles').size === 4);
  expect([...servicesOf('GET /dispatch')].sort()).toEqual([
    'customer',
    'driver',
    'frontend',
    'mysql',
    'redis',
    'route',
  ]);
  expect([...servicesOf('list-articles')].sort()).toEqual([
    'article-service',
    'auth-service',
    'postgres',
    'shop-backend',
  ]);
  expect([...sink.contentTypes].sort()).toEqual(['application/json', 'application/x-protobuf']);
}, 30_000);

test('orders reach the consumer through the broker', async () => {
  const consumed = () => sink.spans.find((span) => span.kind === 'consumer');
  await sink.until(() => {
    const consumer = consumed();
    return consumer !== undefined && sink.spans.some((span) => span.spanId === consumer.parentSpanId);
  });
  const producer = sink.spans.find((span) => span.spanId === consumed()?.parentSpanId);
  expect([producer?.kind, serviceOf(producer!), serviceOf(consumed()!)]).toEqual([
    'producer',
    'shop-backend',
    'fulfilment-service',
  ]);
}, 30_000);

test('a fault switched on by HTTP shows in the spans that follow', async () => {
  const slow = () =>
    sink.spans.filter(
      (span) => span.name === 'query-articles' && span.endTimeUnixNano - span.startTimeUnixNano > BigInt(400_000_000)
    );
  expect(slow()).toHaveLength(0);
  const response = await fetch(`${load.controlUrl}/faults/slow-database`, { method: 'PUT', body: '{"active":true}' });
  expect(await response.json()).toMatchObject({ id: 'slow-database', active: true });
  await sink.until(() => slow().length > 0);
  expect(slow().every((span) => serviceOf(span) === 'postgres')).toBe(true);
  expect(log).toHaveBeenCalledWith('fault slow-database on');
}, 30_000);

test('a control port that is taken is an error, and nothing is left running', async () => {
  const port = Number(new URL(load.controlUrl).port);
  await expect(startLoad({ otlpUrl: sink.url, controlPort: port, log })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
