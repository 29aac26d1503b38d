/** Attribute names and string values as query text. */
import type { AttributeScope } from './ast';
import { isAttributeCharacter } from './syntax/characters';

export { quoteString } from './syntax/go-string';

/** The name as it stands behind a scope: quoted only where it holds characters that end an attribute. */
export function quoteAttribute(name: string): string {
  if (/^[\w.-]+$/.test(name)) {
    return name;
  }
  const isPlain =
    name !== '' &&
    !name.includes('"') &&
    [...name].every((character) => isAttributeCharacter(character.codePointAt(0) ?? 0));
  return isPlain ? name : `"${name.replace(/[\\"]/g, '\\$&')}"`;
}

/** `resource.service.name`, `.http.method`, `span."a b"`; of the parent span's attribute also where the parent has it. */
export function attributeText(scope: AttributeScope, name: string, parentScope?: AttributeScope): string {
  const prefix = scope === 'any' ? '.' : `${scope}.`;
  const inner = parentScope ? `${parentScope}.` : '';
  // A number directly behind a bare dot would be read as one, and a name that starts like a scope behind `parent.` as the scope.
  const isAmbiguous =
    (scope === 'any' && /^[0-9]/.test(name)) ||
    (scope === 'parent' && !parentScope && /^(?:span|resource)\./.test(name));
  return `${prefix}${inner}${isAmbiguous ? `"${name.replace(/[\\"]/g, '\\$&')}"` : quoteAttribute(name)}`;
}

/** A regular expression of RE2, as TraceQL has it, that matches exactly `value`. */
export function escapeRegex(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
