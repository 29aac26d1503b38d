/** The label matchers of a PromQL expression, and the TraceQL that asks for the same of spans. */
import { type LabelMatcher, parseSelector, SelectorError } from '../servicegraph/scope';
import { quoteString } from '../traceql/syntax/go-string';

/**
 * The matchers of each selector `{…}` in the expression, in the order of the text. Strings and comments are skipped, so that a
 * brace in them is none; what is no selector (a broken one, a label name with a template) is left out.
 */
export function selectorsOf(expression: string): LabelMatcher[][] {
  const selectors: LabelMatcher[][] = [];
  let open: number | undefined;
  for (let at = 0; at < expression.length; at++) {
    const character = expression[at];
    if (character === '"' || character === "'" || character === '`') {
      at = endOfString(expression, at);
    } else if (character === '#') {
      const newline = expression.indexOf('\n', at);
      at = newline === -1 ? expression.length : newline;
    } else if (character === '{') {
      open = at;
    } else if (character === '}' && open !== undefined) {
      const matchers = matchersOf(expression.slice(open, at + 1));
      if (matchers) {
        selectors.push(matchers);
      }
      open = undefined;
    }
  }
  return selectors;
}

/** Where the string that begins at `start` ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote !== '`') {
      at += 1;
    } else if (text[at] === quote) {
      return at;
    }
  }
  return text.length;
}

function matchersOf(selector: string): LabelMatcher[] | undefined {
  try {
    return parseSelector(selector);
  } catch (error) {
    if (error instanceof SelectorError) {
      return undefined;
    }
    throw error;
  }
}

/** Labels under which producers put a span's attributes, lower-case. */
const ATTRIBUTE_OF_LABEL: Readonly<Record<string, string>> = {
  service: 'resource.service.name',
  service_name: 'resource.service.name',
  server: 'resource.service.name',
  client: 'resource.service.name',
  service_namespace: 'resource.service.namespace',
  server_service_namespace: 'resource.service.namespace',
  client_service_namespace: 'resource.service.namespace',
  service_version: 'resource.service.version',
  service_instance_id: 'resource.service.instance.id',
  deployment_environment: 'resource.deployment.environment',
  deployment_environment_name: 'resource.deployment.environment.name',
  cluster: 'resource.k8s.cluster.name',
  k8s_cluster_name: 'resource.k8s.cluster.name',
  namespace: 'resource.k8s.namespace.name',
  k8s_namespace_name: 'resource.k8s.namespace.name',
  pod: 'resource.k8s.pod.name',
  k8s_pod_name: 'resource.k8s.pod.name',
  container: 'resource.k8s.container.name',
  span_name: 'name',
  http_route: 'span.http.route',
};

/** Labels whose values are keywords in TraceQL. */
const KEYWORDS: Readonly<Record<string, { attribute: string; values: Readonly<Record<string, string>> }>> = {
  status_code: {
    attribute: 'status',
    values: { STATUS_CODE_ERROR: 'error', STATUS_CODE_OK: 'ok', STATUS_CODE_UNSET: 'unset' },
  },
  span_kind: {
    attribute: 'kind',
    values: {
      SPAN_KIND_SERVER: 'server',
      SPAN_KIND_CLIENT: 'client',
      SPAN_KIND_CONSUMER: 'consumer',
      SPAN_KIND_PRODUCER: 'producer',
      SPAN_KIND_INTERNAL: 'internal',
    },
  },
};

/** Without one of these a search would be for the traces of everything. */
const TELLING: ReadonlySet<string> = new Set([
  'resource.service.name',
  'resource.k8s.cluster.name',
  'resource.k8s.namespace.name',
  'resource.k8s.pod.name',
]);

/**
 * The search for the traces behind a PromQL expression: what its first selector with a service or cluster label says that
 * spans have too. Undefined when none has.
 */
export function tracesBehind(expression: string): string | undefined {
  for (const matchers of selectorsOf(expression)) {
    const conditions = matchers.flatMap((matcher) => conditionOf(matcher, matchers) ?? []);
    if (conditions.some(({ attribute }) => TELLING.has(attribute))) {
      return `{ ${conditions.map(({ text }) => text).join(' && ')} }`;
    }
  }
  return undefined;
}

function conditionOf(
  { label, operator, value }: LabelMatcher,
  all: readonly LabelMatcher[]
): { attribute: string; text: string } | undefined {
  if (value === '' || (operator === '=~' && value === '.*')) {
    return undefined;
  }
  const keyword = Object.hasOwn(KEYWORDS, label) ? KEYWORDS[label] : undefined;
  if (keyword) {
    const known = value.split('|').flatMap((word) => keyword.values[word] ?? []);
    const isNegative = operator === '!=' || operator === '!~';
    const parts = known.map((word) => `${keyword.attribute} ${isNegative ? '!=' : '='} ${word}`);
    const joined = parts.join(isNegative ? ' && ' : ' || ');
    return parts.length === 0
      ? undefined
      : { attribute: keyword.attribute, text: parts.length > 1 && !isNegative ? `(${joined})` : joined };
  }
  const attribute = Object.hasOwn(ATTRIBUTE_OF_LABEL, label) ? ATTRIBUTE_OF_LABEL[label] : undefined;
  if (attribute === undefined || (label.startsWith('client') && hasServer(all))) {
    return undefined;
  }
  return { attribute, text: `${attribute} ${operator} ${quoteString(value)}` };
}

/** Of a call, the server's spans are what was measured. */
function hasServer(matchers: readonly LabelMatcher[]): boolean {
  return matchers.some(({ label }) => label === 'server');
}
