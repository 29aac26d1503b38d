import { durationNanos } from '../trace/duration';
import { attributeText } from '../trace/attribute-text';
import { type Span, type Trace } from '../trace/model';
import { serviceNameOf } from '../trace/service-name';
import { rootSpan } from '../trace/tree';

/** What the texts of links may refer to. */
export interface SpanVariables {
  /** An attribute of the span, else of its resource; undefined when neither has it */
  tag: (key: string) => string | undefined;
  /** `__span.traceId`, `__trace.name` and so on, without the `__`; durations in µs, as in Grafana's trace view */
  fields: Readonly<Record<string, string>>;
}

const NANOS_PER_MICRO = BigInt(1000);

export function spanVariables(span: Span, trace: Trace): SpanVariables {
  const duration = String(durationNanos(span) / NANOS_PER_MICRO);
  const fields = {
    'span.spanId': span.spanId,
    'span.traceId': span.traceId,
    'span.duration': duration,
    'span.name': span.name,
    'trace.traceId': trace.traceId,
    ...traceFields(trace),
  };
  const pseudo: Record<string, string> = {
    spanId: span.spanId,
    traceId: span.traceId,
    name: span.name,
    duration,
  };
  return {
    fields,
    tag: (key) => {
      const attribute =
        span.attributes.find((one) => one.key === key) ?? span.resource.attributes.find((one) => one.key === key);
      const text = attribute && attributeText(attribute.value);
      return text || (Object.hasOwn(pseudo, key) ? pseudo[key] : undefined);
    },
  };
}

const traceFieldsOf = new WeakMap<Trace, Record<string, string>>();

/** Computed once for each trace: a list of links is made for every span somebody opens. */
function traceFields(trace: Trace): Record<string, string> {
  let fields = traceFieldsOf.get(trace);
  if (!fields) {
    const root = rootSpan(trace);
    fields = {
      'trace.duration': String(traceDuration(trace) / NANOS_PER_MICRO),
      'trace.name': root ? `${serviceNameOf(root)}: ${root.name}` : '',
    };
    traceFieldsOf.set(trace, fields);
  }
  return fields;
}

/** ns from the first start to the last end */
function traceDuration({ spans }: Trace): bigint {
  let [start, end] = [spans[0]?.startTimeUnixNano ?? BigInt(0), BigInt(0)];
  for (const span of spans) {
    start = span.startTimeUnixNano < start ? span.startTimeUnixNano : start;
    const spanEnd = span.startTimeUnixNano + durationNanos(span);
    end = spanEnd > end ? spanEnd : end;
  }
  return end > start ? end - start : BigInt(0);
}

/** Variables of spans, escapes, and quotes: `${__span.tags["http.route"]:raw}`, `$__tags`. Other variables are left alone. */
const TOKEN = /\$\{__(tags|(?:span|trace)(?:\.[\w-]+|\["[^"]*"\]|\['[^']*'\])+)(?::(\w+))?\}|\$__(tags)\b|\\[\s\S]|"/g;
const TAG_PATH = /^span\.tags(?:\.(.+)|\["(.*)"\]|\['(.*)'\])$/;

/**
 * Fills in the variables of a span; undefined when one has no value, as a query with a hole in it finds the wrong things.
 * Inside double quotes values are escaped for them: what a span says cannot end the text it stands in.
 *
 * @param tags what `${__tags}` stands for; '' when the span has none of the mapped attributes
 */
export function fillSpanVariables(
  text: string,
  variables: SpanVariables,
  tags: string,
  tagsMayBeEmpty = false
): string | undefined {
  let quoted = false;
  let complete = true;
  const filled = text.replace(TOKEN, (token: string, path?: string, format?: string, bare?: string) => {
    if (path === undefined && bare === undefined) {
      quoted = token === '"' ? !quoted : quoted;
      return token;
    }
    const isTags = (path ?? bare) === 'tags';
    const value = isTags ? tags : valueAt(path ?? '', variables);
    if (!value) {
      complete &&= isTags && tagsMayBeEmpty;
      return '';
    }
    const plain = format === 'regex' ? escapeRegex(value) : value;
    return quoted && !isTags && format !== 'raw' ? escapeQuoted(plain) : plain;
  });
  return complete ? filled : undefined;
}

/** Variables that look like those of a span but are none, as written: `${__span.id}`. */
export function unknownSpanVariables(text: string): string[] {
  const rest = text.replace(TOKEN, (token: string, path?: string, _format?: string, bare?: string) => {
    const known = bare !== undefined || path === 'tags' || (path !== undefined && isKnownPath(path));
    return known ? '' : token;
  });
  return rest.match(/\$\{?__(?:span|trace|tags)\b[^}\s]*\}?/g) ?? [];
}

const FIELD_PATHS = new Set([
  ...['spanId', 'traceId', 'duration', 'name'].map((name) => `span.${name}`),
  ...['traceId', 'duration', 'name'].map((name) => `trace.${name}`),
]);

function isKnownPath(path: string): boolean {
  return TAG_PATH.test(path) || FIELD_PATHS.has(path);
}

function valueAt(path: string, { tag, fields }: SpanVariables): string | undefined {
  const match = TAG_PATH.exec(path);
  if (match) {
    return tag(match[1] ?? match[2] ?? match[3]);
  }
  return Object.hasOwn(fields, path) ? fields[path] : undefined;
}

export function escapeQuoted(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
