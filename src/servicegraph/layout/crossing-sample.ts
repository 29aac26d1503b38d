import { type LayoutInput } from './types';

interface Places {
  x: Float64Array;
  y: Float64Array;
}

/** > 0 when c lies to the left of the way from a to b */
function side({ x, y }: Places, a: number, b: number, c: number): number {
  return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
}

/**
 * Share of the pairs of these edges that cross when drawn straight from centre to centre; edges that share an end do
 * not cross.
 */
export function crossingShare({ sources, targets }: LayoutInput, edges: readonly number[], places: Places): number {
  let crossings = 0;
  for (let i = 1; i < edges.length; i++) {
    const [a, b] = [sources[edges[i]], targets[edges[i]]];
    for (let j = 0; j < i; j++) {
      const [c, d] = [sources[edges[j]], targets[edges[j]]];
      if (a !== c && a !== d && b !== c && b !== d) {
        crossings += Number(
          side(places, a, b, c) * side(places, a, b, d) < 0 && side(places, c, d, a) * side(places, c, d, b) < 0
        );
      }
    }
  }
  return crossings / Math.max(1, (edges.length * (edges.length - 1)) / 2);
}
