/** Whether two trees say the same, however they are laid out. */
import type { FieldExpression, Query } from './ast';

export function equalQueries(a: Query, b: Query): boolean {
  return equal(a, b);
}

export function equalFields(a: FieldExpression, b: FieldExpression): boolean {
  return equal(a, b);
}

function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return Object.is(a, b);
  }
  const left = entriesOf(a);
  const right = new Map(entriesOf(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && equal(value, right.get(key)));
}

/** Without the places in the text. */
function entriesOf(node: object): Array<[string, unknown]> {
  return Object.entries(node).filter(([key, value]) => key !== 'from' && key !== 'to' && value !== undefined);
}
