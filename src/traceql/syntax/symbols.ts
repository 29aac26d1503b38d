/** The numbers that the tables use for tokens and results of rules. */
import { RULES } from './rules';
import { TOKENS } from './tokens';

const END_TOKEN = '$end';
export const TERMINALS: readonly string[] = [END_TOKEN, ...TOKENS];
export const RESULTS: readonly string[] = [...new Set(RULES.map((rule) => rule.result))];

/** In the tables in place of a rule. */
export const ERROR = -1;
export const ACCEPT = -2;
