/** What is being written at a place of a query that is not finished. */
import { isComparisonOperator } from '../operators';
import { readLeaves, type Leaf } from './leaves';
import { isLetter } from '../syntax/characters';

export type Situation =
  | { at: 'query' }
  /** A field, where a condition or an argument starts. */
  | { at: 'field'; inFilter: boolean; allowsConstants: boolean }
  | { at: 'value'; attribute: string; operator: string; inString: boolean }
  | { at: 'operator'; attribute: string }
  | { at: 'afterCondition' }
  | { at: 'stage' }
  | { at: 'secondStage' }
  | { at: 'afterStage'; afterMetrics: boolean; afterGroups: boolean }
  | { at: 'aggregateComparison' }
  | { at: 'hint' }
  | { at: 'hintValue'; hint: string }
  | { at: 'nothing' };

export interface Place {
  situation: Situation;
  /** The word at the cursor, which a suggestion replaces. */
  from: number;
  to: number;
  word: string;
  /** Inside braces: from behind the opening brace to the closing one, or the end of the text. */
  filter?: { from: number; to: number };
}

const METRICS_FUNCTION = /^(?:rate|compare|[a-z]+_over_time)$/;
const SECOND_STAGE = /^(?:topk|bottomk)$/;
const AGGREGATE = /^(?:count|min|max|avg|sum)$/;
const REFERENCES = new Set(['Attribute', 'Intrinsic', 'ScopedIntrinsic']);
const CONSTANTS = new Set([
  'String',
  'Integer',
  'Float',
  'Duration',
  'Boolean',
  'Status',
  'Kind',
  'NamedConstant',
  'Nil',
]);
const KEYWORD_TEXTS = new Set('by select coalesce with'.split(' '));

interface Bracket {
  leaf: Leaf;
  /** The word before `(`. */
  owner: string;
  /** Index of the bracket among the leaves. */
  index: number;
}

export function placeAt(text: string, offset: number): Place {
  const leaves = readLeaves(text).filter((leaf) => leaf.from < offset);
  const last = leaves[leaves.length - 1];
  if (last && isInComment(last, offset)) {
    return { situation: { at: 'nothing' }, from: offset, to: offset, word: '' };
  }
  const relevant = leaves.filter((leaf) => !leaf.name.endsWith('Comment'));
  const current = relevant[relevant.length - 1];
  const isWritten =
    current !== undefined && isWord(current) && current.to >= offset && !isClosedBefore(current, offset);
  const before = isWritten ? relevant.slice(0, -1) : relevant;
  const from = isWritten ? current.from : offset;
  const to = isWritten ? current.to : offset;
  const word = text.slice(from, offset);
  const brackets = openBrackets(before);
  const situation = situationOf(before, brackets, isWritten ? current : undefined);
  const brace = [...brackets].reverse().find(({ leaf }) => leaf.name === '{');
  return {
    situation,
    from,
    to,
    word,
    ...(brace && { filter: { from: brace.leaf.to, to: closingBrace(text, offset) } }),
  };
}

function isInComment(leaf: Leaf, offset: number): boolean {
  return (
    (leaf.name === 'LineComment' && leaf.to >= offset) ||
    (leaf.name === 'BlockComment' && (leaf.to > offset || !leaf.text.endsWith('*/')))
  );
}

function startsLikeWord(text: string): boolean {
  const first = text.codePointAt(0);
  return first !== undefined && (text.startsWith('_') || isLetter(first));
}

function isWord(leaf: Leaf): boolean {
  return REFERENCES.has(leaf.name) || CONSTANTS.has(leaf.name) || startsLikeWord(leaf.text);
}

/** Right behind a closed string one writes something new. */
function isClosedBefore(leaf: Leaf, offset: number): boolean {
  return leaf.name === 'String' && leaf.to === offset && leaf.text.length > 1 && leaf.text.endsWith(leaf.text[0]);
}

function openBrackets(leaves: readonly Leaf[]): Bracket[] {
  const open: Bracket[] = [];
  leaves.forEach((leaf, index) => {
    if (leaf.text === '(' || leaf.text === '{') {
      const previous = leaves[index - 1];
      open.push({ leaf, owner: previous && /^[a-z_]+$/.test(previous.text) ? previous.text : '', index });
    } else if (leaf.text === ')' || leaf.text === '}') {
      open.pop();
    }
  });
  return open;
}

function closingBrace(text: string, offset: number): number {
  const closing = readLeaves(text).find((leaf) => leaf.from >= offset && leaf.text === '}');
  return closing?.from ?? text.length;
}

