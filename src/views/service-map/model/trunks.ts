/** The calls between two boxes as one line. */
import { sumStats } from '../../../servicegraph/group-stats';
import { type ServiceCall } from '../../../servicegraph/model';
import { type MapEdge, type MapGroup, type Trunk } from './map-types';
import { type PaintStyle } from '../drawing/paint-style';
import { listsBy } from './lists-by';
import { borderTowards, middleOf } from './rects';

const TRUNKS_PER_GROUP = 2;
const MOST_TRUNKS = 120;

interface Bundle {
  a: number;
  b: number;
  calls: ServiceCall[];
}

/** Calls by the two groups between which they are, the most first */
function bundlesOf(edges: readonly MapEdge[], count: number): Bundle[] {
  const between = edges.filter(
    ({ source, target }) => source.group !== target.group && source.group >= 0 && target.group >= 0
  );
  const keyOf = ({ source, target }: MapEdge) =>
    Math.min(source.group, target.group) * count + Math.max(source.group, target.group);
  return [...listsBy(between, keyOf)]
    .map(([key, list]) => ({ a: Math.floor(key / count), b: key % count, calls: list.map(({ call }) => call) }))
    .sort((x, y) => y.calls.length - x.calls.length);
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
