/** Which calls a graph is asked for. */
export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface LabelMatcher {
  label: string;
  operator: MatchOperator;
  value: string;
}

export interface GraphScope {
  /** Alternatives: a call belongs to the graph when all matchers of one of them hold. None: every call. */
  selectors?: LabelMatcher[][];
  /** Only calls one end of which is in one of these namespaces */
  namespaces?: readonly string[];
  reduction?: Reduction;
}

/** What Prometheus leaves out of its answers, so that a large graph stays readable and can be had at all. */
export interface Reduction {
  /** So many calls with the highest request rates; what the others add up to is still told. */
  topCalls?: number;
  /** req/s; calls with fewer are left out */
  minRate?: number;
  /** Names as in the labels; only calls between these services */
  services?: readonly string[];
  /** False: latency percentiles, whose buckets are most of the series, are not asked for. */
  percentiles?: boolean;
  /** False: what the calls that are not shown add up to is not asked for; numbers that it belongs to are absent. */
  leftOut?: boolean;
}

export type FocusDirection = 'up' | 'down' | 'both';

/** A service and those within some hops of it, asked for hop by hop. */
export interface ServerFocus {
  service: string;
  namespace?: string;
  /** 1 to MOST_FOCUS_HOPS */
  hops: number;
  /** `up`: those that call it, `down`: those that it calls */
  direction: FocusDirection;
}

export const MOST_FOCUS_HOPS = 3;

const OPERATORS: readonly MatchOperator[] = ['=~', '!~', '!=', '='];
const STRING = /^(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`)/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*/;
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v' };

export class SelectorError extends Error {}

function unescape(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/g,
    (_, unicode?: string, byte?: string, character?: string) => {
      const code = unicode ?? byte;
      return code ? String.fromCharCode(parseInt(code, 16)) : (ESCAPES[character ?? ''] ?? character ?? '');
    }
  );
}

function parseString(text: string): { value: string; length: number } | undefined {
  const match = STRING.exec(text);
  return match ? { value: match[3] ?? unescape(match[1] ?? match[2] ?? ''), length: match[0].length } : undefined;
}

/**
 * Reads a PromQL series selector such as `{client="shop", server=~"auth|cart"}`; the braces may be left out.
 * @throws SelectorError with a text for people
 */
export function parseSelector(selector: string): LabelMatcher[] {
  const trimmed = selector.trim();
  let rest = trimmed.replace(/^\{/, '').replace(/\}$/, '').trim();
  const matchers: LabelMatcher[] = [];
  while (rest !== '') {
    const label = LABEL.exec(rest)?.[0] ?? parseString(rest)?.value;
    if (!label) {
      throw new SelectorError(`Expected a label name at "${rest}" in the filter ${selector}`);
    }
    rest = rest.slice(LABEL.exec(rest)?.[0].length ?? parseString(rest)?.length ?? 0).trimStart();
    const operator = OPERATORS.find((candidate) => rest.startsWith(candidate));
    if (!operator) {
      throw new SelectorError(`Expected =, !=, =~ or !~ after "${label}" in the filter ${selector}`);
    }
    rest = rest.slice(operator.length).trimStart();
    const value = parseString(rest);
    if (!value) {
      throw new SelectorError(`Expected a quoted value after "${label}${operator}" in the filter ${selector}`);
    }
    matchers.push({ label, operator, value: value.value });
    rest = rest.slice(value.length).trimStart();
    if (rest !== '' && !rest.startsWith(',')) {
      throw new SelectorError(`Expected a comma before "${rest}" in the filter ${selector}`);
    }
    rest = rest.slice(1).trimStart();
  }
  return matchers;
}
