/**
 * The expressions that find services on the map: matchers as in a PromQL selector, comparisons of numbers, and plain
 * words. Terms are separated by commas or blanks and must all hold.
 *
 *     cart                                  name or namespace contains "cart"
 *     name=~"cart|checkout", namespace="shop"
 *     kind!="database" errors>5% p95>=300ms rate>10
 *     calls="redis"  calledBy=~"front.*"
 *
 * As in PromQL a regular expression must match the whole value. A number that a service does not have matches nothing.
 */
import { type RequestStats, type Service, type ServiceGraph } from './model';
import { type LabelMatcher, type MatchOperator } from './scope';
import { errorShare } from './to-frames';

export type NumberField = 'rate' | 'errors' | 'mean' | 'p50' | 'p95' | 'p99';
type Comparison = '>' | '>=' | '<' | '<=';

/** `calls` and `calledBy` look at the names of the direct neighbours. Any other label is one that tells services apart. */
const NUMBER_FIELDS: readonly NumberField[] = ['rate', 'errors', 'mean', 'p50', 'p95', 'p99'];
export const MATCH_FIELDS: readonly string[] = ['name', 'namespace', 'kind', 'calls', 'calledBy', ...NUMBER_FIELDS];

type Term =
  | { type: 'word'; text: string }
  | { type: 'label'; matcher: LabelMatcher; test(value: string): boolean }
  | { type: 'number'; field: NumberField; comparison: Comparison; value: number };

export interface ServiceMatch {
  matches(service: Service): boolean;
}

/** What is wrong with an expression, for people, and where: offset in UTF-16 units. */
export class MatchError extends Error {
  constructor(
    message: string,
    readonly at: number
  ) {
    super(message);
  }
}

const FIELD = /^[a-zA-Z_][a-zA-Z0-9_.]*/;
const OPERATOR = /^(?:=~|!~|!=|>=|<=|=|>|<)/;
const QUOTED = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/;
const BARE = /^[^\s,{}"']+/;
const QUANTITY = /^(-?\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s|m|%|\/s|\/min|req\/s)?$/;

/** To the units of `RequestStats`: s, req/s, and shares of 1 for errors. */
const UNITS: Record<string, { factor: number; of: 'time' | 'rate' | 'share' }> = {
  ns: { factor: 1e-9, of: 'time' },
  us: { factor: 1e-6, of: 'time' },
  µs: { factor: 1e-6, of: 'time' },
  ms: { factor: 1e-3, of: 'time' },
  s: { factor: 1, of: 'time' },
  m: { factor: 60, of: 'time' },
  '%': { factor: 0.01, of: 'share' },
  '/s': { factor: 1, of: 'rate' },
  'req/s': { factor: 1, of: 'rate' },
  '/min': { factor: 1 / 60, of: 'rate' },
};

function quantityOf(field: NumberField): 'time' | 'rate' | 'share' {
  return field === 'rate' ? 'rate' : field === 'errors' ? 'share' : 'time';
}

const EXAMPLES = { time: '300ms', rate: '10', share: '5%' } as const;

function parseNumber(field: NumberField, text: string, at: number): number {
  const quantity = quantityOf(field);
  const match = QUANTITY.exec(text);
  const unit = match?.[2] === undefined ? undefined : UNITS[match[2]];
  // A time without a unit could be seconds or milliseconds: better asked than guessed.
  if (!match || (unit ? unit.of !== quantity : quantity === 'time')) {
    throw new MatchError(`Expected a value such as ${EXAMPLES[quantity]} for ${field}, not "${text}"`, at);
  }
  return Number(match[1]) * (unit?.factor ?? 1);
}

function labelTest({ operator, value }: Omit<LabelMatcher, 'label'>, at: number): (value: string) => boolean {
  if (operator === '=' || operator === '!=') {
    return (candidate) => (candidate === value) === (operator === '=');
  }
  let pattern: RegExp;
  try {
    pattern = new RegExp(`^(?:${value})$`, 's');
  } catch {
    throw new MatchError(`"${value}" is not a regular expression`, at);
  }
  return (candidate) => pattern.test(candidate) === (operator === '=~');
}

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  terms(): Term[] {
    const terms: Term[] = [];
    for (;;) {
      this.take(/^[\s,{}]+/);
      if (this.at >= this.text.length) {
        return terms;
      }
      terms.push(this.term());
    }
  }

  private get rest(): string {
    return this.text.slice(this.at);
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.rest) ?? undefined;
    this.at += match?.[0].length ?? 0;
    return match;
  }

  private term(): Term {
    const begin = this.at;
    const field = this.take(FIELD)?.[0];
    this.take(/^\s*(?=[=!<>])/);
    const operator = field === undefined ? undefined : this.take(OPERATOR)?.[0];
    if (field === undefined || operator === undefined) {
      this.at = begin;
      return { type: 'word', text: this.value('a word').toLowerCase() };
    }
    this.take(/^\s+/);
    const at = this.at;
    const value = this.value(`a value after ${field}${operator}`);
    return this.comparison(field, operator, value, at);
  }

  private comparison(field: string, operator: string, value: string, at: number): Term {
    const number = NUMBER_FIELDS.find((one) => one === field);
    if (operator === '>' || operator === '>=' || operator === '<' || operator === '<=') {
      if (!number) {
        throw new MatchError(`"${field}" is no number; ${operator} compares ${NUMBER_FIELDS.join(', ')}`, at);
      }
      return { type: 'number', field: number, comparison: operator, value: parseNumber(number, value, at) };
    }
    if (number) {
      throw new MatchError(`${field} is a number: compare it with >, >=, < or <=`, at);
    }
    const matcher: LabelMatcher = { label: field, operator: operator as MatchOperator, value };
    return { type: 'label', matcher, test: labelTest(matcher, at) };
  }

  private value(what: string): string {
    const quoted = this.take(QUOTED);
    if (quoted) {
      return (quoted[1] ?? quoted[2] ?? '').replace(/\\(.)/gs, '$1');
    }
    const bare = this.take(BARE)?.[0];
    if (bare === undefined) {
      const found = this.rest === '' ? 'the end' : this.rest.slice(0, 1);
      throw new MatchError(`Expected ${what}, found ${found}`, this.at);
    }
    return bare;
  }
}

