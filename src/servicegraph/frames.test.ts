import { createDataFrame, FieldType } from '@grafana/data';
import { fromNodeGraphFrames } from './from-frames';
import { callId, type ServiceGraph } from './model';
import { errorShare, toNodeGraphFrames } from './to-frames';

const GRAPH: ServiceGraph = {
  services: [
    { id: 'user', name: 'user', kind: 'user', stats: {} },
    {
      id: '["ns","shop"]',
      name: 'shop',
      namespace: 'ns',
      kind: 'service',
      stats: { rate: 4, errorRate: 1, mean: 0.25, p95: 0.5 },
    },
    { id: 'db', name: 'db', kind: 'database', stats: { rate: 2 } },
  ],
  calls: [
    {
      id: callId('user', '["ns","shop"]', 'virtual_node'),
      source: 'user',
      target: '["ns","shop"]',
      connectionType: 'virtual_node',
      stats: { rate: 4, errorRate: 1, mean: 0.25, p95: 0.5 },
    },
    {
      id: callId('["ns","shop"]', 'db', 'database'),
      source: '["ns","shop"]',
      target: 'db',
      connectionType: 'database',
      stats: { rate: 2 },
    },
  ],
  notices: [],
};

describe('toNodeGraphFrames', () => {
  const [nodes, edges] = toNodeGraphFrames(GRAPH, { refId: 'A' });
  const values = (frame: typeof nodes, name: string) => frame.fields.find((field) => field.name === name)?.values;

  it('has what the node graph panel reads, in its units', () => {
    expect([nodes.name, edges.name, nodes.meta?.preferredVisualisationType]).toEqual(['Nodes', 'Edges', 'nodeGraph']);
    expect(values(nodes, 'title')).toEqual(['user', 'shop', 'db']);
    expect(values(nodes, 'subtitle')).toEqual([undefined, 'ns', undefined]);
    expect(values(nodes, 'mainstat')).toEqual([undefined, 250, undefined]);
    expect(values(nodes, 'secondarystat')).toEqual([undefined, 4, 2]);
    expect(values(nodes, 'arc__success')).toEqual([0, 0.75, 0]);
    expect(values(nodes, 'arc__failed')).toEqual([0, 0.25, 0]);
    expect(values(nodes, 'detail__errors')).toEqual([undefined, 25, undefined]);
    expect(nodes.fields.find(({ name }) => name === 'detail__errors')?.config.unit).toBe('%');
    expect(values(nodes, 'isinstrumented')).toEqual([false, true, false]);
    expect(values(nodes, 'icon')).toEqual(['user', '', '']);
    expect(values(edges, 'source')).toEqual(['user', '["ns","shop"]']);
    expect(values(edges, 'targetName')).toEqual(['shop', 'db']);
    expect(values(edges, 'thickness')).toEqual([5, expect.any(Number)]);
  });

  it('gives places only when every service has one, as the panel throws otherwise', () => {
    const all = new Map(GRAPH.services.map(({ id }, index) => [id, { x: index, y: 1 }]));
    expect(values(toNodeGraphFrames(GRAPH, { positions: all })[0], 'fixedx')).toEqual([0, 1, 2]);
    all.delete('db');
    expect(values(toNodeGraphFrames(GRAPH, { positions: all })[0], 'fixedx')).toBeUndefined();
  });

  it('comes back as the same graph', () => {
    const back = fromNodeGraphFrames([nodes, edges]);
    const bare = (items: Array<{ details?: unknown }>) => items.map(({ details: _, ...item }) => item);
    expect(bare(back?.services ?? [])).toEqual(GRAPH.services);
    expect(bare(back?.calls ?? [])).toEqual(GRAPH.calls);
  });
});

describe('fromNodeGraphFrames', () => {
  const field = (name: string, values: unknown[], config = {}) => ({
    name,
    values,
    config,
    type: typeof values[0] === 'number' ? FieldType.number : FieldType.string,
  });

  it("reads another data source's frames, and keeps numbers of unknown meaning as text", () => {
    const graph = fromNodeGraphFrames([
      createDataFrame({
        fields: [
          field('ID', ['1', '2']),
          field('Title', ['web', 'api']),
          field('mainStat', [12, 13], { unit: 'celsius', displayName: 'Heat' }),
          field('detail__zone', ['eu', '']),
        ],
      }),
      createDataFrame({ fields: [field('id', ['e']), field('source', ['1']), field('target', ['2'])] }),
    ]);
    expect(graph?.services[0]).toEqual({
      id: '1',
      name: 'web',
      kind: 'service',
      labels: { zone: 'eu' },
      stats: {},
      details: [
        { label: 'Heat', text: '12 °C' },
        { label: 'zone', text: 'eu' },
      ],
    });
    expect(graph?.calls).toHaveLength(1);
  });

  it.each([
    ['reqpm', { rate: 2 }],
    ['mps', { rate: 120 }],
    ['dtdurationms', { mean: 0.12 }],
    ['m', { mean: 7200 }],
    ['celsius', {}],
  ])('reads a statistic in %s, one of the units that Grafana offers', (unit, stats) => {
    const graph = fromNodeGraphFrames([
      createDataFrame({ fields: [field('id', ['a']), field('mainstat', [120], { unit })] }),
    ]);
    expect(graph?.services[0].stats).toEqual(stats);
  });

  it('knows the share of failed requests also where nothing tells how many requests there were', () => {
    const graph = fromNodeGraphFrames([
      createDataFrame({
        fields: [field('id', ['a', 'idle']), field('arc__success', [0.75, 0]), field('arc__errors', [0.25, 0])],
      }),
    ]);
    expect(graph?.services.map(({ stats }) => errorShare(stats))).toEqual([0.25, undefined]);
  });

  it('draws the ends of edges that no node frame has, and says which edges it could not draw', () => {
    const graph = fromNodeGraphFrames([
      createDataFrame({
        fields: [field('id', ['1', '2']), field('source', ['a', '']), field('target', ['b', 'b'])],
      }),
    ]);
    expect(graph?.services.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(graph?.calls.map(({ id }) => id)).toEqual(['1']);
    expect(graph?.notices).toEqual(['1 edges without a source or a target were left out.']);
  });

  it('is undefined for frames of another kind', () => {
    expect(fromNodeGraphFrames([createDataFrame({ fields: [field('value', [1])] })])).toBeUndefined();
  });
});
