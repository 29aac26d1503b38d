import { type FieldExpression } from '../../../src/traceql/ast';
import { checkField } from '../../../src/traceql/checks/field';
import { isComparisonOperator } from '../../../src/traceql/operators';

import { isField } from './conditions';
import { shownTraceId } from './fields';

/**
 * Makes constants of constant parts (`-42`, `100 * 2`), so that comparisons with them can be pushed down,
 * and writes trace ids in literals as Tempo shows them.
 */
export function fold(expression: FieldExpression): FieldExpression {
  if (expression.type === 'attribute' || expression.type === 'intrinsic' || expression.type === 'static') {
    return expression;
  }
  const { constant } = checkField(expression);
  if (constant) {
    return { from: expression.from, to: expression.to, type: 'static', ...constant };
  }
  if (expression.type === 'unary') {
    return { ...expression, operand: fold(expression.operand) };
  }
  const left = fold(expression.left);
  const right = fold(expression.right);
  if (isComparisonOperator(expression.operator)) {
    return { ...expression, left: withShownId(left, right), right: withShownId(right, left) };
  }
  return { ...expression, left, right };
}

function withShownId(expression: FieldExpression, other: FieldExpression): FieldExpression {
  const isTraceId =
    isField(other) && other.type === 'intrinsic' && (other.name === 'trace:id' || other.name === 'link:traceID');
  if (!isTraceId || expression.type !== 'static' || expression.valueType !== 'string') {
    return expression;
  }
  return { ...expression, value: shownTraceId(expression.value) };
}
