/** Suggestions for a place in a query. Tags and values come from functions that the caller passes in, which cache them. */
import type { AttributeScope } from '../ast';
import { operatorsOf, type ImpliedType } from '../checks/types';
import { INTRINSICS, INTRINSIC_SPELLINGS, intrinsicInfo } from '../intrinsics';
import { attributeText, escapeRegex, quoteString } from '../names';
import { KIND_KEYWORDS, METRICS_FUNCTIONS, STATUS_KEYWORDS, STRUCTURAL_OPERATORS } from '../operators';
import { docFor, docsOfKind, type DocKind } from './docs';
import { otherConditions } from './other-conditions';
import { placeAt, type Place, type Situation } from './situation';

export interface CompletionTag {
  scope: AttributeScope;
  name: string;
}

export interface CompletionValue {
  type: 'string' | 'int' | 'float' | 'bool' | 'duration' | 'keyword';
  value: string;
}

export interface CompletionContext {
  /** All attributes of the time range. Cached by the caller. */
  tags(): Promise<readonly CompletionTag[]>;
  /** Values of an attribute as written (`resource.service.name`), among the spans that match the filter, if there is one. */
  values(attribute: string, filter: string | undefined): Promise<readonly CompletionValue[]>;
}

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

export interface Completion {
  /** The range that a suggestion replaces. */
  from: number;
  to: number;
  suggestions: Suggestion[];
  /** More would fit than were returned: ask again after the next letter. */
  isIncomplete: boolean;
}

const MOST_SUGGESTIONS = 500;

/** Resolves at once when the context answers from its cache. A context that fails leaves out what it would have given. */
export async function complete(text: string, offset: number, context: CompletionContext): Promise<Completion> {
  const place = placeAt(text, offset);
  const all = await suggestionsFor(text, place, context);
  const matching = all.length > MOST_SUGGESTIONS ? narrow(all, place.word) : all;
  return {
    from: place.from,
    to: place.to,
    suggestions: matching.slice(0, MOST_SUGGESTIONS),
    isIncomplete: matching.length > MOST_SUGGESTIONS,
  };
}

