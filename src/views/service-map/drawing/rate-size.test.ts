import { createTheme } from '@grafana/data';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { type RequestStats, type Service } from '../../../servicegraph/model';
import { service as anyService } from '../../../servicegraph/service-graph.fixture';
import { mapModel } from '../model/map-model';
import { errorPaint } from './paint-style';
import { paletteOf } from './palette';
import { rateSize, sizesIn } from './rate-size';
import { ringParts, ringRadius } from './ring-parts';

const service = (name: string, stats: RequestStats, look?: Service['look']) => anyService(name, { stats, look });
const SERVICES = [
  service('busy', { rate: 400, errorRate: 0 }),
  service('quarter', { rate: 100, errorRate: 0 }),
  service('idle', { rate: 0 }),
  service('unknown', {}),
  service('broken', { rate: Infinity }),
  { ...service('users', {}), kind: 'user' as const },
  service('given', { rate: 1, errorRate: 0 }, { radius: 40 }),
];
const GRAPH = { services: SERVICES, calls: [], notices: [] };
const NODES = mapModel(GRAPH, layoutGraph(GRAPH, { width: 800, height: 600 }), errorPaint).nodeById;
const PALETTE = paletteOf(createTheme(), 'canvas');

function ring(name: string, sizeOf: ReturnType<typeof rateSize>) {
  const node = NODES.get(name)!;
  const [{ dashed = false }] = ringParts(node, { palette: PALETTE, paint: errorPaint, sizeOf });
  return { radius: ringRadius(node, sizeOf), dashed };
}

describe('sizes by rate', () => {
  it.each([
    ['busy', { radius: 20, dashed: false }],
    // A quarter of the rate is half of the way between the least and the most.
    ['quarter', { radius: 14.75, dashed: false }],
    ['idle', { radius: 9.5, dashed: false }],
    ['unknown', { radius: 9.5, dashed: true }],
    ['broken', { radius: 9.5, dashed: true }],
    ['given', { radius: 16, dashed: false }],
    // Nobody calls users.
    ['users', { radius: 16, dashed: false }],
  ])('%s', (name, expected) => {
    expect(ring(name, rateSize(SERVICES))).toEqual(expected);
  });

  it('are the same where nobody wants them, or no service has a rate', () => {
    for (const sizeOf of [rateSize(SERVICES, 'none'), rateSize(SERVICES.slice(2, 5))]) {
      expect(sizeOf).toBeUndefined();
      expect(ring('busy', sizeOf)).toEqual(ring('unknown', sizeOf));
    }
    expect([sizesIn(SERVICES), sizesIn(SERVICES.slice(0, 3))]).toEqual(['some', 'all']);
  });
});
