import { RE2JS } from 're2js';

/** Verdicts remembered for each expression: names and routes repeat, so that most rows cost a look-up. */
const MAX_REMEMBERED = 10_000;

/**
 * A matcher for TraceQL's `=~`: RE2 syntax, anchored at both ends, `.` matches line ends too.
 * RE2 runs in linear time, so that no expression can hang the server. Throws on an invalid expression.
 */
export function compileRegex(expression: string): (text: string) => boolean {
  const simple = simpleMatcher(expression);
  if (simple) {
    return simple;
  }
  const pattern = RE2JS.compile(`(?s:${expression})`);
  const remembered = new Map<string, boolean>();
  return (text) => {
    let matches = remembered.get(text);
    if (matches === undefined) {
      matches = pattern.matches(text);
      if (remembered.size < MAX_REMEMBERED) {
        remembered.set(text, matches);
      }
    }
    return matches;
  };
}

const LITERAL = /^[^\\.+*?()|[\]{}^$]*$/;

/** Alternatives of literals with `.*` at either end, which is most of what people write. */
function simpleMatcher(expression: string): ((text: string) => boolean) | undefined {
  const alternatives = expression.split('|').map(simpleAlternative);
  if (!alternatives.every((alternative) => alternative !== undefined)) {
    return undefined;
  }
  return (text) => alternatives.some((alternative) => alternative(text));
}

function simpleAlternative(expression: string): ((text: string) => boolean) | undefined {
  const open = expression.startsWith('.*');
  const rest = open ? expression.slice(2) : expression;
  const openEnd = rest.endsWith('.*');
  const literal = openEnd ? rest.slice(0, -2) : rest;
  if (!LITERAL.test(literal)) {
    return undefined;
  }
  if (open && openEnd) {
    return (text) => text.includes(literal);
  }
  if (open) {
    return (text) => text.endsWith(literal);
  }
  return openEnd ? (text) => text.startsWith(literal) : (text) => text === literal;
}
