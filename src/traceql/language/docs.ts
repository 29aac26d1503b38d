/** What the editor says of each word of the language: hover texts and completion details. */
import { INTRINSICS } from '../intrinsics';

export type DocKind = 'intrinsic' | 'scope' | 'function' | 'operator' | 'hint' | 'keyword' | 'constant';

export interface DocEntry {
  /** As it is written in a query. */
  name: string;
  kind: DocKind;
  /** How it is called or used, e.g. `quantile_over_time(field, number, …)`. */
  signature: string;
  description: string;
  example?: string;
}

const INTRINSIC_DOCS: Readonly<Record<string, string>> = {
  'span:duration': 'Time from the start to the end of the span.',
  'span:name': 'Name of the operation.',
  'span:kind': 'Kind of the span: server, client, producer, consumer, internal or unspecified. Only = and != apply.',
  'span:status': 'Status of the span: ok, error or unset. Only = and != apply.',
  'span:statusMessage': 'Text that was set together with the status.',
  'span:id': 'Id of the span, 16 hexadecimal digits.',
  'span:parentID': 'Id of the parent span, 16 hexadecimal digits.',
  'span:childCount': 'Number of direct children. 0 finds leaves.',
  'trace:duration': 'Time from the first start to the last end in the trace.',
  'trace:rootName': 'Name of the root span.',
  'trace:rootService': 'Service name of the root span.',
  'trace:id': 'Id of the trace, 32 hexadecimal digits.',
  'event:name': 'Name of an event of the span.',
  'event:timeSinceStart': 'Time of an event, from the start of its span.',
  'link:traceID': 'Trace that a span link points to.',
  'link:spanID': 'Span that a span link points to.',
  'instrumentation:name': 'Name of the instrumentation scope (the library that made the span).',
  'instrumentation:version': 'Version of the instrumentation scope.',
  nestedSetLeft: 'Left bound of the span in the nested set that orders the spans of a trace.',
  nestedSetRight: 'Right bound of the span in the nested set that orders the spans of a trace.',
  nestedSetParent: 'Left bound of the parent; -1 for root spans, so nestedSetParent < 0 finds them.',
  parent: 'The parent span. Tempo does not support it yet.',
};

const EXAMPLE_CONDITIONS: Readonly<Record<string, string>> = {
  duration: '> 500ms',
  string: '=~ ".+"',
  kind: '= server',
  status: '= error',
  int: '> 0',
};

const intrinsics = INTRINSICS.flatMap(({ name, spellings, valueType, unsupported }) =>
  spellings.map((spelling): DocEntry => ({
    name: spelling,
    kind: 'intrinsic',
    signature: `${spelling}: ${valueType ?? 'string'}`,
    description: INTRINSIC_DOCS[name],
    ...(!unsupported && { example: `{ ${spelling} ${EXAMPLE_CONDITIONS[valueType ?? 'string']} }` }),
  }))
);

function entries(
  kind: DocKind,
  rows: ReadonlyArray<readonly [name: string, signature: string, description: string, example?: string]>
): DocEntry[] {
  return rows.map(([name, signature, description, example]) => ({
    name,
    kind,
    signature,
    description,
    ...(example && { example }),
  }));
}

const SCOPES = entries('scope', [
  [
    '.',
    '.attribute',
    'Looks in the attributes of the span, then of its resource. Slower than naming the scope.',
    '{ .http.route = "/cart" }',
  ],
  ['span.', 'span.attribute', 'Attribute of the span.', '{ span.http.response.status_code >= 500 }'],
  [
    'resource.',
    'resource.attribute',
    'Attribute of the resource: the service, its host, pod, and so on.',
    '{ resource.service.name = "cart" }',
  ],
  ['event.', 'event.attribute', 'Attribute of any event of the span.', '{ event.exception.type = "TimeoutError" }'],
  ['link.', 'link.attribute', 'Attribute of any link of the span.', '{ link.reason != nil }'],
  [
    'instrumentation.',
    'instrumentation.attribute',
    'Attribute of the instrumentation scope.',
    '{ instrumentation.language = "go" }',
  ],
  ['parent.', 'parent.attribute', 'Attribute of the parent span. Tempo does not support it yet.'],
]);

