/** Random queries for property tests, made from the language's own rules. */
import fc from 'fast-check';

import { RULES, type Rule } from '../syntax/rules';

const CHOICES = 300;
const MOST_TOKENS = 400;

const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  IDENTIFIER: ['http.status_code', 'service.name', '"a b"', 'x-y', 'a"q r"b', '"a\\"\\\\"', 'é', 'minInt', 'maxInt'],
  STRING: ['"a"', '`b.*`', '"x\\ny"', '"\\u00e9"', '""', '"a|b"', '"\\x41"', '"//"'],
  INTEGER: ['0', '1', '10', '1001', '9223372036854775807', '010'],
  FLOAT: ['.9', '1.5', '0.', '1e3', '1e-7', '1e21', '0x1p-2', '1_0.5'],
  DURATION: ['1s', '1.5h', '1h30m', '2d', '1w', '100ms', '3µs', '0s', '1y'],
  END_ATTRIBUTE: [' '],
};

const rulesOf = new Map<string, Rule[]>();
for (const rule of RULES) {
  rulesOf.set(rule.result, [...(rulesOf.get(rule.result) ?? []), rule]);
}

/** The fewest levels of rules that finish a symbol; 0 for tokens. */
const heights = new Map<string, number>();
const heightOf = (symbol: string) => (rulesOf.has(symbol) ? (heights.get(symbol) ?? Infinity) : 0);
const ruleHeight = (rule: Rule) => 1 + Math.max(...rule.parts.map(heightOf));
for (let changed = true; changed;) {
  changed = false;
  for (const rule of RULES) {
    if (ruleHeight(rule) < heightOf(rule.result)) {
      heights.set(rule.result, ruleHeight(rule));
      changed = true;
    }
  }
}

class Tape {
  private at = 0;

  constructor(private readonly numbers: readonly number[]) {}

  pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.numbers[this.at++ % this.numbers.length] % choices.length];
  }
}

function derive(symbol: string, levels: number, tape: Tape, tokens: string[]): void {
  const rules = rulesOf.get(symbol);
  if (!rules) {
    tokens.push(tape.pick(SAMPLES[symbol] ?? [symbol]));
    return;
  }
  const fitting = tokens.length > MOST_TOKENS ? [] : rules.filter((rule) => ruleHeight(rule) <= levels);
  const lowest = Math.min(...rules.map(ruleHeight));
  const rule = tape.pick(fitting.length > 0 ? fitting : rules.filter((candidate) => ruleHeight(candidate) === lowest));
  rule.parts.forEach((part) => derive(part, levels - 1, tape, tokens));
}

function write(tokens: readonly string[], tape: Tape): string {
  return tokens.reduce((text, token) => {
    // Nothing may stand between a scope and its name.
    const gap = /[.:]$/.test(text) ? '' : tape.pick([' ', ' ', '  ', '\n', ' /* c */ ', ' // c\n']);
    return text + gap + token;
  }, '');
}

/** Most of these have the right syntax, many the wrong types. */
export function arbitraryQuery(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(fc.nat(), { minLength: CHOICES, maxLength: CHOICES }), fc.integer({ min: 6, max: 16 }))
    .map(([numbers, levels]) => {
      const tape = new Tape(numbers);
      const tokens: string[] = [];
      derive('query', levels, tape, tokens);
      return write(tokens, tape);
    });
}

/** Text made of the language's own pieces, seldom a query. */
export function arbitraryNoise(): fc.Arbitrary<string> {
  const pieces = [
    ...'{}()|=!<>&~^%*/+-.,"`\'\\ \n\t0159asmhxé#',
    '\u0000',
    '😀',
    '\ud800',
    'span.',
    'parent.',
    'trace:',
    '/*',
    '*/',
    '//',
    'nil',
    'by',
    'rate',
    'with',
  ];
  return fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.tuple(arbitraryQuery(), fc.nat(), fc.constantFrom(...pieces, '')).map(([query, at, piece]) => {
      const place = at % (query.length + 1);
      return query.slice(0, place) + piece + query.slice(place + 1);
    })
  );
}

/** The tree without the places in the text; comparable with toEqual. */
export function withoutRanges(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutRanges);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'from' && key !== 'to')
      .map(([key, inner]) => [key, withoutRanges(inner)])
  );
}
