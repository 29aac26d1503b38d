import { type DataFrame, type Field, type FieldConfig, FieldType, ThresholdsMode, toDataFrame } from '@grafana/data';
import { fromNodeGraphFrames } from '../../servicegraph/from-frames';
import { thresholdsOf, withUnits } from './frame-config';
import { isNodeGraph, optionsOfNodeGraph, overridesOfNodeGraph, withoutNodeGraph } from './from-node-graph';
import { colorLimits, DEFAULT_OPTIONS, DEFAULT_THRESHOLDS } from './options';
import { suggestions } from './suggestions';

function field(name: string, values: unknown[], config: FieldConfig = {}): Partial<Field> {
  return { name, values, config, type: typeof values[0] === 'number' ? FieldType.number : FieldType.string };
}

const frame = (fields: Array<Partial<Field>>): DataFrame => toDataFrame({ fields });
const NODES = frame([field('id', ['a', 'b']), field('title', ['A', 'B']), field('mainStat', [20, 40])]);
const EDGES = frame([
  field('id', ['e']),
  field('source', ['a']),
  field('target', ['b']),
  field('mainstat', [120]),
  field('secondarystat', [3]),
]);

const steps = (...values: number[]) => ({
  mode: ThresholdsMode.Absolute,
  steps: [-Infinity, ...values].map((value) => ({ value, color: 'green' })),
});
const defaults = { defaults: { thresholds: DEFAULT_THRESHOLDS }, overrides: [] };

describe('units of the options', () => {
  it('say which number a statistic is, in each kind of frame', () => {
    const frames = withUnits([NODES, EDGES], { nodesMain: 'ms', edgesMain: 'rpm', edgesSecondary: 's' });
    const graph = fromNodeGraphFrames(frames);
    expect(graph?.services.map(({ stats }) => stats)).toEqual([{ mean: 0.02 }, { mean: 0.04 }]);
    expect(graph?.calls[0].stats).toEqual({ rate: 2, mean: 3 });
  });

  it('leave the frames alone where there are none', () => {
    const frames = [NODES, EDGES];
    expect(withUnits(frames, { nodesMain: '' })).toBe(frames);
  });
});

describe('thresholds of single fields', () => {
  const limits = (colorBy: 'errors' | 'latency', ...fields: Array<Partial<Field>>) =>
    colorLimits(colorBy, defaults, thresholdsOf([frame([field('id', ['a']), ...fields])], colorBy, 'p95'));

  it.each([
    ['share', 'arc__failed', 'percentunit', [0.1, 0.2], [10, 20]],
    ['per cent', 'detail__errors', 'percent', [10, 20], [10, 20]],
  ])('are in the unit of the field: %s', (_, name, unit, own, expected) => {
    expect(limits('errors', field(name, [0.1], { unit, thresholds: steps(...own) }))).toEqual(expected);
  });

  it('of a latency are those of the field that is shown', () => {
    const seconds = field('detail__p95', [1], { unit: 's', thresholds: steps(0.2, 0.4) });
    expect(limits('latency', field('mainstat', [1], { unit: 'ms', thresholds: steps(1, 2) }), seconds)).toEqual([
      200, 400,
    ]);
    expect(limits('latency', field('mainstat', [1], { unit: 'ms', thresholds: steps(70, 90) }))).toEqual([70, 90]);
  });

  it('of one field count although the others have those of the panel', () => {
    const ofPanel = field('detail__errors', [10], { unit: '%', thresholds: DEFAULT_THRESHOLDS });
    expect(limits('errors', ofPanel, field('arc__failed', [0.1], { thresholds: steps(0.1, 0.2) }))).toEqual([10, 20]);
  });

  it('are the panel\u2019s where the field has no others, and for a number of another kind', () => {
    expect(limits('errors', field('arc__failed', [0.1], { thresholds: DEFAULT_THRESHOLDS }))).toEqual([1, 5]);
    expect(limits('latency', field('mainstat', [1], { unit: 'reqps', thresholds: steps(7, 9) }))).toEqual([500, 1000]);
  });
});

describe('a node graph panel that becomes a service map', () => {
  const NODE_GRAPH_OPTIONS = {
    nodes: { mainStatUnit: 'ms', arcs: [{ field: 'arc__x', color: 'red' }, { field: 'arc__y' }, null] },
    edges: { secondaryStatUnit: 'reqps', mainStatUnit: '' },
    zoomMode: 'greedy',
    layoutAlgorithm: 'force',
  };

  it('keeps what has a counterpart', () => {
    expect(optionsOfNodeGraph(NODE_GRAPH_OPTIONS)).toEqual({
      wheel: 'greedy',
      units: { nodesMain: 'ms', edgesSecondary: 'reqps' },
    });
    expect(overridesOfNodeGraph(NODE_GRAPH_OPTIONS)).toEqual([
      {
        matcher: { id: 'byName', options: 'arc__x' },
        properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: 'red' } }],
      },
    ]);
  });

  it.each([undefined, null, 'x', {}, { nodes: 1, edges: [], zoomMode: 3 }, { nodes: { arcs: {}, mainStatUnit: 7 } }])(
    'takes nothing from %p',
    (options) => {
      expect(optionsOfNodeGraph(options)).toEqual({});
      expect(overridesOfNodeGraph(options)).toEqual([]);
    }
  );

  it('is known by its options under another name', () => {
    const mixture = { ...DEFAULT_OPTIONS, ...NODE_GRAPH_OPTIONS };
    expect([isNodeGraph(mixture), isNodeGraph(DEFAULT_OPTIONS)]).toEqual([true, false]);
    const own = withoutNodeGraph(mixture);
    expect(own).toEqual({
      ...DEFAULT_OPTIONS,
      wheel: 'greedy',
      units: { nodesMain: 'ms', edgesSecondary: 'reqps' },
    });
  });
});

describe('suggestions', () => {
  it.each([
    ['nodes and edges', [NODES, EDGES], 100],
    ['edges only', [EDGES], 70],
    ['nodes only', [NODES], undefined],
    ['no edge at all', [NODES, { ...EDGES, length: 0 }], undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_, rawFrames, score) => {
    expect(suggestions({ rawFrames })?.[0].score).toBe(score);
  });
});
