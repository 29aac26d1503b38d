import { docFor, type DocEntry } from './docs';
import { scopeLength } from './highlight';
import { readLeaves, type Leaf } from './leaves';

export interface Hover {
  from: number;
  to: number;
  entry: DocEntry;
}

/** What is to say of the word or sign at the offset. */
export function hover(text: string, offset: number): Hover | undefined {
  const leaf = readLeaves(text).find(({ from, to }) => from <= offset && offset < to);
  if (!leaf || leaf.name === 'String' || leaf.name.endsWith('Comment')) {
    return undefined;
  }
  const entry = docFor(nameOf(leaf));
  return (
    entry && { from: leaf.from, to: leaf.name === 'Attribute' ? leaf.from + scopeLength(leaf.text) : leaf.to, entry }
  );
}

function nameOf(leaf: Leaf): string {
  if (leaf.name === 'Attribute') {
    const scope = leaf.text.slice(0, scopeLength(leaf.text));
    return scope.startsWith('parent.') ? 'parent.' : scope;
  }
  // `span: name` is one intrinsic
  return leaf.text.replace(/\s+/g, '');
}
