import { type monacoTypes } from '@grafana/ui';
import { INTRINSIC_SPELLINGS } from '../../traceql/intrinsics';
import { KIND_KEYWORDS, METRICS_FUNCTIONS, SPAN_AGGREGATES, STATUS_KEYWORDS } from '../../traceql/operators';

const FUNCTIONS = [
  ...SPAN_AGGREGATES,
  ...METRICS_FUNCTIONS,
  'by',
  'select',
  'coalesce',
  'compare',
  'topk',
  'bottomk',
  'with',
];

const bareIntrinsics = [...INTRINSIC_SPELLINGS.keys()].filter((spelling) => !spelling.includes(':'));

export const languageConfiguration: monacoTypes.languages.LanguageConfiguration = {
  // Attribute names hold dots, dashes and slashes.
  wordPattern: /[\w.:\-/]+/,
  brackets: [
    ['{', '}'],
    ['(', ')'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '(', close: ')' },
    { open: '"', close: '"', notIn: ['string'] },
    { open: '`', close: '`', notIn: ['string'] },
  ],
  surroundingPairs: [
    { open: '{', close: '}' },
    { open: '(', close: ')' },
    { open: '"', close: '"' },
  ],
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
};

/** Colours only; what is right or wrong says the parser. */
export const monarchLanguage: monacoTypes.languages.IMonarchLanguage = {
  defaultToken: '',
  functions: FUNCTIONS,
  constants: [...STATUS_KEYWORDS, ...KIND_KEYWORDS, 'true', 'false', 'nil'],
  intrinsics: bareIntrinsics,
  tokenizer: {
    root: [
      [/\$\{[^}]*\}|\$\w+/, 'variable'],
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/"(?:[^"\\]|\\.)*"?/, 'string'],
      [/`[^`]*`?/, 'string'],
      [
        /(?:parent\.)?(?:resource|span|event|link|instrumentation)?\.(?:"(?:[^"\\]|\\.)*"?|[^\s"{}()=!<>~|&,^*+%])+/,
        'tag',
      ],
      [/(?:span|trace|event|link|instrumentation):\w+/, 'type.identifier'],
      // A bare trace id is one word, whatever digits it starts with.
      [/^\s*[0-9a-fA-F]{16,32}\s*$/, 'identifier'],
      [/(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h)+\b/, 'number'],
      [/\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+/, 'number'],
      [
        /[a-zA-Z_]\w*/,
        {
          cases: {
            '@functions': 'keyword',
            '@constants': 'constant',
            '@intrinsics': 'type.identifier',
            '@default': 'identifier',
          },
        },
      ],
      [/[{}()]/, '@brackets'],
      [/[=!<>~|&+\-*/%^,]+/, 'operator'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/./, 'comment'],
    ],
  },
};
