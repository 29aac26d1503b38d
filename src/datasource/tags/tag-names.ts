import { type TagsByScope } from '../../tempo/types';
import { filterAttribute } from '../../traceql/search-form';

/** `resource.service.name`, intrinsics bare; each once, sorted. */
export function tagNames(scopes: TagsByScope[]): string[] {
  const names = scopes.flatMap(({ scope, tags }) => tags.map((tag) => filterAttribute({ id: '', tag, scope })));
  return [...new Set(names)].sort();
}
