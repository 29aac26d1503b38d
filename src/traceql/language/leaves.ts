/** The words and signs of a text in the editor, finished or not. */
import { TreeFragment, type Tree } from '@lezer/common';

import { parser } from '../grammar/parser.gen';
import { MAX_QUERY_BYTES } from '../parse';

export interface Leaf {
  /** Name of the grammar's node, or the sign or keyword itself; `invalid` for what fits nowhere. */
  name: string;
  /** Of the node around it, which tells a name of a function from one of an intrinsic. */
  parent: string;
  from: number;
  to: number;
  text: string;
}

interface Read {
  text: string;
  tree: Tree;
  leaves: readonly Leaf[];
}

/** Of the text that was read last: it is asked for several times for each letter, and the next text differs little. */
let last: Read | undefined;

/** Never throws. What is longer than any query that Tempo takes is cut, as nothing may block typing. */
export function readLeaves(text: string): readonly Leaf[] {
  const read = text.slice(0, MAX_QUERY_BYTES);
  if (last?.text !== read) {
    const tree = parser.parse(read, last ? unchangedParts(last, read) : []);
    last = { text: read, tree, leaves: leavesOf(tree, read) };
  }
  return last.leaves;
}

/** What the parser can take over from the text of before: everything around the one place where they differ. */
function unchangedParts(before: Read, text: string): readonly TreeFragment[] {
  const shorter = Math.min(before.text.length, text.length);
  let start = 0;
  while (start < shorter && before.text[start] === text[start]) {
    start++;
  }
  let end = 0;
  while (end < shorter - start && before.text[before.text.length - 1 - end] === text[text.length - 1 - end]) {
    end++;
  }
  const change = { fromA: start, toA: before.text.length - end, fromB: start, toB: text.length - end };
  return TreeFragment.applyChanges(TreeFragment.addTree(before.tree), [change]);
}

function leavesOf(tree: Tree, text: string): Leaf[] {
  const leaves: Leaf[] = [];
  const cursor = tree.cursor();
  do {
    const { node } = cursor;
    if (cursor.from < cursor.to && !node.firstChild) {
      const name = cursor.type.isError ? 'invalid' : cursor.name;
      leaves.push({
        name,
        parent: node.parent?.name ?? '',
        from: cursor.from,
        to: cursor.to,
        text: text.slice(cursor.from, cursor.to),
      });
    }
  } while (cursor.next());
  return leaves;
}
