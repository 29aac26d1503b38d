/** Token classes for highlighting, independent of any editor. */
import { readLeaves, type Leaf } from './leaves';

export type TokenClass =
  | 'attribute'
  | 'brace'
  | 'comment'
  | 'constant'
  | 'delimiter'
  | 'function'
  | 'hint'
  | 'intrinsic'
  | 'invalid'
  | 'keyword'
  | 'number'
  | 'operator'
  | 'parenthesis'
  | 'scope'
  | 'string';

export interface HighlightToken {
  from: number;
  to: number;
  tokenClass: TokenClass;
}

const CLASSES: Readonly<Record<string, TokenClass>> = {
  '{': 'brace',
  '}': 'brace',
  '(': 'parenthesis',
  ')': 'parenthesis',
  ',': 'delimiter',
  AggregateName: 'function',
  BlockComment: 'comment',
  Boolean: 'constant',
  Duration: 'number',
  Float: 'number',
  FunctionName: 'function',
  HintName: 'hint',
  Integer: 'number',
  Intrinsic: 'intrinsic',
  Keyword: 'keyword',
  Kind: 'constant',
  LineComment: 'comment',
  NamedConstant: 'constant',
  Nil: 'constant',
  Operator: 'operator',
  Pipe: 'operator',
  Status: 'constant',
  String: 'string',
};

/** In the order of the text, without overlaps; what is between the tokens is white space. Never throws. */
export function highlight(text: string): HighlightToken[] {
  return readLeaves(text).flatMap(classify);
}

function classify(leaf: Leaf): HighlightToken[] {
  const { from, to } = leaf;
  if (leaf.name === 'Attribute' || leaf.name === 'ScopedIntrinsic') {
    const scope = from + scopeLength(leaf.text);
    const tokenClass = leaf.name === 'Attribute' ? 'attribute' : 'intrinsic';
    return [{ from, to: scope, tokenClass: 'scope' as const }, { from: scope, to, tokenClass } as const].filter(
      (token) => token.from < token.to
    );
  }
  return [{ from, to, tokenClass: CLASSES[leaf.name] ?? (leaf.parent === 'HintName' ? 'hint' : 'invalid') }];
}

/** Of `resource.`, `parent.span.`, `.`, `span:` */
export function scopeLength(reference: string): number {
  return /^(?:parent\.(?:span\.|resource\.)?|[a-z]*[.:])/.exec(reference)?.[0].length ?? 0;
}
