/** The words and signs of a text in the editor, finished or not. */
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

/** Never throws. What is longer than any query that Tempo takes is cut, as nothing may block typing. */
export function readLeaves(text: string): Leaf[] {
  const leaves: Leaf[] = [];
  const cursor = parser.parse(text.slice(0, MAX_QUERY_BYTES)).cursor();
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
