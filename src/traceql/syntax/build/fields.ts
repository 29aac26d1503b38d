/** Expressions over the fields of a span. */
import type { Attribute, AttributeScope, FieldExpression, Intrinsic, IntrinsicName, Static } from '../../ast';
import { INTRINSIC_SPELLINGS } from '../../intrinsics';
import { isFieldOperator } from '../../operators';
import { content, type Value } from '../values';
import { type Builders, infix, literal, type Made, tokenName } from './builder';

const MIN_INT = -(BigInt(1) << BigInt(63));
const MAX_INT = (BigInt(1) << BigInt(63)) - BigInt(1);
const ATTRIBUTE_SCOPES: Readonly<Record<string, AttributeScope>> = {
  '': 'any',
  span: 'span',
  resource: 'resource',
  event: 'event',
  link: 'link',
  instrumentation: 'instrumentation',
  parent: 'parent',
};

export const fieldBuilders: Builders = {
  binary: (context) =>
    field({ type: 'binary', ...infix(context, isFieldOperator, (value) => content(value, 'field')) }),
  nilRight: ({ values, from, to }) => nilComparison(values[1], content(values[0], 'field'), nil(values[2]), from, to),
  nilLeft: ({ values, from, to }) => nilComparison(values[1], nil(values[0]), content(values[2], 'field'), from, to),
  nilBoth: ({ values, from, to }) => nilComparison(values[1], nil(values[0]), nil(values[2]), from, to),
  unary: ({ values, from, to }) =>
    field({
      type: 'unary',
      operator: tokenName(values[0]) === '-' ? '-' : '!',
      operand: content(values[1], 'field'),
      from,
      to,
    }),
  static: ({ values, from, to }) => field({ type: 'static', ...literal(content(values[0], 'token')), from, to }),
  namedConstant: ({ values, from, to, fail }) => {
    const name = content(values[0], 'token').text ?? '';
    const value = name === 'minInt' ? MIN_INT : name === 'maxInt' ? MAX_INT : fail(`unknown identifier: ${name}`);
    return field({ type: 'static', valueType: 'int', value, from, to });
  },
  intrinsic: ({ values, from, to }) => field(intrinsic(tokenName(values[0]), from, to)),
  scopedIntrinsic: ({ values, from, to }) =>
    field(intrinsic(`${tokenName(values[0])}${tokenName(values[1])}`, from, to)),
  attribute: ({ values, from, to }) => field(attribute(values, from, to)),
};

function field(node: FieldExpression): Made {
  return { kind: 'field', content: node };
}

export function references(value: Value): Array<Attribute | Intrinsic> {
  const fields = value.kind === 'fields' ? value.content : [content(value, 'field')];
  return fields.flatMap((node) => (node.type === 'attribute' || node.type === 'intrinsic' ? [node] : []));
}

function nil(value: Value): Static {
  return { type: 'static', valueType: 'nil', from: value.from, to: value.to };
}

function nilComparison(operator: Value, left: FieldExpression, right: FieldExpression, from: number, to: number): Made {
  return field({ type: 'binary', operator: tokenName(operator) === '=' ? '=' : '!=', left, right, from, to });
}

function intrinsic(text: string, from: number, to: number): Intrinsic {
  const name: IntrinsicName | undefined = INTRINSIC_SPELLINGS.get(text);
  if (!name) {
    throw new Error(`${text} is no intrinsic`);
  }
  return { type: 'intrinsic', name, text, from, to };
}

function attribute(values: Value[], from: number, to: number): Attribute {
  const scopes = values.flatMap((value) =>
    value.kind === 'token' && value.content.name.endsWith('.') ? [value.content.name.slice(0, -1)] : []
  );
  const name = content(values[scopes.length], 'token').text ?? '';
  const [scope, innerScope] = scopes.map((text): AttributeScope => ATTRIBUTE_SCOPES[text]);
  return { type: 'attribute', scope, ...(innerScope && { parentScope: innerScope }), name, from, to };
}
