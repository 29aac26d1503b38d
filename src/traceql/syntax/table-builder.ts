/**
 * Rules to LALR(1) tables, with yacc's way of settling conflicts (a token's precedence against the rule's; else shift; else the earlier
 * rule) and yacc's default reductions, as both decide what Tempo accepts and which tokens its messages say it expected.
 * Method: Aho, Lam, Sethi, Ullman, "Compilers", 4.7.5. Used by `npm run grammar` and by the test that the committed tables are fresh.
 */
import { PRECEDENCE, RULES, START_SYMBOL, type Rule } from './rules';
import { ACCEPT, ERROR, RESULTS, TERMINALS } from './symbols';

export interface ParserTables {
  /** One row a state: shifts as [token, state] pairs flattened, in the order of the tokens. */
  shifts: number[][];
  /** [token, rule] pairs flattened, or ERROR or ACCEPT for the rule. Only what differs from the default. */
  reductions: number[][];
  /** The rule that is reduced on any other token, or ERROR. */
  defaults: number[];
  /** [result symbol, state] pairs flattened */
  gotos: number[][];
}

const START_RULE = RULES.length;
const AUGMENTED: readonly Rule[] = [...RULES, { result: '$start', parts: [START_SYMBOL], label: 'start' }];

interface State {
  /** Keys `rule:dot`, sorted. */
  kernel: Item[];
  transitions: Map<string, number>;
}

interface Item {
  rule: number;
  dot: number;
  lookaheads: bigint;
  /** Items that inherit this item's lookaheads. */
  followers: Item[];
}

const terminalIndex = new Map(TERMINALS.map((token, index) => [token, index]));
const isTerminal = (symbol: string) => terminalIndex.has(symbol);
const bit = (index: number) => BigInt(1) << BigInt(index);
/** Stands for "whatever follows the kernel item" while lookaheads are found. */
const INHERITED = bit(TERMINALS.length);

const rulesOf = new Map(
  [...RESULTS, '$start'].map((result) => [
    result,
    AUGMENTED.flatMap((rule, index) => (rule.result === result ? [index] : [])),
  ])
);

function firstSets(): Map<string, bigint> {
  const first = new Map<string, bigint>(TERMINALS.map((token, index) => [token, bit(index)]));
  for (let changed = true; changed;) {
    changed = false;
    for (const rule of AUGMENTED) {
      // No rule is empty, so a rule starts with whatever its first part starts with.
      const before = first.get(rule.result) ?? BigInt(0);
      const after = before | (first.get(rule.parts[0]) ?? BigInt(0));
      changed ||= after !== before;
      first.set(rule.result, after);
    }
  }
  return first;
}

const FIRST = firstSets();

function closure(
  kernel: Array<{ rule: number; dot: number; lookaheads: bigint }>
): Map<string, { rule: number; dot: number; lookaheads: bigint }> {
  const items = new Map(kernel.map((item) => [`${item.rule}:${item.dot}`, { ...item }]));
  const queue = [...items.values()];
  for (let item = queue.shift(); item; item = queue.shift()) {
    const { parts } = AUGMENTED[item.rule];
    const symbol = parts[item.dot];
    if (symbol === undefined || isTerminal(symbol)) {
      continue;
    }
    const next = parts[item.dot + 1];
    const lookaheads = next === undefined ? item.lookaheads : (FIRST.get(next) ?? BigInt(0));
    for (const rule of rulesOf.get(symbol) ?? []) {
      const key = `${rule}:0`;
      const known = items.get(key);
      if (!known) {
        const added = { rule, dot: 0, lookaheads };
        items.set(key, added);
        queue.push(added);
      } else if ((known.lookaheads | lookaheads) !== known.lookaheads) {
        known.lookaheads |= lookaheads;
        queue.push(known);
      }
    }
  }
  return items;
}

function buildStates(): State[] {
  const states: State[] = [];
  const byKernel = new Map<string, number>();
  const add = (items: Array<{ rule: number; dot: number }>) => {
    const sorted = [...items].sort((a, b) => a.rule - b.rule || a.dot - b.dot);
    const key = sorted.map((item) => `${item.rule}:${item.dot}`).join(' ');
    const known = byKernel.get(key);
    if (known !== undefined) {
      return known;
    }
    byKernel.set(key, states.length);
    states.push({
      kernel: sorted.map((item) => ({ ...item, lookaheads: BigInt(0), followers: [] })),
      transitions: new Map(),
    });
    return states.length - 1;
  };
  add([{ rule: START_RULE, dot: 0 }]);
  for (let index = 0; index < states.length; index++) {
    const moves = new Map<string, Array<{ rule: number; dot: number }>>();
    for (const item of closure(states[index].kernel).values()) {
      const symbol = AUGMENTED[item.rule].parts[item.dot];
      if (symbol !== undefined) {
        moves.set(symbol, [...(moves.get(symbol) ?? []), { rule: item.rule, dot: item.dot + 1 }]);
      }
    }
    for (const [symbol, items] of moves) {
      states[index].transitions.set(symbol, add(items));
    }
  }
  return states;
}

