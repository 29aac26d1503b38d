import { MatchError, parseMatch } from '../../../servicegraph/match';
import { type Service, type ServiceGraph } from '../../../servicegraph/model';
import { type SearchMode } from './search-state';

export interface SearchResult {
  /** Whether anything is looked for */
  isAsked: boolean;
  found: Service[];
  /** What is wrong with the expression, and where */
  error?: MatchError;
}

const NOTHING: SearchResult = { isAsked: false, found: [] };

/** Services that an expression finds, those whose name begins with the text first, then the busiest. */
export function searchServices(graph: ServiceGraph, text: string): SearchResult {
  try {
    const match = parseMatch(text, graph);
    if (!match) {
      return NOTHING;
    }
    const [first = ''] = text.toLowerCase().split(/\s+/).filter(Boolean);
    const rank = ({ name }: Service) => {
      const lower = name.toLowerCase();
      return lower === first ? 0 : lower.startsWith(first) ? 1 : 2;
    };
    const found = graph.services
      .filter((service) => match.matches(service))
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    return { isAsked: true, found };
  } catch (error) {
    if (error instanceof MatchError) {
      return { isAsked: true, found: [], error };
    }
    throw error;
  }
}

/** The graph as a search leaves it; whole while its expression is not finished. */
export function filteredBySearch(graph: ServiceGraph, mode: SearchMode, result: SearchResult): ServiceGraph {
  if (mode === 'find' || !result.isAsked || result.error) {
    return graph;
  }
  const found = new Set(result.found.map(({ id }) => id));
  const stays = (id: string) => found.has(id) === (mode === 'only');
  return {
    ...graph,
    services: graph.services.filter(({ id }) => stays(id)),
    calls: graph.calls.filter(({ source, target }) => stays(source) && stays(target)),
  };
}
