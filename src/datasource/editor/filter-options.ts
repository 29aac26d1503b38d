import { type ComboboxOption } from '@grafana/ui';
import { type TagsByScope } from '../../tempo/types';
import { type TraceqlFilter, type TraceqlSearchScope } from '../types';

export const SCOPES: readonly TraceqlSearchScope[] = [
  'unscoped',
  'resource',
  'span',
  'event',
  'link',
  'instrumentation',
  'intrinsic',
];

/** Operators that fit the type of a value, as Tempo gives it; all of them while the type is not known. */
export function operatorsFor(valueType: string | undefined): string[] {
  switch (valueType) {
    case 'keyword':
    case 'bool':
      return ['=', '!='];
    case 'string':
      return ['=', '!=', '=~', '!~'];
    case 'int':
    case 'float':
    case 'duration':
      return ['=', '!=', '>', '>=', '<', '<='];
    default:
      return ['=', '!=', '=~', '!~', '>', '>=', '<', '<='];
  }
}

/** The tags of the row's scope; of all scopes but the intrinsics while it has none. */
export function tagsOfScope(scopes: TagsByScope[], scope: TraceqlSearchScope | undefined): string[] {
  const wanted = scopes.filter((one) =>
    !scope || scope === 'unscoped' ? one.scope !== 'intrinsic' : one.scope === scope
  );
  return [...new Set(wanted.flatMap(({ tags }) => tags))].sort();
}

export function valuesOf({ value }: Pick<TraceqlFilter, 'value'>): string[] {
  return (Array.isArray(value) ? value : [value ?? '']).filter((one) => one !== '');
}

/** Those that contain the text, first the ones that begin with it. */
export function matchingOptions(values: string[], input: string): Array<ComboboxOption<string>> {
  const text = input.toLowerCase();
  const rank = (value: string) => (value.toLowerCase().startsWith(text) ? 0 : 1);
  return values
    .filter((value) => value.toLowerCase().includes(text))
    .sort((a, b) => rank(a) - rank(b))
    .map((value) => ({ value }));
}

/** The row with that id, or the empty one that stands for it. */
export function findFilter(filters: TraceqlFilter[], empty: TraceqlFilter): TraceqlFilter {
  return filters.find(({ id }) => id === empty.id) ?? empty;
}

/** Puts the row in the place of the one with its id, or at the end. */
export function putFilter(filters: TraceqlFilter[], filter: TraceqlFilter): TraceqlFilter[] {
  return filters.some(({ id }) => id === filter.id)
    ? filters.map((one) => (one.id === filter.id ? filter : one))
    : [...filters, filter];
}

export function removeFilter(filters: TraceqlFilter[], id: string): TraceqlFilter[] {
  return filters.filter((filter) => filter.id !== id);
}

/** An id that no other row has. */
export function freeFilterId(filters: TraceqlFilter[]): string {
  const used = new Set(filters.map(({ id }) => id));
  let number = filters.length;
  while (used.has(`tag-${number}`)) {
    number++;
  }
  return `tag-${number}`;
}
