import { adjacencyOf, degree } from './adjacency';
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
}

function levelOf(input: LayoutInput): Level {
  const { sources, targets, nodeCount } = input;
  const edges = Array.from(sources.keys()).filter((edge) => sources[edge] !== targets[edge]);
  const ends = (first: Int32Array, second: Int32Array) =>
    Int32Array.from([...edges.map((edge) => first[edge]), ...edges.map((edge) => second[edge])]);
  return {
    nodeCount,
    from: ends(sources, targets),
    to: ends(targets, sources),
    weight: new Float64Array(2 * edges.length).fill(1),
    inner: new Float64Array(nodeCount),
  };
}

/** One level of the Louvain method: moves nodes to the neighbouring community that gains most modularity. */
function moveNodes({ nodeCount, from, to, weight, inner }: Level, sizes: Float64Array, most: number): Int32Array {
  const links = adjacencyOf(nodeCount, from, to);
  const strength = inner.slice();
  weight.forEach((one, link) => (strength[from[link]] += one));
  const total = strength.reduce((sum, one) => sum + one, 0);
  const community = Int32Array.from({ length: nodeCount }, (_, node) => node);
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

function renumbered(community: Int32Array): { numbers: Int32Array; count: number } {
  const known = new Map<number, number>();
  const numbers = community.map((one) => {
    const number = known.get(one) ?? known.size;
    known.set(one, number);
    return number;
  });
  return { numbers, count: known.size };
}

function contract(level: Level, numbers: Int32Array, count: number): Level {
  const inner = new Float64Array(count);
  level.inner.forEach((one, node) => (inner[numbers[node]] += one));
  const links = new Map<number, number>();
  level.weight.forEach((one, link) => {
    const [a, b] = [numbers[level.from[link]], numbers[level.to[link]]];
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
  };
}

/**
 * Groups of services that call each other more than others (Louvain method, Blondel et al. 2008), of at most
 * `most` members; deterministic. Numbered from 0 by their first member.
 */
export function communitiesOf(input: LayoutInput, most: number): Int32Array {
  let level = levelOf(input);
  let result = Int32Array.from({ length: input.nodeCount }, (_, node) => node);
  let sizes = new Float64Array(input.nodeCount).fill(1);
  for (;;) {
    const { numbers, count } = renumbered(moveNodes(level, sizes, most));
    if (count === level.nodeCount) {
      return renumbered(result).numbers;
    }
    result = result.map((community) => numbers[community]);
    const nextSizes = new Float64Array(count);
    sizes.forEach((size, node) => (nextSizes[numbers[node]] += size));
    sizes = nextSizes;
    level = contract(level, numbers, count);
  }
}
