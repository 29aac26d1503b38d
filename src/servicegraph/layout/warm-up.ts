import { type LayoutTask } from './layout-task';

const SERVICES = 120;
const GROUPS = 8;

/** A made-up graph with all that layouts go through: groups, layers, a cycle, hubs, services without calls. */
export function warmUpTask(): LayoutTask {
  const edges = Array.from({ length: 2 * SERVICES }, (_, edge) => {
    const source = edge % (SERVICES - 20);
    return [source, (source * 7 + edge * 13 + 1) % (SERVICES - 20)];
  });
  return {
    input: {
      nodeCount: SERVICES,
      sources: Int32Array.from(edges, ([source]) => source),
      targets: Int32Array.from(edges, ([, target]) => target),
    },
    namespaces: Array.from({ length: SERVICES }, (_, node) => `group ${node % GROUPS}`),
    options: { aspect: 16 / 9, nodeWidth: 196, nodeHeight: 58 },
  };
}
