/** What code is tried on before the data is there: browsers run code slowly the first times. */
import { callId, type ServiceCall, type ServiceGraph, type ServiceKind } from '../model';

const GROUPS = 8;
const KINDS: readonly ServiceKind[] = ['service', 'service', 'service', 'database', 'messaging'];

/** A made-up graph with all that maps have: groups, layers, a cycle, hubs, failures, services without calls. */
export function warmUpGraph(services: number): ServiceGraph {
  const called = Math.ceil(0.84 * services);
  const calls = Array.from({ length: 2 * called }, (_, edge): ServiceCall => {
    const [source, target] = [edge % called, (7 * edge + 13 * Math.floor(edge / called) + 1) % called];
    return {
      id: callId(String(source), String(target), ''),
      source: String(source),
      target: String(target),
      connectionType: '',
      stats: { rate: 1 + edge / 3, errorRate: edge % 9 === 0 ? edge / 30 : 0, mean: 0.01, p95: 0.02 },
    };
  });
  return {
    services: Array.from({ length: services }, (_, node) => ({
      id: String(node),
      name: `service-abcdefghijklmnopqrstuvwxyz.${node}`.slice(-8 - (node % 24)),
      namespace: `group ${node % GROUPS}`,
      kind: KINDS[node % KINDS.length],
      stats: { rate: 1 + node / 3, errorRate: node % 9 === 0 ? node / 30 : 0, mean: 0.01, p95: 0.02 },
    })),
    calls,
    notices: [],
  };
}
