import { type ScopedVars } from '@grafana/data';

/** `$name`, `${name}`, `${name.path}`, `${name:format}`, `[[name]]`: Grafana's spellings of a variable. */
const VARIABLE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:^}]+))?(?::([^}]+))?\}/g;

/** Replaces variables by scoped values; what is not in scope stays as written. */
export function interpolateScopedVars(target: string, scopedVars: ScopedVars, format?: string | Function): string {
  return target.replace(VARIABLE, (match, plain, bracketed, bracketFormat, braced, path, bracedFormat) => {
    const name: string = plain ?? bracketed ?? braced;
    const scoped = scopedVars[name];
    if (!scoped || scoped.value === undefined || scoped.value === null) {
      return match;
    }
    const value: unknown = path ? valueAt(scoped.value, path) : scoped.value;
    return formatValue(value, bracketFormat ?? bracedFormat ?? format);
  });
}

function formatValue(value: unknown, format: string | Function | undefined): string {
  if (typeof format === 'function') {
    return String(format(value, {}, undefined));
  }
  if (format === 'queryparam' || format === 'percentencode') {
    return encodeURIComponent(String(value));
  }
  return Array.isArray(value) ? (value.length === 1 ? String(value[0]) : `{${value.join(',')}}`) : String(value);
}

function valueAt(value: unknown, path: string): unknown {
  // brackets of `fields["span_id"]` and dots of `fields.span_id` mean the same
  const keys = path.replace(/\[["']?([^\]"']+)["']?\]/g, '.$1').split('.');
  return keys.reduce<unknown>(
    (current, key) => (typeof current === 'object' && current !== null ? Reflect.get(current, key) : undefined),
    value
  );
}