/** Those that start with the word first, then those that hold it. */
function narrow(suggestions: readonly Suggestion[], word: string): Suggestion[] {
  const wanted = word.replace(/^["`]/, '').toLowerCase();
  const starting: Suggestion[] = [];
  const holding: Suggestion[] = [];
  for (const suggestion of suggestions) {
    const index = suggestion.label.toLowerCase().indexOf(wanted);
    if (index === 0) {
      starting.push(suggestion);
    } else if (index > 0) {
      holding.push(suggestion);
    }
  }
  return [...starting, ...holding];
}

async function suggestionsFor(text: string, place: Place, context: CompletionContext): Promise<Suggestion[]> {
  const { situation } = place;
  switch (situation.at) {
    case 'query':
      return [filterSnippet(), ...documented('function', ['count', 'min', 'max', 'avg', 'sum', 'by', 'select'])];
    case 'field':
      return [...intrinsics(), ...(await attributes(context)), ...scopes()];
    case 'operator':
      return comparisonOperators(typeOf(situation.attribute)).map((operator) =>
        documentedWord('operator', operator, `${operator} `)
      );
    case 'value':
      return values(text, place, situation, context);
    case 'afterCondition':
      return ['&&', '||'].map((operator) => documentedWord('operator', operator, `${operator} `));
    case 'stage':
      return [
        ...documented('function', [
          'count',
          'min',
          'max',
          'avg',
          'sum',
          'by',
          'select',
          'coalesce',
          ...METRICS_FUNCTIONS,
          'compare',
        ]),
        filterSnippet(),
      ];
    case 'secondStage':
      return documented('function', ['topk', 'bottomk']);
    case 'afterStage':
      return afterStage(situation);
    case 'aggregateComparison':
      return ['>', '>=', '<', '<=', '=', '!='].map((operator) => documentedWord('operator', operator, `${operator} `));
    case 'hint':
      return docsOfKind('hint').map(({ name, signature, description }) => ({
        label: name,
        kind: 'hint',
        insertText: `${name}=`,
        detail: signature,
        documentation: description,
      }));
    case 'hintValue':
      return ['true', 'false'].map((value) => documentedWord('constant', value, value));
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

function documentedWord(kind: DocKind, name: string, insertText: string): Suggestion {
  const doc = docFor(name);
  return { label: name, kind, insertText, ...(doc && { detail: doc.signature, documentation: doc.description }) };
}

function documented(kind: DocKind, names: readonly string[]): Suggestion[] {
  return names.map((name): Suggestion => {
    const takesNothing = docFor(name)?.signature.startsWith(`${name}()`);
    const inside = name === 'compare' ? '{ $0 }' : '$0';
    const suggestion = documentedWord(kind, name, takesNothing ? `${name}()` : `${name}(${inside})`);
    return takesNothing ? suggestion : { ...suggestion, isSnippet: true };
  });
}

function intrinsics(): Suggestion[] {
  return INTRINSICS.filter(({ unsupported }) => !unsupported).flatMap(({ spellings }) =>
    spellings.map((spelling) => documentedWord('intrinsic', spelling, spelling))
  );
}

function scopes(): Suggestion[] {
  return docsOfKind('scope')
    .filter(({ name }) => name !== '.' && name !== 'parent.')
    .map(({ name }) => documentedWord('scope', name, name));
}

/** The caller's cache gives the same list for the same time range: its texts are made once, not at every letter. */
const suggestionsOfTags = new WeakMap<readonly CompletionTag[], Suggestion[]>();

async function attributes(context: CompletionContext): Promise<Suggestion[]> {
  const tags = await context.tags().catch((): readonly CompletionTag[] => []);
  const known = suggestionsOfTags.get(tags);
  if (known) {
    return known;
  }
  const suggestions = tags.map(({ scope, name }): Suggestion => {
    const text = attributeText(scope, name);
    return { label: text, kind: 'attribute', insertText: text };
  });
  suggestionsOfTags.set(tags, suggestions);
  return suggestions;
}

function typeOf(attribute: string): ImpliedType {
  const name = INTRINSIC_SPELLINGS.get(attribute.replace(/\s+/g, ''));
  return (name && intrinsicInfo(name)?.valueType) ?? 'attribute';
}

function comparisonOperators(type: ImpliedType): string[] {
  return operatorsOf(type).filter((operator) => /^[=!<>]/.test(operator));
}

async function values(
  text: string,
  place: Place,
  situation: Extract<Situation, { at: 'value' }>,
  context: CompletionContext
): Promise<Suggestion[]> {
  const attribute = situation.attribute.replace(/\s+/g, '');
  const type = typeOf(attribute);
  if (type === 'status' || type === 'kind') {
    return (type === 'status' ? STATUS_KEYWORDS : KIND_KEYWORDS).map((keyword) =>
      documentedWord('constant', keyword, keyword)
    );
  }
  const found = await context.values(attribute, otherConditions(text, place)).catch(() => []);
  const isRegex = situation.operator === '=~' || situation.operator === '!~';
  const suggestions = found
    .filter(({ type: valueType }) => (!situation.inString && !isRegex) || valueType === 'string')
    .map(({ type: valueType, value }): Suggestion => {
      const written = valueType === 'string' ? quoteString(isRegex ? escapeRegex(value) : value) : value;
      return { label: value, kind: 'value', insertText: written, detail: valueType };
    });
  const nil =
    type === 'attribute' &&
    !isRegex &&
    !situation.inString &&
    (situation.operator === '=' || situation.operator === '!=');
  return nil ? [...suggestions, documentedWord('keyword', 'nil', 'nil')] : suggestions;
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
  const comparisons = ['>', '>=', '<', '<=', '=', '!='].map((operator) =>
    documentedWord('operator', operator, `${operator} `)
  );
  return [...(afterGroups ? [] : [by]), pipe, ...comparisons, hints];
}
