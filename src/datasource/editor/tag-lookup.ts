import { type TimeRange } from '@grafana/data';
import { type TagValue } from '../../tempo/types';
import { type TempoDataSource } from '../data-source';
import { filterAttribute, filtersToTraceql } from '../../traceql/search-form';
import { type TraceqlFilter } from '../types';
import { tagsOfScope } from './filter-options';

/** Names and values for one row, narrowed by the other rows; a failure is told once and gives no options. */
export interface TagLookup {
  tags: (filter: TraceqlFilter) => Promise<string[]>;
  values: (filter: TraceqlFilter) => Promise<TagValue[]>;
}

export function tagLookup(
  datasource: Pick<TempoDataSource, 'tags' | 'applyTemplateVariables'>,
  range: TimeRange | undefined,
  filters: TraceqlFilter[],
  onError: (message: string) => void
): TagLookup {
  const othersOf = ({ id }: TraceqlFilter) => {
    const others = filters.filter((filter) => filter.id !== id);
    const { filters: filled = [] } = datasource.applyTemplateVariables({ refId: 'A', filters: others }, {});
    const query = filtersToTraceql(filled);
    return query === '{}' ? undefined : query;
  };
  const guarded = async <T>(load: () => Promise<T[]>): Promise<T[]> => {
    try {
      const loaded = await load();
      onError('');
      return loaded;
    } catch (error) {
      onError(error instanceof Error ? error.message : String(error));
      return [];
    }
  };
  return {
    tags: (filter) => guarded(async () => tagsOfScope(await datasource.tags.names({ range }), filter.scope)),
    values: (filter) =>
      guarded(() => datasource.tags.values({ tag: filterAttribute(filter), range, query: othersOf(filter) })),
  };
}
