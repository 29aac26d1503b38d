/** What can come next at the cursor of a search expression. */
import { MATCH_FIELDS } from '../../../servicegraph/match';
import { type Service, type ServiceGraph } from '../../../servicegraph/model';

export interface Suggestion {
  /** What is listed */
  label: string;
  /** What takes the place of the text from `from` to the cursor */
  insert: string;
  /** UTF-16 units */
  from: number;
  kind: 'field' | 'value' | 'service';
}

const MOST = { fields: 12, values: 20, services: 8 } as const;
const VALUE = /^([a-zA-Z_][a-zA-Z0-9_.]*)(=~|!~|!=|=)(.*)$/s;
const NUMBERS: readonly string[] = ['rate', 'errors', 'mean', 'p50', 'p95', 'p99'];
const NEEDS_NO_QUOTES = /^[^\s,{}"'=!<>~\\]+$/;

/** Where the term under the cursor begins: behind the last blank, comma or brace that is not in quotes. */
export function termStart(text: string, cursor: number): number {
  let start = 0;
  let quote = '';
  for (let at = 0; at < cursor; at++) {
    const character = text[at];
    if (quote !== '') {
      if (character === '\\') {
        at++;
      } else if (character === quote) {
        quote = '';
      }
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (/[\s,{}]/.test(character)) {
      start = at + 1;
    }
  }
  return start;
}

/** A value as it is written in an expression. */
export function writeValue(value: string): string {
  return NEEDS_NO_QUOTES.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function labelsOf(services: readonly Service[]): string[] {
  return [...new Set(services.flatMap(({ labels }) => Object.keys(labels ?? {})))].sort();
}

function valuesOf(field: string, services: readonly Service[]): Array<string | undefined> {
  switch (field) {
    case 'name':
    case 'service':
    case 'calls':
    case 'calledBy':
      return services.map(({ name }) => name);
    case 'namespace':
      return services.map(({ namespace }) => namespace);
    case 'kind':
      return services.map(({ kind }) => kind);
    default:
      return services.map(({ labels }) => labels?.[field]);
  }
}

/** Those that begin with the text before those that hold it elsewhere, each once. */
function ranked(candidates: Iterable<string | undefined>, typed: string, most: number): string[] {
  const lower = typed.toLowerCase();
  const places = [...new Set(candidates)].flatMap((text) => {
    const place = text ? text.toLowerCase().indexOf(lower) : -1;
    return text && place >= 0 ? [{ text, place }] : [];
  });
  return places
    .sort((a, b) => Number(a.place > 0) - Number(b.place > 0) || a.text.localeCompare(b.text))
    .slice(0, most)
    .map(({ text }) => text);
}

/** @param cursor offset in UTF-16 units */
export function suggestionsAt(text: string, cursor: number, { services }: ServiceGraph): Suggestion[] {
  const from = termStart(text, cursor);
  const term = text.slice(from, cursor);
  const value = VALUE.exec(term);
  if (value) {
    const [, field, operator, written] = value;
    const typed = written.replace(/^["']/, '').replace(/["']$/, '');
    return ranked(valuesOf(field, services), typed, MOST.values)
      .filter((one) => one !== typed)
      .map((one) => ({
        kind: 'value',
        label: one,
        insert: `${writeValue(one)} `,
        from: from + field.length + operator.length,
      }));
  }
  // A selector that is closed is complete: a list would only cover what it finds.
  if (!/^[a-zA-Z0-9_.-]*$/.test(term) || (term === '' && text[from - 1] === '}')) {
    return [];
  }
  // Only beginnings: a word that is in the middle of a field's name is hardly meant as one.
  const fields = [...MATCH_FIELDS, ...labelsOf(services)]
    .filter((field) => field.toLowerCase().startsWith(term.toLowerCase()))
    .slice(0, MOST.fields)
    .map((field): Suggestion => {
      const insert = `${field}${NUMBERS.includes(field) ? '>' : '='}`;
      return { kind: 'field', label: insert, insert, from };
    });
  const names = term === '' ? [] : ranked(valuesOf('name', services), term, MOST.services);
  return [
    ...fields,
    ...names.map((name): Suggestion => ({ kind: 'service', label: name, insert: `name=${writeValue(name)} `, from })),
  ];
}
