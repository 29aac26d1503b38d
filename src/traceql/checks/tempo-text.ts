/** Expressions as Tempo writes them in its messages. */
import type { Attribute, FieldExpression, Intrinsic, StaticValue } from '../ast';
import { intrinsicInfo } from '../intrinsics';
import { isAttributeCharacter } from '../syntax/characters';
import { formatGoDuration } from '../syntax/duration';

/** Go's shortest %g: with an exponent below 1e-4 and from 1e6 on. */
export function goFloatText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  }
  const [mantissa, exponentText] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function staticText(value: StaticValue): string {
  switch (value.valueType) {
    case 'nil':
      return 'nil';
    case 'string':
      return `\`${value.value}\``;
    case 'duration':
      return formatGoDuration(value.value);
    case 'float': {
      const text = goFloatText(value.value);
      return /[e.]/.test(text) ? text : `${text}.0`;
    }
    default:
      return String(value.value);
  }
}

export function attributeText(attribute: Attribute): string {
  const scopes = [attribute.scope, attribute.parentScope].filter((scope) => scope !== undefined && scope !== 'any');
  const needsQuotes =
    attribute.name.includes('"') ||
    ![...attribute.name].every((character) => isAttributeCharacter(character.codePointAt(0) ?? 0));
  const name = needsQuotes ? `"${attribute.name.replace(/[\\"]/g, '\\$&')}"` : attribute.name;
  // Tempo writes no dot before an empty name.
  return `${scopes.join('.')}${scopes.length > 0 || name !== '' ? '.' : ''}${name}`;
}

export function intrinsicText(intrinsic: Intrinsic): string {
  return intrinsicInfo(intrinsic.name)?.spellings[0] ?? intrinsic.text;
}

/** What Tempo knows of an expression without a span. */
export type ConstantLookup = (expression: FieldExpression) => StaticValue | undefined;

export function fieldText(expression: FieldExpression, constantOf: ConstantLookup): string {
  const constant = constantOf(expression);
  if (constant) {
    return staticText(constant);
  }
  switch (expression.type) {
    case 'attribute':
      return attributeText(expression);
    case 'intrinsic':
      return intrinsicText(expression);
    case 'static':
      return staticText(expression);
    case 'unary':
      return `${expression.operator}${operandText(expression.operand, constantOf)}`;
    case 'binary':
      return binaryText(expression.operator, expression.left, expression.right, constantOf);
  }
}

function binaryText(
  operator: string,
  left: FieldExpression,
  right: FieldExpression,
  constantOf: ConstantLookup
): string {
  if (left.type === 'static' && left.valueType === 'nil') {
    return `${operandText(right, constantOf)} ${operator} nil`;
  }
  return `${operandText(left, constantOf, right)} ${operator} ${operandText(right, constantOf, left)}`;
}

function operandText(expression: FieldExpression, constantOf: ConstantLookup, other?: FieldExpression): string {
  const constant = constantOf(expression);
  if (constant) {
    // Tempo strips the zeros that ids in search results lack, too.
    const isTraceId = other?.type === 'intrinsic' && other.name === 'trace:id' && constant.valueType === 'string';
    return staticText(isTraceId ? { valueType: 'string', value: constant.value.replace(/^0+/, '') } : constant);
  }
  const text = fieldText(expression, constantOf);
  return expression.type === 'attribute' || expression.type === 'intrinsic' ? text : `(${text})`;
}
