/**
 * What a Tempo can do is told by what it answers: versions are not asked for, as gateways hide them and builds between two
 * releases have any.
 */
import { bodyText, looksLikeHtml, TempoError } from './error';
import { type HttpAnswer, type TagsByScope, type TagScope, type TagValue } from './types';

/** Runs the newer way to ask, or the older one where Tempo has no such endpoint. */
type EitherApi = <T>(newer: () => Promise<T>, older: () => Promise<T>) => Promise<T>;

/**
 * Remembers that the older one works. When neither is there, the first refusal counts: it is the usual reason, an address
 * that is not Tempo.
 */
export function newerOrOlder(): EitherApi {
  let olderWorks = false;
  return async (newer, older) => {
    if (olderWorks) {
      return older();
    }
    try {
      return await newer();
    } catch (error) {
      if (!(error instanceof TempoError) || error.kind !== 'notFound') {
        throw error;
      }
      const answer = await older().catch(() => {
        throw error;
      });
      olderWorks = true;
      return answer;
    }
  };
}

/** The answer of Tempo's first API to a question for the tags of one scope is not filtered: none can be told apart. */
export function unscopedTags({ tagNames }: { tagNames: string[] }, scope: TagScope | undefined): TagsByScope[] {
  return scope === undefined ? [{ scope: 'unscoped', tags: tagNames }] : [];
}

export function untypedValues({ tagValues }: { tagValues: string[] }): TagValue[] {
  return tagValues.map((value) => ({ type: 'string', value }));
}

/** `resource.service.name` and `.service.name` as Tempo's first API names it: `service.name` */
export function withoutScope(tag: string): string {
  const bare = tag.replace(/^(?:(?:resource|span|event|link|instrumentation|parent)\.|\.)/, '');
  return bare.startsWith('"') && bare.endsWith('"') ? bare.slice(1, -1).replace(/\\(.)/g, '$1') : bare;
}

export const METRICS_RANGE =
  'This Tempo does not answer TraceQL metrics (404): they came with Tempo 2.4. Searches and traces work.';
export const METRICS_INSTANT =
  'This Tempo does not answer TraceQL metrics for one moment (404): they came with Tempo 2.6. Choose the type "Range".';

/** What Tempo says when no component keeps what metrics are made of. */
const NOT_ENABLED = /localblocks processor not found|empty ring|local.?blocks.*not (?:found|enabled)/i;

/** Says what to do when Tempo lacks TraceQL metrics, or has them switched off. */
export async function explaining(missing: string, request: Promise<HttpAnswer>): Promise<HttpAnswer> {
  const answer = await request;
  const { status } = answer;
  if (status === 404 && !looksLikeHtml(answer)) {
    throw new TempoError('notFound', missing, { status, detail: bodyText(answer).trim() });
  }
  if (status >= 500) {
    const detail = bodyText(answer).trim();
    if (NOT_ENABLED.test(detail)) {
      throw new TempoError(
        'unavailable',
        'TraceQL metrics are not switched on in this Tempo. Run its metrics generator with the local-blocks processor. (' +
          `${detail.slice(0, 300)})`,
        { status, detail }
      );
    }
  }
  return answer;
}
