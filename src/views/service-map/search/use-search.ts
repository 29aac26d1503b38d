import { useDeferredValue, useMemo, useState } from 'react';
import { type ServiceGraph } from '../../../servicegraph/model';
import { searchServices, type SearchResult } from './search-services';
import { NO_SEARCH, type SearchState } from './search-state';

interface SearchProps {
  search?: SearchState;
  onSearch?(search: SearchState): void;
}

export interface MapSearchState {
  search: SearchState;
  setSearch(search: SearchState): void;
  /** The search of a moment ago while somebody types on a large map, and its result */
  shown: SearchState;
  result: SearchResult;
  /** What the text finds as it stands now, e.g. for Enter right after the last letter */
  resultNow(): SearchResult;
}

/** The search as its owner has it (URL, panel); the map's own where nobody owns it. */
export function useSearch({ search: given, onSearch }: SearchProps, graph: ServiceGraph): MapSearchState {
  const [own, setOwn] = useState<SearchState>();
  const search = (onSearch ? given : (own ?? given)) ?? NO_SEARCH;
  const shown = useDeferredValue(search);
  const result = useMemo(() => searchServices(graph, shown.text), [graph, shown.text]);
  const resultNow = () => (shown.text === search.text ? result : searchServices(graph, search.text));
  return { search, setSearch: onSearch ?? setOwn, shown, result, resultNow };
}
