import { type TimeRange } from '@grafana/data';
import { type TagsByScope } from '../../tempo/types';
import { type CompletionContext, type CompletionTag, type CompletionValue } from '../../traceql/language/completion';
import { type TagSource } from '../tags/tag-source';

/** Longest that suggestions wait for an answer that only makes them better: ms */
const PATIENCE_MS = 750;

/** Suggestions from Tempo, for the time range, with the memory of the data source. */
export function completionContext(tags: TagSource, range: TimeRange | undefined): CompletionContext {
  const all = async () => flatTags(await tags.names({ range }));
  return {
    tags: async (filter) => {
      const narrowed = filter === undefined ? undefined : await soon(tags.names({ range, query: filter }));
      return narrowed ? flatTags(narrowed) : all();
    },
    values: (tag, query) => tags.values({ tag, query, range }),
    // The values themselves are what is wanted next: the request is not in vain.
    valueTypes: async (tag, query) => {
      const values = await soon(tags.values({ tag, query, range }));
      return values && new Set(values.map(({ type }): CompletionValue['type'] => type));
    },
  };
}

/** The answer if it comes before the patience ends, else undefined; a late one is in the cache for the next letter. */
async function soon<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer.catch(() => undefined), impatience]);
  } finally {
    clearTimeout(timer);
  }
}

/** The cache answers with the same list as long as the range is the same; completion wants the same, too. */
const flatLists = new WeakMap<readonly TagsByScope[], CompletionTag[]>();

function flatTags(scopes: readonly TagsByScope[]): CompletionTag[] {
  const known = flatLists.get(scopes);
  if (known) {
    return known;
  }
  const flat = scopes.flatMap(({ scope, tags: names }): CompletionTag[] =>
    // The language knows its intrinsics by itself.
    scope === 'intrinsic' ? [] : names.map((name) => ({ scope: scope === 'unscoped' ? ('any' as const) : scope, name }))
  );
  flatLists.set(scopes, flat);
  return flat;
}