function numberOf(stats: RequestStats, field: NumberField): number | undefined {
  return field === 'errors' ? errorShare(stats) : stats[field];
}

function compares(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
  }
}

type Neighbours = ReadonlyMap<string, string[]>;

function neighbourNames({ services, calls }: ServiceGraph): { callers: Neighbours; callees: Neighbours } {
  const names = new Map(services.map(({ id, name }) => [id, name]));
  const [callers, callees] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (map: Map<string, string[]>, id: string, other: string) => {
    const list = map.get(id);
    const name = names.get(other) ?? other;
    if (list) {
      list.push(name);
    } else {
      map.set(id, [name]);
    }
  };
  for (const { source, target } of calls) {
    add(callees, source, target);
    add(callers, target, source);
  }
  return { callers, callees };
}

/**
 * @returns undefined for an empty expression, which asks for nothing
 * @throws MatchError
 */
export function parseMatch(text: string, graph: ServiceGraph): ServiceMatch | undefined {
  const terms = new Reader(text).terms();
  if (terms.length === 0) {
    return undefined;
  }
  const needsNeighbours = terms.some(
    (term) => term.type === 'label' && (term.matcher.label === 'calls' || term.matcher.label === 'calledBy')
  );
  const neighbours = needsNeighbours ? neighbourNames(graph) : undefined;
  const holdsForAny = (names: string[], { operator }: LabelMatcher, test: (value: string) => boolean) =>
    // `calls!="x"` means that none of the calls goes to x.
    operator === '!=' || operator === '!~' ? names.every(test) : names.some(test);
  const holds = (term: Term, service: Service): boolean => {
    switch (term.type) {
      case 'word':
        return `${service.namespace ?? ''}/${service.name}`.toLowerCase().includes(term.text);
      case 'number': {
        const value = numberOf(service.stats, term.field);
        return value !== undefined && compares(value, term.comparison, term.value);
      }
      case 'label': {
        const { label } = term.matcher;
        if (label === 'calls' || label === 'calledBy') {
          const names = (label === 'calls' ? neighbours?.callees : neighbours?.callers)?.get(service.id) ?? [];
          return holdsForAny(names, term.matcher, term.test);
        }
        return term.test(labelValue(service, label));
      }
    }
  };
  return { matches: (service) => terms.every((term) => holds(term, service)) };
}

/** '' for a label that the service does not have, as in PromQL. */
function labelValue(service: Service, label: string): string {
  switch (label) {
    case 'name':
    case 'service':
      return service.name;
    case 'namespace':
      return service.namespace ?? '';
    case 'kind':
      return service.kind;
    default:
      return service.labels?.[label] ?? '';
  }
}
