/** Suggestions for a place in a query. Tags and values come from functions that the caller passes in, which cache them. */
import type { AttributeScope } from '../ast';
import { operatorsOf, type ImpliedType } from '../checks/types';
import { INTRINSIC_SPELLINGS, intrinsicInfo } from '../intrinsics';
import { attributeText, escapeRegex, quoteString } from '../names';
import { KIND_KEYWORDS, STATUS_KEYWORDS } from '../operators';
import { scopeLength } from './highlight';
import { otherConditions } from './other-conditions';
import { createSearchIndex, hasLettersInOrder, type SearchIndex } from './search-index';
import { placeAt, type Place, type Situation } from './situation';
import {
  documentedWord,
  intrinsicSuggestions,
  languageSuggestions,
  scopeSuggestions,
  type Suggestion,
} from './suggestions';

export interface CompletionTag {
  scope: AttributeScope;
  name: string;
}

export interface CompletionValue {
  type: 'string' | 'int' | 'float' | 'bool' | 'duration' | 'keyword';
  value: string;
}

export interface CompletionContext {
  /** Attributes of the time range, among the spans that match the filter, if there is one. Cached by the caller. */
  tags(filter: string | undefined): Promise<readonly CompletionTag[]>;
  /** Values of an attribute as written (`resource.service.name`), among the spans that match the filter, if there is one. */
  values(attribute: string, filter: string | undefined): Promise<readonly CompletionValue[]>;
  /** Types that its stored values have; undefined where that is not known at once, as nobody waits for operators. */
  valueTypes?(attribute: string, filter: string | undefined): Promise<ReadonlySet<CompletionValue['type']> | undefined>;
}

export interface Completion {
  /** The range that a suggestion replaces. */
  from: number;
  to: number;
  suggestions: Suggestion[];
  /** More would fit than were returned, or may fit what is typed next: ask again after the next letter. */
  isIncomplete: boolean;
}

const MOST_SUGGESTIONS = 200;

/** Resolves at once when the context answers from its cache. A context that fails leaves out what it would have given. */
export async function complete(text: string, offset: number, context: CompletionContext): Promise<Completion> {
  const place = placeAt(text, offset);
  const { suggestions, isIncomplete = false } = await suggestionsFor(text, place, context);
  return { from: place.from, to: place.to, suggestions, isIncomplete };
}

type Offer = Pick<Completion, 'suggestions'> & Partial<Pick<Completion, 'isIncomplete'>>;

async function suggestionsFor(text: string, place: Place, context: CompletionContext): Promise<Offer> {
  const { situation } = place;
  switch (situation.at) {
    case 'field': {
      const found = await attributes(place.word, otherConditions(text, place), context);
      const own = fitting([...intrinsicSuggestions(), ...scopeSuggestions()], place.word).filter(
        ({ label, kind }) => kind !== 'scope' || label !== place.word
      );
      const isBegun = ({ label, kind }: Suggestion) => (place.word ? label.startsWith(place.word) : kind !== 'scope');
      return {
        ...found,
        suggestions: [
          ...own.filter(isBegun),
          ...found.suggestions,
          ...own.filter((suggestion) => !isBegun(suggestion)),
        ],
      };
    }
    case 'operator':
      return { suggestions: await operators(text, place, situation.attribute, context) };
    case 'value':
      return values(text, place, situation, context);
    default:
      return { suggestions: languageSuggestions(situation) };
  }
}

function fitting(suggestions: Suggestion[], word: string): Suggestion[] {
  return suggestions.filter(({ label }) => hasLettersInOrder(label.toLowerCase(), word.toLowerCase()));
}

/** The caller's cache gives the same list for the same time range: it is made searchable once, not at every letter. */
const indexOfTags = new WeakMap<readonly CompletionTag[], SearchIndex<string>>();

/** Those that occur together with the rest of the query; all of them when none of those fits what was typed. */
async function attributes(word: string, filter: string | undefined, context: CompletionContext): Promise<Offer> {
  const narrowed = filter === undefined ? undefined : await fittingTags(word, filter, context);
  const { entries, isIncomplete } = narrowed?.entries.length ? narrowed : await fittingTags(word, undefined, context);
  return {
    suggestions: entries.map((text): Suggestion => ({ label: text, kind: 'attribute', insertText: text })),
    isIncomplete,
  };
}