const INTRINSIC_SCOPES = entries('scope', [
  ['span:', 'span:intrinsic', 'What every span has: duration, name, kind, status and more.', '{ span:duration > 1s }'],
  ['trace:', 'trace:intrinsic', 'What every trace has: duration, root and id.', '{ trace:duration > 1s }'],
  ['event:', 'event:intrinsic', 'Name or time of any event of the span.', '{ event:name = "exception" }'],
  ['link:', 'link:intrinsic', 'Ids of the spans that the span links to.', '{ link:traceID != "" }'],
  [
    'instrumentation:',
    'instrumentation:intrinsic',
    'Name or version of the instrumentation scope.',
    '{ instrumentation:name =~ ".*http.*" }',
  ],
]);

const FUNCTIONS = entries('function', [
  ['count', 'count()', 'Number of spans of each spanset.', '{ status = error } | count() > 2'],
  ['min', 'min(field)', 'Lowest value of a numeric field in each spanset.', '{ } | min(duration) > 100ms'],
  ['max', 'max(field)', 'Highest value of a numeric field in each spanset.', '{ } | max(duration) > 2s'],
  ['avg', 'avg(field)', 'Mean of a numeric field in each spanset.', '{ } | avg(duration) > 500ms'],
  ['sum', 'sum(field)', 'Sum of a numeric field in each spanset.', '{ } | sum(span.bytes) > 1000000'],
  [
    'by',
    'by(field)',
    'Splits each spanset into groups with the same value.',
    '{ } | by(resource.service.name) | count() > 10',
  ],
  [
    'select',
    'select(field, …)',
    'Returns these fields with the spans that were found.',
    '{ status = error } | select(span.http.route, statusMessage)',
  ],
  [
    'coalesce',
    'coalesce()',
    'Joins the spansets of a trace again, after by().',
    '{ } | by(name) | count() > 2 | coalesce()',
  ],
  [
    'rate',
    'rate() [by (field, …)]',
    'Spans per second over time.',
    '{ status = error } | rate() by (resource.service.name)',
  ],
  [
    'count_over_time',
    'count_over_time() [by (field, …)]',
    'Number of spans in each interval.',
    '{ } | count_over_time() by (name)',
  ],
  [
    'min_over_time',
    'min_over_time(field) [by (field, …)]',
    'Lowest value in each interval.',
    '{ } | min_over_time(duration)',
  ],
  [
    'max_over_time',
    'max_over_time(field) [by (field, …)]',
    'Highest value in each interval.',
    '{ } | max_over_time(duration) by (name)',
  ],
  [
    'avg_over_time',
    'avg_over_time(field) [by (field, …)]',
    'Mean value in each interval.',
    '{ } | avg_over_time(duration) by (name)',
  ],
  [
    'sum_over_time',
    'sum_over_time(field) [by (field, …)]',
    'Sum of the values in each interval. Spans without the field make the sum empty: add { field != nil }.',
    '{ span.bytes != nil } | sum_over_time(span.bytes)',
  ],
  [
    'quantile_over_time',
    'quantile_over_time(field, quantile, …) [by (field, …)]',
    'Quantiles between 0 and 1 in each interval, estimated from a histogram.',
    '{ } | quantile_over_time(duration, .5, .95, .99)',
  ],
  [
    'histogram_over_time',
    'histogram_over_time(field) [by (field, …)]',
    'Number of spans in each bucket of the field, for heatmaps.',
    '{ } | histogram_over_time(duration)',
  ],
  [
    'compare',
    'compare({ selection } [, topN [, start, end]])',
    'Compares the attributes of the selected spans with those of all others. start and end are Unix ns.',
    '{ } | compare({ status = error }, 10)',
  ],
  [
    'topk',
    'topk(count)',
    'Keeps the series with the highest values in each interval.',
    '{ } | rate() by (name) | topk(5)',
  ],
  [
    'bottomk',
    'bottomk(count)',
    'Keeps the series with the lowest values in each interval.',
    '{ } | rate() by (name) | bottomk(5)',
  ],
]);

