import { createDataFrame, FieldType } from '@grafana/data';
import { fromNodeGraphFrames } from './from-frames';
import { toNodeGraphFrames } from './to-frames';

type Values = Record<string, unknown[]>;

function frame(columns: Values, color: Record<string, string> = {}) {
  return createDataFrame({
    fields: Object.entries(columns).map(([name, values]) => ({
      name,
      values,
      type: typeof values[0] === 'number' ? FieldType.number : FieldType.string,
      config: color[name] ? { color: { mode: 'fixed', fixedColor: color[name] } } : {},
    })),
  });
}

const NODES = frame(
  {
    id: ['a', 'b'],
    title: ['A', 'B'],
    mainstat: ['12 sheep', '3 sheep'],
    secondaryStat: ['green', ''],
    detail__cluster: ['eu', ''],
    color: ['#ff0000', ''],
    nodeRadius: [60, 0],
    highlighted: [true, false],
    icon: ['database', ''],
    arc__wool: [0.25, 0],
    arc__milk: [0.75, 0],
    fixedX: [10, 20],
    fixedY: [0, -5],
  },
  { arc__wool: '#111111', arc__milk: '#222222' }
);
const EDGES = frame({
  id: ['e'],
  source: ['a'],
  target: ['b'],
  mainStat: ['4 shears'],
  thickness: [4],
  strokeDasharray: ['5, 10'],
  color: ['#0000ff'],
  highlighted: ['true'],
});

describe("the node graph's fields of any data source", () => {
  const graph = fromNodeGraphFrames([NODES, EDGES]);

  it('are all read for nodes', () => {
    expect(graph?.services[0]).toMatchObject({
      name: 'A',
      kind: 'database',
      details: [{ text: '12 sheep' }, { text: 'green' }, { text: 'eu' }],
      labels: { cluster: 'eu' },
      place: { x: 10, y: 0 },
      look: {
        color: '#ff0000',
        radius: 60,
        highlighted: true,
        arcs: [
          { share: 0.25, color: '#111111' },
          { share: 0.75, color: '#222222' },
        ],
      },
    });
  });

  it('leave out what a node does not have', () => {
    expect(graph?.services[1]).toMatchObject({ name: 'B', kind: 'service', place: { x: 20, y: -5 } });
    expect(graph?.services[1].look).toBeUndefined();
    expect(graph?.services[1].labels).toBeUndefined();
  });

  it('are all read for edges', () => {
    expect(graph?.calls[0]).toMatchObject({
      details: [{ text: '4 shears' }],
      look: { color: '#0000ff', thickness: 4, dash: [5, 10], highlighted: true },
    });
  });

  it.each([
    [['no dash'], undefined],
    [['-5 3'], undefined],
    [['0'], undefined],
    [['4'], [4]],
  ])('takes the dashes %j as %j', (strokeDasharray, dash) => {
    const edges = frame({ id: ['e'], source: ['a'], target: ['b'], strokeDasharray });
    expect(fromNodeGraphFrames([edges])?.calls[0].look?.dash).toEqual(dash);
  });

  it("does not take our own frames' hints for the core panel as looks", () => {
    const own = toNodeGraphFrames(
      {
        services: [{ id: 'a', name: 'a', kind: 'service', stats: { rate: 1, errorRate: 0.5 } }],
        calls: [],
        notices: [],
      },
      { positions: new Map([['a', { x: 1, y: 2 }]]) }
    );
    const [service] = fromNodeGraphFrames(own)?.services ?? [];
    expect(service.look).toBeUndefined();
    expect(service.place).toBeUndefined();
  });
});