async function fittingTags(word: string, filter: string | undefined, context: CompletionContext) {
  const tags = await context.tags(filter).catch((): readonly CompletionTag[] => []);
  const index = indexOfTags.get(tags) ?? tagIndex(tags);
  indexOfTags.set(tags, index);
  return index.find(word, MOST_SUGGESTIONS);
}

function tagIndex(tags: readonly CompletionTag[]): SearchIndex<string> {
  return createSearchIndex(
    tags.map(({ scope, name }) => {
      const text = attributeText(scope, name);
      return { entry: text, text, nameStart: scopeLength(text) };
    })
  );
}

function typeOf(attribute: string): ImpliedType {
  const name = INTRINSIC_SPELLINGS.get(attribute.replace(/\s+/g, ''));
  return (name && intrinsicInfo(name)?.valueType) ?? 'attribute';
}

const TYPE_OF_VALUES: Readonly<Record<CompletionValue['type'], ImpliedType>> = {
  string: 'string',
  int: 'int',
  float: 'float',
  bool: 'bool',
  duration: 'duration',
  keyword: 'attribute',
};

/** An attribute has no type of its own in TraceQL: the values that are stored tell which operators can match. */
async function operators(
  text: string,
  place: Place,
  attribute: string,
  context: CompletionContext
): Promise<Suggestion[]> {
  const name = attribute.replace(/\s+/g, '');
  const type = typeOf(name);
  const stored =
    type === 'attribute'
      ? await context.valueTypes?.(name, otherConditions(text, place)).catch(() => undefined)
      : undefined;
  const types = stored?.size ? [...stored].map((one) => TYPE_OF_VALUES[one]) : [type];
  const fit = new Set(types.flatMap(comparisonOperators));
  return comparisonOperators('attribute')
    .filter((operator) => fit.has(operator))
    .map((operator) => documentedWord('operator', operator, `${operator} `));
}

function comparisonOperators(type: ImpliedType): string[] {
  return operatorsOf(type).filter((operator) => /^[=!<>]/.test(operator));
}

const indexOfValues = new WeakMap<readonly CompletionValue[], SearchIndex<CompletionValue>>();

async function values(
  text: string,
  place: Place,
  situation: Extract<Situation, { at: 'value' }>,
  context: CompletionContext
): Promise<Offer> {
  const attribute = situation.attribute.replace(/\s+/g, '');
  const type = typeOf(attribute);
  if (type === 'status' || type === 'kind') {
    const keywords: readonly string[] = type === 'status' ? STATUS_KEYWORDS : KIND_KEYWORDS;
    return { suggestions: keywords.map((keyword) => documentedWord('constant', keyword, keyword)) };
  }
  const all = await context.values(attribute, otherConditions(text, place)).catch((): readonly CompletionValue[] => []);
  const index =
    indexOfValues.get(all) ?? createSearchIndex(all.map((one) => ({ entry: one, text: one.value, nameStart: 0 })));
  indexOfValues.set(all, index);
  const { entries, isIncomplete } = index.find(place.word.replace(/^["`]/, ''), MOST_SUGGESTIONS);
  const isRegex = situation.operator === '=~' || situation.operator === '!~';
  const suggestions = entries
    .filter(({ type: valueType }) => (!situation.inString && !isRegex) || valueType === 'string')
    .map(({ type: valueType, value }): Suggestion => {
      const written = valueType === 'string' ? quoteString(isRegex ? escapeRegex(value) : value) : value;
      return { label: value, kind: 'value', insertText: written, detail: valueType };
    });
  const takesNil =
    type === 'attribute' &&
    !isRegex &&
    !situation.inString &&
    (situation.operator === '=' || situation.operator === '!=');
  return {
    suggestions: takesNil ? [...suggestions, documentedWord('keyword', 'nil', 'nil')] : suggestions,
    isIncomplete,
  };
}