const OPERATORS = entries('operator', [
  ['=', 'field = value', 'Equal. With nil: the attribute is missing.'],
  ['!=', 'field != value', 'Not equal; a span without the attribute does not match. With nil: the attribute is there.'],
  [
    '<',
    'field < value   { child } < { parent }',
    'Less than. Between filters: the right span is the parent of a left one.',
  ],
  ['<=', 'field <= value', 'Less than or equal.'],
  [
    '>',
    'field > value   { parent } > { child }',
    'Greater than. Between filters: the right span is a direct child of a left one.',
  ],
  ['>=', 'field >= value', 'Greater than or equal.'],
  ['=~', 'field =~ "pattern"', 'Matches the RE2 pattern, which must cover the whole value.'],
  [
    '!~',
    'field !~ "pattern"   { a } !~ { b }',
    'Does not match the RE2 pattern. Between filters: right spans that have no left one as a sibling.',
  ],
  ['&&', 'a && b   { a } && { b }', 'Both hold. Binds as tightly as ||. Between filters: the trace has spans of both.'],
  ['||', 'a || b   { a } || { b }', 'One of both holds. Binds as tightly as &&. Between filters: spans of either.'],
  ['>>', '{ ancestor } >> { descendant }', 'Right spans that are somewhere below a left one.'],
  ['<<', '{ descendant } << { ancestor }', 'Right spans that are somewhere above a left one.'],
  ['~', '{ a } ~ { b }', 'Right spans that have the same parent as a left one.'],
  ['!>', '{ a } !> { b }', 'Right spans whose parent is no left one.'],
  ['!<', '{ a } !< { b }', 'Right spans that are the parent of no left one.'],
  ['!>>', '{ a } !>> { b }', 'Right spans that are below no left one.'],
  ['!<<', '{ a } !<< { b }', 'Right spans that are above no left one.'],
  ['&>', '{ parent } &> { child }', 'As >, but returns the spans of both sides.'],
  ['&<', '{ child } &< { parent }', 'As <, but returns the spans of both sides.'],
  ['&>>', '{ ancestor } &>> { descendant }', 'As >>, but returns the spans of both sides.'],
  ['&<<', '{ descendant } &<< { ancestor }', 'As <<, but returns the spans of both sides.'],
  ['&~', '{ a } &~ { b }', 'As ~, but returns the spans of both sides.'],
  ['+', 'a + b', 'Sum.'],
  ['-', 'a - b   -a', 'Difference, or the negative value.'],
  ['*', 'a * b', 'Product.'],
  ['/', 'a / b', 'Quotient; of two integers the whole part.'],
  ['%', 'a % b', 'Remainder.'],
  ['^', 'a ^ b', 'Power. Tempo swaps the sides when both are integer constants: 2 ^ 3 is 9.'],
  ['!', '!a', 'Not.'],
  ['|', 'stage | stage', 'Passes what the left stage found to the right one.'],
]);

const HINTS = entries('hint', [
  [
    'most_recent',
    'most_recent=true',
    'Search returns the newest matching traces, not the first that were found.',
    '{ status = error } with (most_recent=true)',
  ],
  [
    'sample',
    'sample=true   sample=0.1',
    'Metrics are estimated from a sample of spans or traces.',
    '{ } | rate() with (sample=true)',
  ],
  ['span_sample', 'span_sample=0.1', 'Metrics are estimated from this share of the spans.'],
  ['trace_sample', 'trace_sample=0.1', 'Metrics are estimated from this share of the traces.'],
  ['exemplars', 'exemplars=true   exemplars=100', 'Whether metrics come with exemplars, and how many.'],
  ['extrapolate', 'extrapolate=true', 'Metrics are scaled up by the sampling that the spans went through.'],
]);

const KEYWORDS = entries('keyword', [
  ['with', 'with (hint=value, …)', 'Hints on how to run the query.'],
  ['nil', 'field = nil   field != nil', 'The missing value.'],
]);

const CONSTANTS = entries('constant', [
  ['true', 'true', 'Boolean.'],
  ['false', 'false', 'Boolean.'],
  ['ok', 'status = ok', 'The span was marked as successful.'],
  ['error', 'status = error', 'The span failed.'],
  ['unset', 'status = unset', 'The span has no status.'],
  ['server', 'kind = server', 'Handles a request from outside.'],
  ['client', 'kind = client', 'Makes a request to another service.'],
  ['producer', 'kind = producer', 'Sends a message.'],
  ['consumer', 'kind = consumer', 'Handles a message.'],
  ['internal', 'kind = internal', 'Work inside a service.'],
  ['unspecified', 'kind = unspecified', 'No kind was set.'],
  ['minInt', 'minInt', 'The smallest integer, -9223372036854775808.'],
  ['maxInt', 'maxInt', 'The biggest integer, 9223372036854775807.'],
]);

export const DOCS: readonly DocEntry[] = [
  ...intrinsics,
  ...SCOPES,
  ...INTRINSIC_SCOPES,
  ...FUNCTIONS,
  ...OPERATORS,
  ...HINTS,
  ...KEYWORDS,
  ...CONSTANTS,
];

const byName = new Map(DOCS.map((entry) => [entry.name, entry]));

export function docFor(name: string): DocEntry | undefined {
  return byName.get(name);
}

export function docsOfKind(kind: DocKind): DocEntry[] {
  return DOCS.filter((entry) => entry.kind === kind);
}
