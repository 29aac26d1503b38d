import fc from 'fast-check';
import { layoutIndexed } from './layout-indexed';
import { type LayoutInput } from './types';

const CARD = { nodeWidth: 196, nodeHeight: 58 };
const PANELS = [
  { aspect: 16 / 9, room: 1600 },
  { aspect: 0.45, room: 400 },
  { aspect: 6.4, room: 1600 },
];

/** Any graph: cycles, calls to itself, the same call twice, groups of one and of many */
const graphs = fc.integer({ min: 1, max: 70 }).chain((nodeCount) => {
  const node = fc.integer({ min: 0, max: nodeCount - 1 });
  return fc.record({
    nodeCount: fc.constant(nodeCount),
    calls: fc.array(fc.tuple(node, node), { maxLength: 200 }),
    groups: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: nodeCount, maxLength: nodeCount }),
    isGrouped: fc.boolean(),
    panel: fc.constantFrom(...PANELS),
  });
});

describe('layoutIndexed', () => {
  it('gives every service of any graph a place of its own, inside its box, and every call a way', () => {
    fc.assert(
      fc.property(graphs, ({ nodeCount, calls, groups, isGrouped, panel }) => {
        const numbers = [...new Set(groups)];
        const input: LayoutInput = {
          nodeCount,
          sources: Int32Array.from(calls, ([from]) => from),
          targets: Int32Array.from(calls, ([, to]) => to),
          ...(isGrouped ? { groups: Int32Array.from(groups, (group) => numbers.indexOf(group)) } : {}),
        };
        const { x, y, routes, groups: boxes } = layoutIndexed(input, { ...CARD, ...panel });
        const nodes = [...x.keys()];
        const overlaps = nodes.filter((a) =>
          nodes.some(
            (b) =>
              b < a && Math.abs(x[a] - x[b]) < CARD.nodeWidth - 1e-6 && Math.abs(y[a] - y[b]) < CARD.nodeHeight - 1e-6
          )
        );
        const boxesOf = nodes.map((node) =>
          boxes
            .filter((box) => x[node] > box.x && x[node] < box.x + box.width)
            .filter((box) => y[node] > box.y && y[node] < box.y + box.height)
            .map(({ group }) => group)
        );
        const hasWay = calls.map((_, edge) => routes.offsets[edge + 1] - routes.offsets[edge] >= 2);
        expect(overlaps).toEqual([]);
        expect(boxesOf).toEqual(nodes.map((node) => (input.groups ? [input.groups[node]] : [])));
        expect(hasWay).toEqual(calls.map(([from, to]) => from !== to));
        expect(layoutIndexed(input, { ...CARD, ...panel }).x).toEqual(x);
      }),
      { numRuns: 60, seed: 7 }
    );
  });
});
