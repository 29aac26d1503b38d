import { type SpanVariables, escapeQuoted, fillSpanVariables } from './span-variables';
import { type TagMapping, type TraceToLogsOptions } from './span-link-settings';

/** How a kind of logs data source writes a condition, and where its query model keeps the text. */
interface LogsLanguage {
  label: (attribute: string) => string;
  condition: (label: string, value: string) => string;
  /** Between two conditions */
  and: string;
  /** Conditions on the ids; `undefined` for those not asked for */
  traceId: (id: string) => string;
  spanId: (id: string) => string;
  /** The whole text; undefined when the language needs something that is not there */
  text: (tags: string, ids: string[]) => string | undefined;
  query: (text: string) => LogsQuery;
}

/** The part of a query model that says what to look for. */
export type LogsQuery = Record<string, unknown>;

const quote = (text: string) => `"${escapeQuoted(text)}"`;
const equals = (label: string, value: string) => `${label}=${quote(value)}`;
const asIs = (attribute: string) => attribute;
/** Labels of Loki and Prometheus have letters, digits and underscores. */
export const promLabel = (attribute: string) => attribute.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');

function joined(and: string): LogsLanguage['text'] {
  return (tags, ids) => [tags, ...ids].filter(Boolean).join(and) || undefined;
}

/** The id as a label or structured metadata, or anywhere in the line. */
function lokiId(flag: string, names: string[], id: string): string {
  const inLine = `| label_format ${flag}=\`{{ contains ${quote(id)} __line__ }}\``;
  return `${inLine} | ${[`${flag}="true"`, ...names.map((name) => equals(name, id))].join(' or ')}`;
}

const LUCENE: LogsLanguage = {
  label: (attribute) => attribute.replace(/[\s:\\+\-!(){}[\]^"~*?/&|]/g, '\\$&'),
  condition: (label, value) => `${label}:${quote(value)}`,
  and: ' AND ',
  traceId: quote,
  spanId: quote,
  text: joined(' AND '),
  query: (query) => ({ query, metrics: [{ id: '1', type: 'logs' }] }),
};

const LANGUAGES: Readonly<Record<string, LogsLanguage>> = {
  loki: {
    label: promLabel,
    condition: equals,
    and: ', ',
    traceId: (id) => lokiId('trace_id_in_line', ['trace_id', 'traceID', 'traceId'], id),
    spanId: (id) => lokiId('span_id_in_line', ['span_id', 'spanID', 'spanId'], id),
    // A stream selector needs a label.
    text: (tags, ids) => (tags ? [`{${tags}}`, ...ids].join(' ') : undefined),
    query: (expr) => ({ expr }),
  },
  elasticsearch: LUCENE,
  'grafana-opensearch-datasource': LUCENE,
  'grafana-splunk-datasource': {
    label: asIs,
    condition: equals,
    and: ' ',
    traceId: quote,
    spanId: quote,
    text: joined(' '),
    query: (query) => ({ query }),
  },
  'grafana-falconlogscale-datasource': {
    label: asIs,
    condition: equals,
    and: ' and ',
    traceId: quote,
    spanId: quote,
    text: joined(' and '),
    query: (lsql) => ({ lsql }),
  },
  'googlecloud-logging-datasource': {
    label: asIs,
    condition: equals,
    and: ' AND ',
    traceId: quote,
    spanId: quote,
    text: joined(' AND '),
    query: (text) => ({ query: text, queryText: text }),
  },
  'victoriametrics-logs-datasource': {
    label: (attribute) => (/^[\w.]+$/.test(attribute) ? attribute : quote(attribute)),
    condition: (label, value) => `${label}:=${quote(value)}`,
    and: ' AND ',
    traceId: (id) => `trace_id:=${quote(id)}`,
    spanId: (id) => `span_id:=${quote(id)}`,
    text: joined(' AND '),
    query: (expr) => ({ expr }),
  },
};

/** Data source plugins that a span can lead to for its logs. */
export const LOGS_DATASOURCE_IDS: readonly string[] = Object.keys(LANGUAGES);

/** What Grafana's Tempo data source filters by when the settings name no attribute. */
const DEFAULT_TAGS: TagMapping[] = [
  { key: 'cluster' },
  { key: 'hostname' },
  { key: 'namespace' },
  { key: 'pod' },
  { key: 'service.name', value: 'service_name' },
  { key: 'service.namespace', value: 'service_namespace' },
];

/** The query for the logs of a span; undefined when there is nothing to look for. */
export function logsQuery(type: string, options: TraceToLogsOptions, variables: SpanVariables): LogsQuery | undefined {
  const language = Object.hasOwn(LANGUAGES, type) ? LANGUAGES[type] : undefined;
  if (!language) {
    return undefined;
  }
  const tags = conditions(options.tags, variables, language).join(language.and);
  const text =
    options.customQuery && options.query
      ? fillSpanVariables(options.query, variables, tags)
      : language.text(tags, idConditions(options, variables, language));
  return text === undefined ? undefined : language.query(text);
}

function conditions(tags: TagMapping[] = [], variables: SpanVariables, { label, condition }: LogsLanguage): string[] {
  const used = tags.length > 0 ? tags : DEFAULT_TAGS;
  return used.flatMap(({ key, value: mapped }) => {
    const value = variables.tag(key);
    return value === undefined ? [] : [condition(mapped || label(key), value)];
  });
}

function idConditions(options: TraceToLogsOptions, { fields }: SpanVariables, language: LogsLanguage): string[] {
  return [
    ...(options.filterByTraceID ? [language.traceId(fields['span.traceId'])] : []),
    ...(options.filterBySpanID ? [language.spanId(fields['span.spanId'])] : []),
  ];
}
