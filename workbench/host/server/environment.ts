export type Environment = Record<string, string | undefined>;

/**
 * Grafana's interpolation in provisioning files: `$NAME` and `${NAME}` are replaced in every string value,
 * `$$` is a literal dollar sign, an unknown name becomes empty. Keys are left alone.
 */
export function expandEnvironment(value: unknown, environment: Environment): unknown {
  if (typeof value === 'string') {
    return expandString(value, environment);
  }
  if (Array.isArray(value)) {
    return value.map((item) => expandEnvironment(item, environment));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandEnvironment(item, environment)]));
  }
  return value;
}

function expandString(text: string, environment: Environment): string {
  return text.replace(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (_match, dollar, braced, bare) =>
    dollar ? '$' : (environment[braced ?? bare] ?? '')
  );
}
