/** What Tempo takes but most likely was not meant. Tempo itself says nothing of it. */
import type { BinaryExpression, Diagnostic, FieldExpression, Query, TextRange } from '../ast';
import { intrinsicInfo } from '../intrinsics';
import { walkQuery } from '../walk';

/** Such as `GET.*`: what no plain name holds. */
const PATTERN = /\.[*+]|^\^|\$$|\\\\?[dws]/;

export function checkHints(query: Query): Diagnostic[] {
  const hints: Diagnostic[] = [];
  walkQuery(query, { field: (expression) => hints.push(...hintsFor(expression)) });
  return hints;
}

function hintsFor(expression: FieldExpression): Diagnostic[] {
  switch (expression.type) {
    case 'attribute':
      return expression.scope === 'any'
        ? [
            hint(
              `.${expression.name} is looked up in spans and in resources. Add the scope: span. or resource.`,
              expression
            ),
          ]
        : [];
    case 'binary':
      return [...durationHint(expression), ...patternHint(expression)];
    default:
      return [];
  }
}

/** `duration > 500` are 500 nanoseconds. */
function durationHint({ left, right }: BinaryExpression): Diagnostic[] {
  const isDuration = left.type === 'intrinsic' && intrinsicInfo(left.name)?.valueType === 'duration';
  const isBareNumber =
    right.type === 'static' && (right.valueType === 'int' || right.valueType === 'float') && Number(right.value) !== 0;
  return isDuration && isBareNumber
    ? [hint('A duration without a unit is in nanoseconds. Add the unit: ms, s, m or h.', right)]
    : [];
}

function patternHint({ operator, right }: BinaryExpression): Diagnostic[] {
  const isCompared = operator === '=' || operator === '!=';
  return isCompared && right.type === 'static' && right.valueType === 'string' && PATTERN.test(right.value)
    ? [hint(`${operator} compares with the text as it is. For a pattern use ${operator === '=' ? '=~' : '!~'}.`, right)]
    : [];
}

function hint(message: string, { from, to }: TextRange): Diagnostic {
  return { severity: 'warning', kind: 'hint', message, from, to };
}
