/** The calls between two boxes as one line. */
import { sumStats } from '../../../servicegraph/group-stats';
import { type ServiceCall } from '../../../servicegraph/model';
import { type MapEdge, type MapGroup, type Trunk } from './map-types';
import { type PaintStyle } from '../drawing/paint-style';
import { borderTowards, middleOf } from './rects';

const TRUNKS_PER_GROUP = 2;
const MOST_TRUNKS = 120;

interface Bundle {
  a: number;
  b: number;
  calls: ServiceCall[];
}

function bundlesOf(edges: readonly MapEdge[], count: number): Bundle[] {
  const bundles = new Map<number, Bundle>();
  for (const { betweenGroups, source, target, call } of edges) {
    if (betweenGroups && source.group >= 0 && target.group >= 0) {
      const [a, b] = [Math.min(source.group, target.group), Math.max(source.group, target.group)];
      const bundle = bundles.get(a * count + b);
      if (bundle) {
        bundle.calls.push(call);
      } else {
        bundles.set(a * count + b, { a, b, calls: [call] });
      }
    }
  }
  return [...bundles.values()].sort((x, y) => y.calls.length - x.calls.length);
}

/** The most between two groups, and so many in all: more of them would only hide each other. */
export function trunksOf(edges: readonly MapEdge[], groups: readonly MapGroup[], paint: PaintStyle): Trunk[] {
  const used = new Int32Array(groups.length);
  const sorted = bundlesOf(edges, groups.length);
  const trunks: Trunk[] = [];
  for (const { a, b, calls } of sorted) {
    if (Math.min(used[a], used[b]) < TRUNKS_PER_GROUP && trunks.length < MOST_TRUNKS) {
      used[a]++;
      used[b]++;
      const [boxA, boxB] = [groups[a].box, groups[b].box];
      trunks.push({
        a,
        b,
        from: borderTowards(boxA, middleOf(boxB)),
        to: borderTowards(boxB, middleOf(boxA)),
        share: calls.length / sorted[0].calls.length,
        tone:
          paint.ofCalls?.(calls) ??
          paint.ofCall({ ...calls[0], id: '', stats: sumStats(calls.map(({ stats }) => stats)) }),
      });
    }
  }
  return trunks;
}
