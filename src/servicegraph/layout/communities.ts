import { adjacencyOf, degree } from './adjacency';
import { indices, numbered } from './numbered';
import { type LayoutInput } from './types';

const ROUNDS = 20;

interface Level {
  nodeCount: number;
  /** Undirected links, both ways, without links to itself */
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
  /** Weight of links inside each node, counted twice as in modularity */
  inner: Float64Array;
  /** Members of the graph in each node */
  sizes: Float64Array;
}

function levelOf({ nodeCount, sources, targets }: LayoutInput): Level {
  const edges = Array.from(sources.keys()).filter((edge) => sources[edge] !== targets[edge]);
  const ends = (first: Int32Array, second: Int32Array) =>
    Int32Array.from([...edges.map((edge) => first[edge]), ...edges.map((edge) => second[edge])]);
  return {
    nodeCount,
    from: ends(sources, targets),
    to: ends(targets, sources),
    weight: new Float64Array(2 * edges.length).fill(1),
    inner: new Float64Array(nodeCount),
    sizes: new Float64Array(nodeCount).fill(1),
  };
}

/** One level of the Louvain method: moves nodes to the neighbouring community that gains most modularity. */
function moveNodes({ nodeCount, from, to, weight, inner, sizes }: Level, most: number): Int32Array {
  const links = adjacencyOf(nodeCount, from, to);
  const strength = inner.slice();
  weight.forEach((one, link) => (strength[from[link]] += one));
  const total = strength.reduce((sum, one) => sum + one, 0);
  const community = indices(nodeCount);
  const sum = strength.slice();
  const members = sizes.slice();
  for (let round = 0; round < ROUNDS; round++) {
    let moves = 0;
    for (let node = 0; node < nodeCount; node++) {
      if (degree(links, node) === 0) {
        continue;
      }
      const own = community[node];
      const towards = new Map<number, number>([[own, 0]]);
      for (let place = links.offsets[node]; place < links.offsets[node + 1]; place++) {
        const other = community[links.list[place]];
        towards.set(other, (towards.get(other) ?? 0) + weight[links.edges[place]]);
      }
      sum[own] -= strength[node];
      members[own] -= sizes[node];
      let [best, bestGain] = [own, (towards.get(own) ?? 0) - (strength[node] * sum[own]) / total];
      towards.forEach((shared, other) => {
        const gain = shared - (strength[node] * sum[other]) / total;
        if (gain > bestGain + 1e-9 && members[other] + sizes[node] <= most) {
          [best, bestGain] = [other, gain];
        }
      });
      sum[best] += strength[node];
      members[best] += sizes[node];
      community[node] = best;
      moves += Number(best !== own);
    }
    if (moves === 0) {
      break;
    }
  }
  return community;
}

/** A level whose nodes are the communities of another: numbers from 0 to count - 1 */
function contract(level: Level, communities: Int32Array, count: number): Level {
  const sumsOf = (values: Float64Array) => {
    const sums = new Float64Array(count);
    values.forEach((value, node) => (sums[communities[node]] += value));
    return sums;
  };
  const inner = sumsOf(level.inner);
  const links = new Map<number, number>();
  level.weight.forEach((one, link) => {
    const [a, b] = [communities[level.from[link]], communities[level.to[link]]];
    if (a === b) {
      inner[a] += one;
    } else {
      links.set(a * count + b, (links.get(a * count + b) ?? 0) + one);
    }
  });
  const keys = [...links.keys()].sort((a, b) => a - b);
  return {
    nodeCount: count,
    from: Int32Array.from(keys, (key) => Math.floor(key / count)),
    to: Int32Array.from(keys, (key) => key % count),
    weight: Float64Array.from(keys, (key) => links.get(key) ?? 0),
    inner,
    sizes: sumsOf(level.sizes),
  };
}

/**
 * Groups of services that call each other more than others (Louvain method, Blondel et al. 2008), of at most
 * `most` members; deterministic. Numbered from 0 by their first member.
 */
export function communitiesOf(input: LayoutInput, most: number): Int32Array {
  let level = levelOf(input);
  let result = indices(input.nodeCount);
  for (;;) {
    const { numbers, count } = numbered(moveNodes(level, most));
    if (count === level.nodeCount) {
      return result;
    }
    result = result.map((community) => numbers[community]);
    level = contract(level, numbers, count);
  }
}
