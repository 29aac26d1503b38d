/** TraceQL, the query language of Grafana Tempo: usable without Grafana. See README.md. */
export type * from './ast';
export type { QueryEndpoint } from './checks/query';
export { operatorsOf, type ImpliedType } from './checks/types';
export {
  addFilters,
  attributeText,
  classifyQuery,
  printMatcher,
  quoteAttribute,
  quoteString,
  type FilterMatcher,
  type QueryClass,
} from './edit';
export { splitQuery, type ComparedValue, type Comparison, type Condition, type QueryParts } from './conditions';
export { equalFields, equalQueries } from './equal';
export { formatQuery, type FormatOptions } from './format';
export { INTRINSICS, INTRINSIC_SPELLINGS, intrinsicInfo, type IntrinsicInfo, type ValueType } from './intrinsics';
export {
  complete,
  type Completion,
  type CompletionContext,
  type CompletionTag,
  type CompletionValue,
} from './language/completion';
export { type Suggestion, type SuggestionKind } from './language/suggestions';
export { diagnose, type EditorDiagnostic, type QuickFix } from './language/diagnostics';
export { DOCS, docFor, docsOfKind, type DocEntry, type DocKind } from './language/docs';
export { highlight, type HighlightToken, type TokenClass } from './language/highlight';
export { signatureAt, type SignatureHelp } from './language/signature';
export { hover, type Hover } from './language/hover';
export {
  ARITHMETIC_OPERATORS,
  COMPARISON_OPERATORS,
  KIND_KEYWORDS,
  LOGICAL_OPERATORS,
  METRICS_FUNCTIONS,
  SPAN_AGGREGATES,
  STATUS_KEYWORDS,
  STRUCTURAL_OPERATORS,
} from './operators';
export { MAX_QUERY_BYTES, parseQuery, parseSyntax } from './parse';
export { printField, printMetricsAggregate, printPipeline, printQuery, printReference, printStatic } from './print';
export {
  filterToCondition,
  filtersToTraceql,
  searchToTraceql,
  TRACEQL_ROW,
  type SearchRest,
  type TraceqlFilter,
} from './search-form';
export { formatDuration, formatGoDuration, parseDuration } from './syntax/duration';
export { positionOf, validateQuery, type Validation, type Verdict } from './validate';
export { fillVariables, formatWithVariables, hasVariables, type FilledQuery } from './variables';
export { filtersOf, pipelinesOf, referencesOf, walkQuery, type TreeVisitor } from './walk';
