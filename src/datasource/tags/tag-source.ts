import { type TimeRange } from '@grafana/data';
import { type TempoClient } from '../../tempo/client';
import { type TagsByScope, type TagScope, type TagValue } from '../../tempo/types';
import { tagRange } from '../query/time-range';
import { type TempoSettings } from '../settings/parse-settings';
import { createPromiseCache } from './promise-cache';

export type TagRange = Pick<TimeRange, 'from' | 'to'>;

export interface TagNamesRequest {
  range?: TagRange;
  scope?: TagScope;
  /** TraceQL: only the tags of spans that match */
  query?: string;
}

export interface TagValuesRequest {
  /** A TraceQL identifier such as `resource.service.name` */
  tag: string;
  range?: TagRange;
  /** TraceQL: only the values of spans that match */
  query?: string;
}

/** Tag names and values with a memory; answers for one minute of the range are taken as good for all of it. */
export interface TagSource {
  names: (request: TagNamesRequest) => Promise<TagsByScope[]>;
  values: (request: TagValuesRequest) => Promise<TagValue[]>;
}

const CACHED_ANSWERS = 200;
const RANGE_GRAIN_SECONDS = 60;

export function createTagSource(
  client: Pick<TempoClient, 'tags' | 'tagValues'>,
  settings: Pick<TempoSettings, 'tagLimit' | 'tagRangeSeconds'>,
  now: () => number = Date.now
): TagSource {
  const names = createPromiseCache<TagsByScope[]>(CACHED_ANSWERS);
  const values = createPromiseCache<TagValue[]>(CACHED_ANSWERS);
  const seconds = (range: TagRange | undefined) => coarse(tagRange(range, settings.tagRangeSeconds, now()));
  return {
    names: ({ range, scope, query }) => {
      const request = { scope, query: query || undefined, limit: settings.tagLimit, ...seconds(range) };
      return names(JSON.stringify(request), async () => sortTags(await client.tags(request)));
    },
    values: ({ tag, range, query }) => {
      const request = { tag, query: query || undefined, limit: settings.tagLimit, ...seconds(range) };
      return values(JSON.stringify(request), async () => sortValues(await client.tagValues(request)));
    },
  };
}

/** Outwards to whole minutes, so that a relative range does not ask anew every second. */
function coarse({ start, end }: { start?: number; end?: number }): { start?: number; end?: number } {
  if (start === undefined || end === undefined) {
    return {};
  }
  return {
    start: Math.floor(start / RANGE_GRAIN_SECONDS) * RANGE_GRAIN_SECONDS,
    end: Math.ceil(end / RANGE_GRAIN_SECONDS) * RANGE_GRAIN_SECONDS,
  };
}

/** Tempo's order changes from answer to answer. */
function sortTags(scopes: TagsByScope[]): TagsByScope[] {
  return scopes.map(({ scope, tags }) => ({ scope, tags: [...tags].sort() }));
}

function sortValues(values: TagValue[]): TagValue[] {
  return [...values].sort((a, b) => a.value.localeCompare(b.value, undefined, { numeric: true }));
}
