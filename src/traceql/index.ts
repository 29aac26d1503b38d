export type * from './ast';
export { parseQuery, parseSyntax, MAX_QUERY_BYTES } from './parse';
export { validateQuery, type Validation, type Verdict } from './validate';
export type { QueryEndpoint } from './checks/query';
