/** Suggestions of what the language alone knows, and how one of a documented word is made. */
import { INTRINSICS } from '../intrinsics';
import { METRICS_FUNCTIONS, STRUCTURAL_OPERATORS } from '../operators';
import { docFor, docsOfKind, type DocKind } from './docs';
import { type Situation } from './situation';

export type SuggestionKind = DocKind | 'attribute' | 'value' | 'snippet';

export interface Suggestion {
  label: string;
  kind: SuggestionKind;
  /** Replaces the text of the completion's range. */
  insertText: string;
  /** `insertText` has `$0` where the cursor goes. */
  isSnippet?: true;
  detail?: string;
  documentation?: string;
}

/** Of hints that take more than true and false. */
const HINT_VALUES: Readonly<Record<string, readonly string[]>> = {
  exemplars: ['true', 'false', '10', '100'],
  sample: ['true', 'false', '0.1', '0.01'],
  span_sample: ['0.1', '0.01'],
  trace_sample: ['0.1', '0.01'],
};

/** Stages that a search may have, in the order in which they are offered */
const SEARCH_STAGES = ['count', 'min', 'max', 'avg', 'sum', 'by', 'select'];
const COMPARISONS = ['>', '>=', '<', '<=', '=', '!='];

/** For a place where no tag or value can stand. */
export function languageSuggestions(
  situation: Exclude<Situation, { at: 'field' | 'operator' | 'value' }>
): Suggestion[] {
  switch (situation.at) {
    case 'query':
      return [filterSnippet(), ...documented('function', SEARCH_STAGES)];
    case 'afterCondition':
      return operators(['&&', '||']);
    case 'stage':
      return [
        ...documented('function', [...SEARCH_STAGES, 'coalesce', ...METRICS_FUNCTIONS, 'compare']),
        filterSnippet(),
      ];
    case 'secondStage':
      return documented('function', ['topk', 'bottomk']);
    case 'afterStage':
      return afterStage(situation);
    case 'aggregateComparison':
      return operators(COMPARISONS);
    case 'hint':
      return docsOfKind('hint').map(({ name, signature, description }) => ({
        label: name,
        kind: 'hint',
        insertText: `${name}=`,
        detail: signature,
        documentation: description,
      }));
    case 'hintValue':
      return (HINT_VALUES[situation.hint] ?? ['true', 'false']).map((value) =>
        documentedWord('constant', value, value)
      );
    case 'nothing':
      return [];
  }
}

function filterSnippet(): Suggestion {
  return {
    label: '{ }',
    kind: 'snippet',
    insertText: '{ $0 }',
    isSnippet: true,
    detail: 'Spans that match a condition',
  };
}

/** What is offered for a word, with what the documentation says of it */
export function documentedWord(kind: DocKind, name: string, insertText: string): Suggestion {
  const doc = docFor(name);
  return { label: name, kind, insertText, ...(doc && { detail: doc.signature, documentation: doc.description }) };
}

function operators(names: readonly string[]): Suggestion[] {
  return names.map((name) => documentedWord('operator', name, `${name} `));
}

function documented(kind: DocKind, names: readonly string[]): Suggestion[] {
  return names.map((name): Suggestion => {
    const takesNothing = docFor(name)?.signature.startsWith(`${name}()`);
    const inside = name === 'compare' ? '{ $0 }' : '$0';
    const suggestion = documentedWord(kind, name, takesNothing ? `${name}()` : `${name}(${inside})`);
    return takesNothing ? suggestion : { ...suggestion, isSnippet: true };
  });
}

export function intrinsicSuggestions(): Suggestion[] {
  return INTRINSICS.filter(({ unsupported }) => !unsupported).flatMap(({ spellings }) =>
    spellings.map((spelling) => documentedWord('intrinsic', spelling, spelling))
  );
}

export function scopeSuggestions(): Suggestion[] {
  return docsOfKind('scope')
    .filter(({ name }) => name !== '.' && name !== 'parent.')
    .map(({ name }) => documentedWord('scope', name, name));
}

function afterStage({ afterMetrics, afterGroups }: Extract<Situation, { at: 'afterStage' }>): Suggestion[] {
  const pipe = documentedWord('operator', '|', '| ');
  const hints: Suggestion = { ...documentedWord('keyword', 'with', 'with ($0)'), isSnippet: true };
  if (!afterMetrics) {
    return [
      pipe,
      ...['&&', '||', ...STRUCTURAL_OPERATORS].map((operator) =>
        documentedWord('operator', operator, `${operator} { }`)
      ),
      hints,
    ];
  }
  const by: Suggestion = { ...documentedWord('function', 'by', 'by ($0)'), isSnippet: true };
  return [...(afterGroups ? [] : [by]), pipe, ...operators(COMPARISONS), hints];
}