function situationOf(before: readonly Leaf[], brackets: readonly Bracket[], current: Leaf | undefined): Situation {
  const innermost = brackets[brackets.length - 1];
  if (brackets.some(({ leaf }) => leaf.name === '{')) {
    return expressionSituation(before, current, true);
  }
  switch (innermost?.owner) {
    case undefined:
    case '':
      return pipelineSituation(before, innermost);
    case 'with':
      return hintSituation(before);
    case 'topk':
    case 'bottomk':
    case 'count':
    case 'rate':
    case 'count_over_time':
    case 'coalesce':
      return { at: 'nothing' };
    case 'compare':
      return { at: 'query' };
    case 'select':
    case 'quantile_over_time':
      return argumentSituation(before);
    default:
      return isExpressionArgument(innermost, before)
        ? expressionSituation(before, current, false)
        : argumentSituation(before);
  }
}

/** `by` of a pipeline and aggregates compute; `by` of a metrics function and the functions themselves take fields only. */
function isExpressionArgument(bracket: Bracket, leaves: readonly Leaf[]): boolean {
  return AGGREGATE.test(bracket.owner) || (bracket.owner === 'by' && leaves[bracket.index - 2]?.text !== ')');
}

function argumentSituation(before: readonly Leaf[]): Situation {
  const last = before[before.length - 1];
  return last && (last.text === '(' || last.text === ',')
    ? { at: 'field', inFilter: false, allowsConstants: false }
    : { at: 'nothing' };
}

function hintSituation(before: readonly Leaf[]): Situation {
  const last = before[before.length - 1];
  if (last?.text === '=') {
    return { at: 'hintValue', hint: before[before.length - 2]?.text ?? '' };
  }
  return last && (last.text === '(' || last.text === ',') ? { at: 'hint' } : { at: 'nothing' };
}

function expressionSituation(before: readonly Leaf[], current: Leaf | undefined, inFilter: boolean): Situation {
  const last = before[before.length - 1];
  const subject = before[before.length - 2];
  if (!last || ['{', '(', '&&', '||', '!', '&', ','].includes(last.text)) {
    return { at: 'field', inFilter, allowsConstants: true };
  }
  if (isComparisonOperator(last.text) && subject && REFERENCES.has(subject.name)) {
    return { at: 'value', attribute: subject.text, operator: last.text, inString: current?.name === 'String' };
  }
  if (last.name === 'Operator') {
    return { at: 'field', inFilter, allowsConstants: true };
  }
  if (REFERENCES.has(last.name) && !isRightSide(before)) {
    return { at: 'operator', attribute: last.text };
  }
  return CONSTANTS.has(last.name) || REFERENCES.has(last.name) || last.text === ')'
    ? { at: 'afterCondition' }
    : { at: 'nothing' };
}

/** Whether the last field is already compared with something. */
function isRightSide(leaves: readonly Leaf[]): boolean {
  return isComparisonOperator(leaves[leaves.length - 2]?.text ?? '');
}

function pipelineSituation(before: readonly Leaf[], innermost: Bracket | undefined): Situation {
  const last = before[before.length - 1];
  const metrics = metricsFunctionIn(before, innermost);
  if (!last || last.text === '(') {
    return { at: 'query' };
  }
  if (last.text === '|') {
    return metrics ? { at: 'secondStage' } : { at: 'stage' };
  }
  if (last.name === 'Operator' || last.text === '&') {
    return metrics || !endsStage(before[before.length - 2]) ? { at: 'nothing' } : { at: 'query' };
  }
  if (last.text === ')' || last.text === '}' || CONSTANTS.has(last.name)) {
    const owner = ownerOfLastCall(before);
    if (AGGREGATE.test(owner)) {
      return { at: 'aggregateComparison' };
    }
    return {
      at: 'afterStage',
      afterMetrics: metrics,
      afterGroups: !METRICS_FUNCTION.test(owner) || owner === 'compare',
    };
  }
  return { at: 'nothing' };
}

function endsStage(leaf: Leaf | undefined): boolean {
  return leaf?.text === '}' || leaf?.text === ')';
}

/** Whether the pipeline at hand already has a metrics function. */
function metricsFunctionIn(before: readonly Leaf[], innermost: Bracket | undefined): boolean {
  return before
    .slice((innermost?.index ?? -1) + 1)
    .some((leaf) => METRICS_FUNCTION.test(leaf.text) || SECOND_STAGE.test(leaf.text));
}

/** The word in front of the call that has just ended, `rate` of `rate()`. */
function ownerOfLastCall(before: readonly Leaf[]): string {
  if (before[before.length - 1]?.text !== ')') {
    return '';
  }
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    depth += before[index].text === ')' ? 1 : before[index].text === '(' ? -1 : 0;
    if (depth === 0) {
      const owner = before[index - 1];
      return owner &&
        (owner.name === 'FunctionName' ||
          owner.name === 'AggregateName' ||
          /^[a-z_]+$/.test(owner.text) ||
          KEYWORD_TEXTS.has(owner.text))
        ? owner.text
        : '';
    }
  }
  return '';
}
