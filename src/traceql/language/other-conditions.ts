/** The rest of the query around the place that is being written, to ask only for tags and values that occur together with it. */
import { parseSyntax } from '../parse';
import { readLeaves, type Leaf } from './leaves';
import type { Place } from './situation';

/**
 * `{ a && b }` of the finished conditions around the one at the cursor, or, behind a `|`, of the filter that the query starts
 * with; undefined when there are none, or when `||` joins them.
 */
export function otherConditions(text: string, place: Place): string | undefined {
  const filter = place.filter ?? firstFilter(text, place.from);
  return filter && conditionsOf(text, filter, place.from);
}

/** The inside of the one filter in front of the first `|`. */
function firstFilter(text: string, offset: number): Place['filter'] {
  const leaves = readLeaves(text).filter((leaf) => leaf.to <= offset && !leaf.name.endsWith('Comment'));
  const end = leaves.findIndex((leaf) => leaf.text === '}');
  return end > 0 && leaves[0].text === '{' && leaves[end + 1]?.text === '|'
    ? { from: leaves[0].to, to: leaves[end].from }
    : undefined;
}

function conditionsOf(text: string, filter: { from: number; to: number }, from: number): string | undefined {
  const leaves = readLeaves(text).filter((leaf) => leaf.from >= filter.from && leaf.to <= filter.to);
  if (leaves.some((leaf) => leaf.text === '||')) {
    return undefined;
  }
  const conditions = splitAtAnd(leaves)
    .filter((condition) => condition.length > 0 && !holds(condition, from))
    .map((condition) => text.slice(condition[0].from, condition[condition.length - 1].to))
    .filter((condition) => parseSyntax(`{ ${condition} }`).query);
  return conditions.length > 0 ? `{ ${conditions.join(' && ')} }` : undefined;
}

function holds(condition: readonly Leaf[], offset: number): boolean {
  return condition[0].from <= offset && offset <= condition[condition.length - 1].to + 1;
}

function splitAtAnd(leaves: readonly Leaf[]): Leaf[][] {
  const conditions: Leaf[][] = [[]];
  let depth = 0;
  for (const leaf of leaves) {
    depth += leaf.text === '(' ? 1 : leaf.text === ')' ? -1 : 0;
    if (leaf.text === '&&' && depth === 0) {
      conditions.push([]);
    } else {
      conditions[conditions.length - 1].push(leaf);
    }
  }
  return conditions;
}
