import { isKindKeyword, isStatusKeyword, narrow } from '../../operators';
import type { StaticValue, TextRange } from '../../ast';
import type { Token } from '../lexer';
import { content, type ContentOf, type Value, type ValueKind } from '../values';

/** A rule that is being finished. */
export interface Context {
  values: Value[];
  from: number;
  to: number;
  fail: (message: string) => never;
}

/** What a finished rule becomes; its place and depth are added by `reduceRule`. */
export type Made = { [Kind in ValueKind]: { kind: Kind; content: ContentOf<Kind> } }[ValueKind];

/** By the label of the rule in rules.ts. */
export type Builders = Readonly<Record<string, (context: Context) => Made>>;

export function tokenName(value: Value): string {
  return content(value, 'token').name;
}

/** What a rule `left operator right` becomes, but for its type. @throws when the operator is none of the kind */
export function infix<Operator extends string, Operand>(
  { values: [left, operator, right], from, to }: Context,
  isOperator: (text: string) => text is Operator,
  operandOf: (value: Value) => Operand
): TextRange & { operator: Operator; left: Operand; right: Operand } {
  return {
    operator: narrow(tokenName(operator), isOperator),
    left: operandOf(left),
    right: operandOf(right),
    from,
    to,
  };
}

export function literal(token: Token): StaticValue {
  const { name } = token;
  switch (name) {
    case 'STRING':
      return { valueType: 'string', value: token.text ?? '' };
    case 'INTEGER':
      return { valueType: 'int', value: token.integer ?? BigInt(0) };
    case 'DURATION':
      return { valueType: 'duration', value: token.integer ?? BigInt(0) };
    case 'FLOAT':
      return { valueType: 'float', value: token.float ?? 0 };
    case 'true':
    case 'false':
      return { valueType: 'bool', value: name === 'true' };
    default:
      return isStatusKeyword(name)
        ? { valueType: 'status', value: name }
        : { valueType: 'kind', value: narrow(name, isKindKeyword) };
  }
}

/** The list is only ever reachable from the value that is being replaced: long queries need no copy an element. */
export function addTo<Element>(list: Element[], added: Element[]): Element[] {
  list.push(...added);
  return list;
}
