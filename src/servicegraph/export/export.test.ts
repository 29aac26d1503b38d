import { instance } from '@viz-js/viz';
import { callId, type Service, serviceId } from '../model';
import { call, graphOf, service } from '../service-graph.fixture';
import { callsToCsv, servicesToCsv } from './csv';
import { toDot } from './dot';
import { toJson } from './json';
import { toMermaid } from './mermaid';

const inNamespace = (namespace: string, name: string, more: Partial<Service> = {}): Service =>
  service(name, { id: serviceId(name, namespace), namespace, ...more });

const cart = inNamespace('shop', 'cart', { stats: { rate: 20, errorRate: 0.5, p95: 0.1234 } });
const redis = service('redis', { kind: 'database' });
const odd = inNamespace('a"b', 'say "hi"\n<b>\\N; end', { stats: { rate: 0 } });
const formula = service('=HYPERLINK("http://x")');
const graph = graphOf(
  [cart, redis, odd, formula],
  [
    call(
      cart.id,
      redis.id,
      { rate: 20, errorRate: 0.5, p95: 0.1234 },
      { id: callId(cart.id, redis.id, 'database'), connectionType: 'database' }
    ),
    call(odd.id, odd.id),
  ]
);

describe('toDot', () => {
  it('is read by Graphviz, with all names as they are', async () => {
    const { errors, output } = (await instance()).render(toDot(graph), { format: 'json' });
    expect(errors).toEqual([]);
    const { objects, edges } = JSON.parse(output ?? '{}') as {
      objects: Array<{ name: string; label: string; nodes?: number[] }>;
      edges: Array<{ label?: string }>;
    };
    expect(objects.filter(({ nodes }) => !nodes).map(({ name }) => name)).toEqual(
      expect.arrayContaining([cart.id, redis.id, formula.id])
    );
    expect(objects.filter(({ nodes }) => nodes)).toHaveLength(2);
    expect(edges.map(({ label }) => label)).toEqual(['20 req/s, 2.5 % errors, p95 123 ms', '']);
  });
});

describe('toMermaid', () => {
  it('numbers the nodes and takes no name for syntax', () => {
    expect(toMermaid(graph)).toBe(
      [
        'flowchart LR',
        '  subgraph ns0["shop"]',
        '    s0["cart"]',
        '  end',
        '  subgraph ns1["a#34;b"]',
        '    s2["say #34;hi#34; #60;b#62;#92;N#59; end"]',
        '  end',
        '  s1[("redis")]',
        '  s3["=HYPERLINK(#34;http://x#34;)"]',
        '  s0 -->|"20 req/s, 2.5 % errors, p95 123 ms"| s1',
        '  s2 --> s2',
        '',
      ].join('\n')
    );
  });
});

describe('toMermaid of a large graph', () => {
  it('says in the file what has to be configured, as Mermaid draws no more than 500 calls otherwise', () => {
    const calls = Array.from({ length: 501 }, () => graph.calls[0]);
    const [first, second] = toMermaid({ ...graph, calls }).split('\n');
    expect(first).toMatch(/^%% Needs mermaid.initialize\(\{ maxEdges: 501, maxTextSize: \d+ \}\)$/);
    expect(second).toBe('flowchart LR');
  });
});

describe('toJson', () => {
  it('keeps services and calls, and says of when they are', () => {
    expect(JSON.parse(toJson(graph, { from: 0, to: 60_000 }))).toMatchObject({
      from: '1970-01-01T00:00:00.000Z',
      to: '1970-01-01T00:01:00.000Z',
      services: graph.services,
      calls: graph.calls,
    });
  });
});

describe('CSV', () => {
  it('leaves absent numbers empty and runs no name as a formula', () => {
    expect(servicesToCsv(graph).split('\r\n')).toEqual([
      'service,namespace,kind,rate (req/s),errors (%),mean (s),p50 (s),p95 (s),p99 (s)',
      'cart,shop,service,20,2.5,,,0.1234,',
      'redis,,database,,,,,,',
      expect.stringMatching(/^"say ""hi""/),
      `"'=HYPERLINK(""http://x"")",,service,,,,,,`,
      '',
    ]);
  });

  it('has a column for each label that tells services apart, of both ends of a call', () => {
    const cluster = 'k8s_cluster_name';
    const [a, b] = ['eu', 'us'].map((name) =>
      service('cart', { id: name, namespace: 'shop', labels: { [cluster]: name } })
    );
    const calls = [{ ...graph.calls[0], source: a.id, target: redis.id }];
    const told = { ...graph, services: [a, b, redis], calls };
    expect(servicesToCsv(told).split('\r\n').slice(0, 4)).toEqual([
      `service,namespace,${cluster},kind,rate (req/s),errors (%),mean (s),p50 (s),p95 (s),p99 (s)`,
      'cart,shop,eu,service,,,,,,',
      'cart,shop,us,service,,,,,,',
      'redis,,,database,,,,,,',
    ]);
    expect(callsToCsv(told).split('\r\n').slice(0, 2)).toEqual([
      `caller,caller namespace,caller ${cluster},callee,callee namespace,callee ${cluster},connection type,rate (req/s),errors (%),mean (s),p50 (s),p95 (s),p99 (s)`,
      'cart,shop,eu,redis,,,database,20,2.5,,,0.1234,',
    ]);
  });

  it('names both ends of a call', () => {
    expect(callsToCsv(graph).split('\r\n')[1]).toBe('cart,shop,redis,,database,20,2.5,,,0.1234,');
  });
});
