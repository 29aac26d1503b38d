/** Runs the tables over the tokens of a query and reports errors as Tempo's parser (made by goyacc) words them. */
import { Lexer, type Token } from './lexer';
import { unpackTables } from './packed-tables';
import { RULES, type Rule } from './rules';
import { ACCEPT, ERROR, RESULTS, TERMINALS } from './symbols';
import { PACKED_TABLES } from './tables.gen';

export interface MachineHost<Value> {
  tokenValue(token: Token): Value;
  /** Called for every finished rule, bottom up. `fail` refuses the query at the place that was read last. */
  reduce(rule: Rule, values: Value[], fail: (message: string) => never): Value;
}

interface State {
  shifts: Map<number, number>;
  reductions: Map<number, number>;
  gotos: Map<number, number>;
  byDefault: number;
}

/** Bison and goyacc name at most four expected tokens. */
const MOST_EXPECTED_TOKENS = 4;

const tokenNumbers = new Map(TERMINALS.map((name, index) => [name, index]));
const resultNumbers = new Map(RESULTS.map((name, index) => [name, index]));

let loaded: State[] | undefined;

function states(): State[] {
  if (!loaded) {
    const tables = unpackTables(PACKED_TABLES);
    loaded = tables.defaults.map((byDefault, index) => ({
      shifts: pairs(tables.shifts[index]),
      reductions: pairs(tables.reductions[index]),
      gotos: pairs(tables.gotos[index]),
      byDefault,
    }));
  }
  return loaded;
}

function pairs(numbers: number[]): Map<number, number> {
  const map = new Map<number, number>();
  for (let i = 0; i < numbers.length; i += 2) {
    map.set(numbers[i], numbers[i + 1]);
  }
  return map;
}

/** Throws SyntaxProblem when the text is no query. */
export function runMachine<Value>(text: string, host: MachineHost<Value>): Value {
  const table = states();
  const lexer = new Lexer(text);
  const fail = (message: string) => lexer.scanner.fail(message);
  const stack = [0];
  const values: Value[] = [];
  let token: Token | undefined;
  for (;;) {
    const state = table[stack[stack.length - 1]];
    let action = state.byDefault;
    // A state that can only reduce does so before the next token is read: it decides where an error is reported.
    if (state.shifts.size > 0 || state.reductions.size > 0) {
      token ??= lexer.next();
      const tokenNumber = tokenNumbers.get(token.name) ?? -1;
      const target = state.shifts.get(tokenNumber);
      if (target !== undefined) {
        stack.push(target);
        values.push(host.tokenValue(token));
        token = undefined;
        continue;
      }
      action = state.reductions.get(tokenNumber) ?? action;
      if (action === ACCEPT) {
        return values[0];
      }
      if (action === ERROR) {
        fail(unexpected(state, token));
      }
    }
    const rule = RULES[action];
    const start = values.length - rule.parts.length;
    const value = host.reduce(rule, values.slice(start), fail);
    values.length = start;
    values.push(value);
    stack.length = start + 1;
    stack.push(table[stack[start]].gotos.get(resultNumbers.get(rule.result) ?? -1) ?? 0);
  }
}

function unexpected(state: State, token: Token): string {
  const message = `syntax error: unexpected ${token.name}`;
  const expected = [...state.shifts.keys()];
  if (expected.length === 0 || expected.length > MOST_EXPECTED_TOKENS) {
    return message;
  }
  return `${message}, expecting ${expected.map((number) => TERMINALS[number]).join(' or ')}`;
}
