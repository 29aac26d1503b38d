import { type InstrumentationScope } from './model';

/** One object for all spans of a scope, where only its name and version are known. */
export class ScopeMemory {
  private readonly scopes = new Map<string, InstrumentationScope>();

  scope(name: string, version: string): InstrumentationScope {
    const key = `${name}\n${version}`;
    let scope = this.scopes.get(key);
    if (!scope) {
      this.scopes.set(key, (scope = { name, version, attributes: [] }));
    }
    return scope;
  }
}