function propagateLookaheads(states: State[]): void {
  for (const state of states) {
    for (const item of state.kernel) {
      for (const reached of closure([{ rule: item.rule, dot: item.dot, lookaheads: INHERITED }]).values()) {
        const symbol = AUGMENTED[reached.rule].parts[reached.dot];
        if (symbol === undefined) {
          continue;
        }
        const target = states[state.transitions.get(symbol) ?? 0].kernel.find(
          (candidate) => candidate.rule === reached.rule && candidate.dot === reached.dot + 1
        );
        if (target) {
          target.lookaheads |= reached.lookaheads & ~INHERITED;
          if (reached.lookaheads & INHERITED) {
            item.followers.push(target);
          }
        }
      }
    }
  }
  states[0].kernel[0].lookaheads = bit(0);
  const queue = states.flatMap((state) => state.kernel);
  for (let item = queue.shift(); item; item = queue.shift()) {
    for (const follower of item.followers) {
      if ((follower.lookaheads | item.lookaheads) !== follower.lookaheads) {
        follower.lookaheads |= item.lookaheads;
        queue.push(follower);
      }
    }
  }
}

const levelOf = new Map(PRECEDENCE.flatMap((level, index) => level.tokens.map((token) => [token, index + 1] as const)));

function ruleLevel(rule: Rule): number {
  const token = rule.precedenceOf ?? [...rule.parts].reverse().find(isTerminal);
  return (token !== undefined && levelOf.get(token)) || 0;
}

/** What happens where the rule could be reduced or the token shifted. */
function settle(rule: Rule, token: string): 'shift' | 'reduce' | 'error' {
  const tokenLevel = levelOf.get(token) ?? 0;
  const level = ruleLevel(rule);
  if (tokenLevel === 0 || level === 0 || tokenLevel > level) {
    return 'shift';
  }
  if (tokenLevel < level) {
    return 'reduce';
  }
  const { associativity } = PRECEDENCE[level - 1];
  return associativity === 'left' ? 'reduce' : associativity === 'right' ? 'shift' : 'error';
}

function stateActions(state: State): Map<number, { shift: number } | { reduce: number }> {
  const actions = new Map<number, { shift: number } | { reduce: number }>();
  for (const [symbol, target] of state.transitions) {
    const token = terminalIndex.get(symbol);
    if (token !== undefined) {
      actions.set(token, { shift: target });
    }
  }
  const finished = [...state.kernel].filter((item) => item.dot === AUGMENTED[item.rule].parts.length);
  for (const item of finished) {
    TERMINALS.forEach((token, index) => {
      if (!(item.lookaheads & bit(index))) {
        return;
      }
      if (item.rule === START_RULE) {
        actions.set(index, { reduce: ACCEPT });
        return;
      }
      const known = actions.get(index);
      if (!known) {
        actions.set(index, { reduce: item.rule });
      } else if ('reduce' in known) {
        actions.set(index, { reduce: known.reduce >= 0 ? Math.min(known.reduce, item.rule) : known.reduce });
      } else {
        const winner = settle(AUGMENTED[item.rule], token);
        if (winner !== 'shift') {
          actions.set(index, { reduce: winner === 'reduce' ? item.rule : ERROR });
        }
      }
    });
  }
  return actions;
}

/** The rule that most tokens reduce. */
function defaultReduction(reductions: Array<[number, number]>): number {
  const counts = new Map<number, number>();
  for (const [, rule] of reductions) {
    if (rule >= 0) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  let best = ERROR;
  for (const [rule, count] of counts) {
    if (count > (counts.get(best) ?? 0)) {
      best = rule;
    }
  }
  return best;
}

export function buildTables(): ParserTables {
  const states = buildStates();
  propagateLookaheads(states);
  const tables: ParserTables = { shifts: [], reductions: [], defaults: [], gotos: [] };
  const resultIndex = new Map(RESULTS.map((result, index) => [result, index]));
  for (const state of states) {
    const actions = [...stateActions(state)].sort(([a], [b]) => a - b);
    const reductions = actions.flatMap(([token, action]): Array<[number, number]> =>
      'reduce' in action ? [[token, action.reduce]] : []
    );
    const byDefault = defaultReduction(reductions);
    tables.shifts.push(actions.flatMap(([token, action]) => ('shift' in action ? [token, action.shift] : [])));
    tables.reductions.push(reductions.filter(([, rule]) => rule !== byDefault).flat());
    tables.defaults.push(byDefault);
    tables.gotos.push(
      [...state.transitions].flatMap(([symbol, target]) => {
        const result = resultIndex.get(symbol);
        return result === undefined ? [] : [result, target];
      })
    );
  }
  return tables;
}
